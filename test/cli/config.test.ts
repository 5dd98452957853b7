import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadConfig } from '../../src/cli/config.ts';
import { readOwners } from '../../src/cli/owners.ts';
import { parseBytes, parseDays, readYaml } from '../../src/cli/yaml.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const load = (text: string) => loadConfig({ config: file('ajar.yaml', text) });

test('a full configuration is read, its paths relative to it', () => {
  file('owners.yaml', 'owners: [{id: a, name: A}]\nrules: [{owner: a, asset: "s3:*"}]\n');
  const config = load(
    'targets:\n  - uri: s3://\n    name: lands\nowners: owners.yaml\nbudget: 64MiB\ndeadline: 3d\n' +
      'limits:\n  objectBytes: 8MiB\n  archiveMembers: 10\nstore: s.db\n',
  );
  expect(config.targets).toEqual([{ uri: 's3://', name: 'lands' }]);
  expect(config.owners.rules).toHaveLength(1);
  expect(config.budgetBytes).toBe(64 * 1024 * 1024);
  expect(config.deadlineDays).toBe(3);
  expect(config.limits.objectBytes).toBe(8 * 1024 * 1024);
  expect(config.limits.archiveMembers).toBe(10);
  expect(config.store).toBe(join(folder, 's.db'));
});

test.each([
  ['targets: s3://\n', /ajar\.yaml:1:10: "targets" is "s3:\/\/", allowed is Array/],
  [
    'targets:\n  - uri: s3://\n    nmae: x\n',
    /ajar\.yaml:3:5: there is no setting "targets\[1\]\.nmae"/,
  ],
  [
    'seed: 1\nbudget: lots\n',
    /ajar\.yaml:2:9: "budget" is "lots", allowed is a size such as 64MiB/,
  ],
  ['targets:\n  - name: x\n', /ajar\.yaml:2:5: "targets\[1\]\.uri" is missing/],
  ['targets: [\n', /ajar\.yaml:2:1: not valid YAML/],
  [
    'targets:\n  - uri: s3://\n    credentials: {accessKeyId: "AK/IA+x"}\n',
    /not shown.*name of an environment variable/,
  ],
])('a mistake is told with line and column: %j', (text, message) => {
  expect(() => load(text)).toThrow(message);
});

test.each([
  ['budget: [110101199003074258]\n', /"budget" is Array/],
  ['out: 110101199003074258\n', /ajar\.yaml:1:6: "out" is not one \(not shown/],
  ['out: 1101011990.03074258\n', /"out" is not one/],
  ['budget: "1 1 0 1 0 1 1990"\n', /"budget" is not one/],
  ['110101199003074258: 1\n', /1:1: there is no setting "…"/],
  ['? [out, 110101199003074258]\n: 1\n', /there is no setting "\[ out, … \]"/],
  ['out: |110101199003074258\n  x\n', /not valid YAML: Block scalar header/],
  ['out: *x110101199003074258\n', /not valid YAML: an alias \(\*name\) has no anchor/],
])('no number of the file that may be about a person is repeated: %j', (text, message) => {
  const warnings = vi.spyOn(process, 'emitWarning');
  expect(() => load(text)).toThrow(message);
  expect(() => load(text)).not.toThrow(/\d{6}/);
  expect(warnings).not.toHaveBeenCalled();
  warnings.mockRestore();
});

test('nothing that a department answered is repeated', () => {
  const schema = v.strictObject({ answers: v.array(v.strictObject({ reason: v.string() })) });
  const path = file('answers.yaml', 'answers:\n  - reason: [chan]\n  - reason: 12\n');
  expect(() => readYaml(path, schema)).toThrow(
    /answers\.yaml:3:13: "answers\[2\]\.reason" is not one \(not shown.*allowed is string/,
  );
});

test('flags win over the file', () => {
  const config = loadConfig({ config: file('ajar.yaml', 'seed: 5\n'), seed: 9, budget: '1kB' });
  expect(config.seed).toBe(9);
  expect(config.budgetBytes).toBe(1_000);
});

test('a wrong flag names option, value and what is allowed', () => {
  expect(() => loadConfig({ budget: 'lots' })).toThrow('--budget lots: allowed is a size such as');
});

test('a file that is not there is told', () => {
  expect(() => loadConfig({ config: join(folder, 'none.yaml') })).toThrow(/there is no such file/);
});

test('a rule for an owner that is not listed is refused', () => {
  const path = file('o.yaml', 'owners: [{id: a, name: A}]\nrules: [{owner: b}]\n');
  expect(() => readOwners(path)).toThrow(/a rule gives assets to "b", which is none of the owners/);
});

test('sizes and days', () => {
  expect(parseBytes('1.5 GB')).toBe(1_500_000_000);
  expect(parseBytes('many')).toBeUndefined();
  expect(parseDays('7 days')).toBe(7);
  expect(parseDays('a week')).toBeUndefined();
});
