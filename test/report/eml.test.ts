import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/model/language.ts';
import { renderEml } from '../../src/report/eml.ts';
import { localeOf } from '../../src/report/locale.ts';
import { FINDINGS, madeReport } from '../kit/report.ts';
import { partsOf, readMail } from '../kit/report-readers.ts';

test.each(LANGUAGES)(
  'a mail in %s has a subject, a text, a page and both tables',
  async (language) => {
    const owners = {
      health: { 'zh-Hant': '海角衞生署', 'zh-Hans': '海角卫生署', ja: '海角衛生局' },
    };
    const mail = readMail(await renderEml(madeReport(), 'health', { language, owners }));
    const { letter, day, people } = localeOf({ language }).words;
    const name = language === 'en' ? '海角衞生局' : owners.health[language];
    expect(mail.headers.subject).toBe(letter.subject(name, 1, day(FINDINGS[2]?.deadline ?? '')));
    expect(mail.headers['content-language']).toBe(language);
    expect(mail.headers.to).toContain('<it@health.example>');
    expect(partsOf(mail, 'text/plain')[0]?.text).toContain(letter.found(1, people(16_870)));
    expect(partsOf(mail, 'text/html')[0]?.text).toContain('疫苗預約');
    expect(partsOf(mail, 'text/csv')[0]?.body.toString()).toContain('疫苗預約');
    const [table] = partsOf(mail, 'application/vnd.openxml');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(new Uint8Array(table?.body ?? []).buffer);
    expect(book.worksheets.map(({ rowCount }) => rowCount)).toEqual([2]);
  },
);

test('every line is short, ends in CR LF, and holds ASCII only', async () => {
  const bytes = await renderEml(madeReport(), 'health', { language: 'ja' });
  const lines = bytes.toString('latin1').split('\r\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(78);
  expect(lines.filter((line) => /[^\x20-\x7e\t]/.test(line))).toEqual([]);
});

test('it opens as a draft, from an address that leads nowhere, at the time of the run', async () => {
  const { headers } = readMail(await renderEml(madeReport(), 'registry'));
  expect(headers['x-unsent']).toBe('1');
  expect(headers.from).toBe('ajar <ajar@ajar.invalid>');
  expect(headers.date).toBe('Thu, 20 Nov 2025 08:12:30 +0000');
  expect(headers['message-id']).toMatch(/^<[0-9a-f]{32}@ajar\.invalid>$/);
});

test('a department with nothing to close is asked to confirm so', async () => {
  const mail = readMail(await renderEml(madeReport(), 'parks'));
  expect(mail.headers.subject).toContain('please confirm');
  expect(partsOf(mail, 'text/plain')[0]?.text).toContain('found no personal data');
});

test.each(['a@x.example, b@y.example', 'not an address', 'a@x.example>\r\nBcc: b@y.example', ''])(
  'a contact that is no single address is not written to: %j',
  async (contact) => {
    const report = madeReport();
    const departments = report.departments.map((each) => ({ ...each, contact }));
    const { headers } = readMail(await renderEml({ ...report, departments }, 'registry'));
    expect(headers.to).toBe('"undisclosed-recipients":;');
    expect(headers).not.toHaveProperty('bcc');
  },
);

test('the same report gives the same mail', async () => {
  const [one, two] = await Promise.all([0, 1].map(() => renderEml(madeReport(), 'registry')));
  expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
});
