/** A report in each format, as files: what they are called and what they hold. */
import type { Language } from '../model/language.ts';
import type { Report } from '../model/report.ts';
import { CSV_BEGINS, renderDepartmentCsv } from './csv.ts';
import { groupsOf } from './figures.ts';
import { departmentFileNames } from './files.ts';
import { BY_DEPARTMENT, EML_BEGIN, FILE_NAMES, type FileFormat } from './formats.ts';
import { renderHtml } from './html.ts';
import { jsonPieces } from './json.ts';
import { junitPieces } from './junit.ts';
import type { Setting } from './locale.ts';
import { ndjsonPieces } from './ndjson.ts';
import { ocsfPieces } from './ocsf.ts';
import { sarifPieces } from './sarif.ts';

export interface OutputFile {
  /** From the report's folder, `/` on every system. */
  readonly name: string;
  readonly bytes: Buffer;
}

type SingleFormat = keyof typeof FILE_NAMES;

/** A format that is one file, whole. `ocsf` and `ndjson` hold one JSON value a line. */
export async function renderFormat(
  report: Report,
  format: SingleFormat,
  setting: Setting,
): Promise<Buffer> {
  switch (format) {
    case 'json':
      return fromPieces(jsonPieces(report));
    case 'ndjson':
      return fromPieces(ndjsonPieces(report, setting));
    case 'html':
      return Buffer.from(renderHtml(report, setting));
    case 'sarif':
      return fromPieces(sarifPieces(report, setting));
    case 'ocsf':
      return fromPieces(ocsfPieces(report, setting));
    case 'junit':
      return fromPieces(junitPieces(report, setting));
    case 'xlsx': {
      const { renderXlsx } = await import('./xlsx.ts');
      return renderXlsx(report, setting);
    }
  }
}

/** A department's list as one of the formats that are made for each. */
export async function renderList(
  report: Report,
  department: string | null,
  format: 'csv' | 'eml',
  setting: Setting,
): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(renderDepartmentCsv(report, department, setting));
  const { renderEml } = await import('./eml.ts');
  return renderEml(report, department, setting);
}

/** Every file of the wanted formats. `languages`: department id → the language its mail is in. */
export async function renderFiles(
  report: Report,
  formats: readonly FileFormat[],
  setting: Setting,
  languages: Readonly<Record<string, Language>>,
): Promise<readonly OutputFile[]> {
  const files: OutputFile[] = [];
  // A department that was asked for gets its list, even an empty one.
  const found = groupsOf(report).map((group) => group.department.id);
  const ids = [...new Set([...found, ...(report.filter?.owners ?? [])])];
  for (const format of formats) {
    if (format === 'csv' || format === 'eml') {
      const names = departmentFileNames(ids, BY_DEPARTMENT[format]);
      for (const id of ids) {
        const own = format === 'eml' && id !== null ? languages[id] : undefined;
        const bytes = await renderList(
          report,
          id,
          format,
          own ? { ...setting, language: own } : setting,
        );
        files.push({ name: names.get(id) ?? '', bytes });
      }
    } else {
      const lists = formats.includes('csv');
      const bytes = await renderFormat(report, format, { ...setting, lists });
      files.push({ name: FILE_NAMES[format], bytes });
    }
  }
  return files;
}

/** Is it a list that ajar wrote, of a format that was asked for again? */
export function isOwnList(name: string, formats: readonly FileFormat[], begin: Buffer): boolean {
  const starts = (text: string): boolean =>
    begin.subarray(0, Buffer.byteLength(text)).equals(Buffer.from(text));
  if (formats.includes('csv') && name.endsWith('.csv')) return CSV_BEGINS.some(starts);
  return formats.includes('eml') && name.endsWith('.eml') && starts(EML_BEGIN);
}

/** Buffers of some size, for a string holds half a gigabyte at most. */
function fromPieces(pieces: Iterable<string>): Buffer {
  const buffers: Buffer[] = [];
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE_CHARACTERS) continue;
    buffers.push(Buffer.from(text));
    text = '';
  }
  return Buffer.concat([...buffers, Buffer.from(text)]);
}

const PIECE_CHARACTERS = 1 << 20;
