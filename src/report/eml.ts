/**
 * `departments/<id>.eml`: a department's list as a mail that a person looks over and sends.
 *
 * Text and HTML say the essence, the list is attached as XLSX and CSV. `X-Unsent: 1` makes mail
 * programs open it as a draft. Names and keys may hold anything: header values are put on one line
 * before they reach the composer, which encodes them (RFC 2047) and folds them (RFC 5322).
 */
import { createHash } from 'node:crypto';
import { oneLine, plain } from '../model/plain.ts';
import type { Report } from '../model/report.ts';
import { renderDepartmentCsv } from './csv.ts';
import { departmentName, departmentPeople, figuresOf, type Group, groupsOf } from './figures.ts';
import { departmentFileNames } from './files.ts';
import { EML_BEGIN } from './formats.ts';
import { html, type Markup } from './html/markup.ts';
import { type Locale, localeOf, type Setting } from './locale.ts';
import { peopleText, whoBriefly } from './words.ts';
import { renderDepartmentXlsx } from './xlsx.ts';

/** In the text itself; the attachment has all. */
const SHOWN = 10;
/** RFC 2606: an address that leads nowhere. The person who sends the draft puts their own. */
const FROM = 'ajar@ajar.invalid';
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One address and nothing else; anything that could end a header or add a recipient is none. */
const ADDRESS = /^[^\s<>()[\]\\,;:"@]{1,64}@[\p{L}\p{N}.-]{1,253}$/u;

/** Null is the orphan queue. A department without findings gets a mail that asks to confirm so. */
export async function renderEml(
  report: Report,
  departmentId: string | null,
  setting: Setting = {},
): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const locale = localeOf(setting);
  const group = groupOf(report, departmentId);
  const letter = letterOf(report, group, locale);
  const { asOf } = figuresOf(report);
  const stem =
    (departmentFileNames([departmentId], '').get(departmentId) ?? '').split('/')[1] ?? '';
  const id = createHash('sha256')
    .update(`${report.run.id}\n${departmentId ?? ''}`)
    .digest('hex');
  const { contact } = group.department;
  const mail = new MailComposer({
    from: { name: 'ajar', address: FROM },
    to:
      contact !== null && ADDRESS.test(contact)
        ? { name: oneLine(letter.name), address: contact }
        : 'undisclosed-recipients:;',
    subject: oneLine(letter.subject),
    date: new Date(asOf),
    messageId: `<${id.slice(0, 32)}@ajar.invalid>`,
    headers: { 'X-Unsent': '1', 'Content-Language': locale.language },
    text: plain(letter.text),
    html: letter.html,
    attachments: [
      {
        filename: `${stem}.xlsx`,
        content: renderDepartmentXlsx(group, asOf, setting),
        contentType: XLSX_TYPE,
      },
      {
        filename: `${stem}.csv`,
        content: Buffer.from(renderDepartmentCsv(report, departmentId, setting)),
        contentType: 'text/csv; charset=utf-8',
      },
    ],
    // The same mail gives the same bytes.
    baseBoundary: id.slice(32, 56),
    textEncoding: 'base64',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const message = await mail.compile().build();
  const begin = `${EML_BEGIN}${id.slice(0, 12)}\r\n`;
  return Buffer.concat([Buffer.from(begin), message]);
}

function groupOf(report: Report, id: string | null): Group {
  const found = groupsOf(report).find(({ department }) => department.id === id);
  if (found) return found;
  const department = report.departments.find((each) => each.id === id) ?? {
    id,
    name: id ?? '',
    contact: null,
    people: 0,
    assets: 0,
    findings: [],
    deadline: null,
  };
  return { department, findings: [] };
}

interface Letter {
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

function letterOf(report: Report, group: Group, locale: Locale): Letter {
  const { words } = locale;
  const { letter } = words;
  const { findings, department } = group;
  const name = departmentName(department, locale);
  const deadline = findings.map((finding) => finding.deadline).sort()[0] ?? null;
  const day = deadline === null ? null : words.day(deadline);
  const { asOf } = figuresOf(report);
  const before =
    day === null || deadline === null
      ? [letter.foundNothing]
      : [
          letter.found(findings.length, departmentPeople(department, locale)),
          letter.deadline(day, words.until(asOf, deadline)),
          letter.attached,
        ];
  const after = [letter.masked, letter.secret];
  const shown = findings.slice(0, SHOWN).map((finding) => ({
    severity: words.code.severity[finding.severity],
    place: `${finding.asset.provider} ${finding.asset.name}${finding.slice === '*' ? '' : ` (${finding.slice})`}`,
    facts: `${whoBriefly(finding, locale)}${words.say.semicolon}${peopleText(finding.people, locale)}`,
    deadline: words.day(finding.deadline),
    id: finding.id,
  }));
  const rows = shown.map(
    (one) =>
      `- ${one.severity}: ${oneLine(one.place)}\n  ${one.facts}\n  ${letter.deadlineHead}: ${one.deadline} · ${one.id}`,
  );
  const list = rows.length > 0 ? [`${letter.doFirst}\n\n${rows.join('\n')}`] : [];
  const greeting = letter.greeting(name);
  return {
    name,
    subject: letter.subject(name, findings.length, day),
    text: [greeting, ...before, ...list, ...after].map((part) => `${part}\n`).join('\n'),
    html: bodyOf(locale, greeting, before, shown, after),
  };
}

interface Shown {
  readonly severity: string;
  readonly place: string;
  readonly facts: string;
  readonly deadline: string;
  readonly id: string;
}

/** Styles stand at the elements: many mail programs drop a style sheet. */
function bodyOf(
  locale: Locale,
  greeting: string,
  before: readonly string[],
  shown: readonly Shown[],
  after: readonly string[],
): string {
  const { letter, page, code } = locale.words;
  const cell =
    'padding:6px 10px;border-bottom:1px solid #d5dbe5;text-align:left;vertical-align:top';
  const heads = [
    code.column.severity,
    code.column.asset,
    page.whoCanRead,
    letter.deadlineHead,
    letter.finding,
  ];
  const rows = shown.map(
    (one) =>
      html`<tr><td style="${cell}">${one.severity}</td><td style="${cell}">${one.place}</td><td style="${cell}">${one.facts}</td><td style="${cell};white-space:nowrap">${one.deadline}</td><td style="${cell}">${one.id}</td></tr>`,
  );
  const table: Markup | null =
    shown.length === 0
      ? null
      : html`<p><b>${letter.doFirst}</b></p><table style="border-collapse:collapse;font-size:14px"><tr>${heads.map((head) => html`<th style="${cell}">${head}</th>`)}</tr>${rows}</table>`;
  const paragraphs = (texts: readonly string[]): Markup =>
    html`${texts.map((text) => html`<p>${text}</p>`)}`;
  const body = html`
    <html lang="${locale.language}">
      <head><meta charset="utf-8"></head>
      <body style="font-family:sans-serif;font-size:15px;line-height:1.5">
        <p><b>${greeting}</b></p>${paragraphs(before)}${table}${paragraphs(after)}
      </body>
    </html>`;
  return `<!doctype html>\n${body.markup}\n`;
}
