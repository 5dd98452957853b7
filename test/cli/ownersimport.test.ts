/** Lists of departments as offices keep them → owners.yaml, through the command itself. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOwners } from '../../src/cli/owners.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-owners-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function imported(name: string, content: string | Uint8Array) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const out = join(folder, 'owners.yaml');
  const ran = spawnSync(process.execPath, [MAIN, 'owners', 'import', file, '--out', out], {
    encoding: 'utf8',
  });
  return { ...ran, out };
}

const CSV = `Department,Name,Name_zh-Hant,Contact,Privacy Officer,Escalation,Language,Jurisdiction,Contractor,Contract End,Bucket,Prefix,Label,Notes
lands,Lands Department,地政總署,records@lands.example,dpo@lands.example,a@cio.example; b@cio.example,zh-HK,hk,Maps Ltd,2026-01-31,lands-*,,,old
lands,,,,,,,,,,shared,lands/,,
health,Department of Health,衞生署,it@health.example,,,,,,,,,team=health,
`;

test('a list becomes an owners file that is read back whole', () => {
  const { status, stderr, out } = imported('departments.csv', CSV);
  expect(stderr).toBe('2 owners, 3 rules; not understood and left out: Notes\n');
  expect(status).toBe(0);
  const book = readOwners(out);
  expect(book.owners[0]).toEqual({
    id: 'lands',
    name: 'Lands Department',
    names: { 'zh-Hant': '地政總署' },
    contacts: [
      { email: 'records@lands.example', role: 'owner' },
      { email: 'dpo@lands.example', role: 'privacy-officer' },
    ],
    escalation: ['a@cio.example', 'b@cio.example'],
    language: 'zh-Hant',
    jurisdiction: 'HK',
    contractor: { name: 'Maps Ltd' },
  });
  expect(book.rules).toEqual([
    { owner: 'lands', bucket: 'lands-*', contractEnd: '2026-01-31' },
    { owner: 'lands', bucket: 'shared', prefix: 'lands/' },
    { owner: 'health', labels: { team: 'health' } },
  ]);
});

test('a Big5 file from an old spreadsheet is understood', () => {
  // Latin letters and 地政總署 in Big5.
  const name = Buffer.from('a661ac46c160b870', 'hex');
  const text = Buffer.concat([Buffer.from('id,name,bucket\nlands,'), name, Buffer.from(',l-*\n')]);
  const { status, out } = imported('old.csv', text);
  expect(status).toBe(0);
  expect(readOwners(out).owners[0]?.name).toBe('地政總署');
});

test('an XLSX with Japanese headers and real dates is understood', async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('部署');
  sheet.addRow(['部署コード', '部署名', 'メール', 'バケット', '契約終了日']);
  sheet.addRow([
    'kazei',
    '課税課',
    'kazei@city.example',
    'tax-*',
    new Date('2026-03-31T00:00:00Z'),
  ]);
  const { status, out } = imported('list.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
  expect(status).toBe(0);
  expect(readOwners(out).rules).toEqual([
    { owner: 'kazei', bucket: 'tax-*', contractEnd: '2026-03-31' },
  ]);
});

test('every bad row is named, and nothing is written', () => {
  const { status, stderr, out } = imported(
    'bad.csv',
    'id,name,contact,contract end\nlands,Lands,not an address,\nhealth,Health,,31/03/2026\n',
  );
  expect(status).toBe(2);
  expect(stderr).toContain('row 2: "not an address" is no mail address');
  expect(stderr).toContain('row 3: "31/03/2026" is no day such as 2027-03-31');
  expect(() => readFileSync(out)).toThrow();
});

test('an owners file that is there is not written over', () => {
  expect(imported('departments.csv', CSV).status).toBe(0);
  const again = imported('departments.csv', CSV);
  expect(again.status).toBe(2);
  expect(again.stderr).toContain('--force replaces it');
});

test('owners check names orphans and rules that decide about nothing', () => {
  const { out } = imported('departments.csv', CSV);
  const report = join(folder, 'report.json');
  const asset = (name: string) => ({
    id: `s3:acc/${name}`,
    provider: 's3',
    name,
    url: `s3://${name}`,
    account: null,
    labels: {},
  });
  writeFileSync(report, JSON.stringify({ assets: [asset('lands-forms'), asset('unknown')] }));
  const args = [MAIN, 'owners', 'check', '--owners', out, '--report', report];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toContain('1 of 2 assets belong to nobody');
  expect(stdout).toContain('s3:acc/unknown');
  expect(stdout).toContain('rule 3 (health, by label team=health): matches nothing');
  expect(stdout).toContain('contract ended on 2026-01-31');
});

test('help names what there is to say', () => {
  const help = execFileSync(process.execPath, [MAIN, 'owners', '--help'], { encoding: 'utf8' });
  for (const word of ['check', 'list', 'import']) expect(help).toContain(word);
});
