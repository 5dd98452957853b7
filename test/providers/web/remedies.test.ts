import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { web } from '../../../providers/web/provider.ts';
import type { Asset } from '../../../src/model/asset.ts';
import { becauseText } from '../../../src/model/because.ts';
import { composeRemedy } from '../../../src/remedy/index.ts';
import { PAGES } from './pages.ts';

const ASSET: Asset = {
  id: 'web:h/p',
  provider: 'web',
  authority: 'h',
  name: 'p',
  kind: 'site',
  url: "https://www.example.org:8443/p%20q/it's/",
  labels: {},
};

const forms = [...new Set([...PAGES.map(({ form }) => form), 's3', 'azure', 'swift', 'index'])];

test.each(forms)('%s: there is a way to close it and a proof, and a shell takes them', (form) => {
  const because = { code: 'web.listed', params: { url: ASSET.url, status: '200', form } };
  const steps = composeRemedy(ASSET, [because], ['K-1'], web);
  expect(steps.map(({ purpose }) => purpose)).toEqual(
    expect.arrayContaining(['close', 'remove', 'prove']),
  );
  for (const { command } of steps) {
    // PowerShell's own commands are not a POSIX shell's.
    if (command === '' || command.startsWith('&')) continue;
    expect(spawnSync('sh', ['-n', '-c', command]).status, command).toBe(0);
  }
  expect(becauseText(because)).toContain(form);
});

test.each([
  ['nginx', 'autoindex off'],
  ['apache', 'Options -Indexes'],
  ['iis', 'directoryBrowse'],
  ['caddy', 'file_server'],
  ['lighttpd', 'dir-listing.activate'],
  ['python', 'fuser -k -n tcp 8443'],
])('%s is closed by %s', (form, part) => {
  const because = { code: 'web.listed', params: { form } };
  const steps = composeRemedy(ASSET, [because], [], web);
  expect(steps.map(({ command }) => command).join('\n')).toContain(part);
});

test('a proof keeps the slashes of a key', () => {
  const { command } = web.prove({
    asset: { ...ASSET, url: 'https://h/p/' },
    because: { code: 'web.read', params: {} },
    key: '"$(echo \'a b/c&d.csv\')"',
  });
  expect(command).toContain('split("/")');
  expect(command).toContain('https://h/p/');
});

test('nginx gets a rule that no location of the same path forbids, and the path stands for itself in it', () => {
  const because = { code: 'web.listed', params: { form: 'nginx' } };
  const asset = { ...ASSET, url: 'https://h/a.b%20(c)+$1/' };
  const [rule] = composeRemedy(asset, [because], [], web).filter(({ command }) =>
    command.includes('ajar-closed.conf'),
  );
  const printed = spawnSync('sh', ['-c', (rule?.command ?? '').replace(/ \| sudo.*$/, '')]);
  expect(printed.stdout.toString()).toBe(
    'if ($uri ~ "^/a\\x2eb \\x28c\\x29\\x2b\\x241/") { return 403; }\n',
  );
});
