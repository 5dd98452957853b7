/** The formats that a report can be had in, and what the files are called. */
import { UsageError } from '../model/errors.ts';

export const FORMATS = [
  'table',
  'html',
  'json',
  'ndjson',
  'csv',
  'xlsx',
  'eml',
  'sarif',
  'ocsf',
  'junit',
] as const;
export type Format = (typeof FORMATS)[number];
/** Formats that are written into a folder; the table is for the terminal. */
export type FileFormat = Exclude<Format, 'table'>;

export const FILE_FORMATS = FORMATS.slice(1) as readonly FileFormat[];

/** What a scan writes unless it is told otherwise. */
export const DEFAULT_FORMATS: readonly FileFormat[] = ['json', 'html', 'csv'];

/** Formats with one file a department; what stands here ends its name. */
export const BY_DEPARTMENT: Readonly<Partial<Record<FileFormat, string>>> = {
  csv: '.csv',
  eml: '.eml',
};

/** How a mail of ajar begins, by which it knows its own files again. */
export const EML_BEGIN = 'X-Ajar-List: ';

/** Names in the report's folder of the formats that are one file. */
export const FILE_NAMES: Readonly<Record<Exclude<FileFormat, 'csv' | 'eml'>, string>> = {
  json: 'report.json',
  ndjson: 'report.ndjson',
  html: 'report.html',
  xlsx: 'report.xlsx',
  sarif: 'report.sarif',
  // One event a line, as collectors of events read them.
  ocsf: 'report.ocsf.ndjson',
  junit: 'report.junit.xml',
};

/** `html,xlsx` → formats, each once. Throws UsageError naming `option`, the value and what is allowed. */
export function parseFormats<F extends Format>(
  option: string,
  text: string,
  allowed: readonly F[],
): readonly F[] {
  const wanted = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const known: readonly string[] = allowed;
  const wrong = wanted.find((one) => !known.includes(one));
  if (wrong !== undefined || wanted.length === 0) {
    throw new UsageError(
      `${option} ${text}: ${wrong === undefined ? 'names no format' : `there is no format "${wrong}"`}; allowed are ${allowed.join(', ')}, several with commas`,
    );
  }
  return allowed.filter((one) => wanted.includes(one));
}
