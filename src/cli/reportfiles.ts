/** Hands a report over: onto stdout, or as files into a folder. */
import { UsageError } from '../model/errors.ts';
import type { Language } from '../model/language.ts';
import type { Report } from '../model/report.ts';
import { csvPieces } from '../report/csv.ts';
import type { FileFormat, Format } from '../report/formats.ts';
import type { Setting } from '../report/locale.ts';
import { renderFormat, renderList } from '../report/render.ts';
import { renderTable } from '../report/table.ts';
import { writeReport } from '../report/write.ts';
import { wantsColor } from './progress.ts';

/** File names told, so that a government of a hundred departments does not fill the screen. */
const SHOWN_FILES = 5;

export interface Telling {
  readonly formats: readonly Format[];
  readonly out: string;
  /** Everything onto stdout; then there is one format. */
  readonly stdout: boolean;
  readonly setting: Setting;
  /** Department id → the language its mail is in, where it is not the report's. */
  readonly languages: Readonly<Record<string, Language>>;
}

/** The table goes to stdout in any case. Throws UsageError or OutputError. */
export async function tell(report: Report, telling: Telling): Promise<void> {
  const { formats, out, stdout, setting, languages } = telling;
  if (formats.includes('table')) {
    const width = Math.min(140, process.stdout.columns ?? 100);
    process.stdout.write(
      renderTable(report, { width, color: wantsColor(process.stdout) }, setting),
    );
  }
  const files = formats.filter((format): format is FileFormat => format !== 'table');
  const [only] = files;
  if (only === undefined) return;
  if (stdout) {
    for (const piece of await onStdout(report, only, setting)) process.stdout.write(piece);
    return;
  }
  const written = await writeReport(report, out, { formats: files, setting, languages });
  const shown = written.slice(0, SHOWN_FILES).map((file) => `Report: ${file}\n`);
  const rest = written.length - shown.length;
  const more = rest > 0 ? `… and ${rest} more files in ${out}\n` : '';
  process.stderr.write(shown.join('') + more);
}

async function onStdout(
  report: Report,
  format: FileFormat,
  setting: Setting,
): Promise<Iterable<string | Buffer>> {
  if (format === 'csv') return csvPieces(report, setting);
  if (format !== 'eml') {
    if (format === 'xlsx' && process.stdout.isTTY) {
      throw new UsageError('--out -: a workbook is no text for a terminal; send it into a file');
    }
    return [await renderFormat(report, format, setting)];
  }
  const owners = report.filter?.owners ?? [];
  const [department] = owners;
  if (department === undefined || owners.length > 1) {
    throw new UsageError('--out -: a mail is to one department; name it with --owner');
  }
  return [await renderList(report, department, 'eml', setting)];
}
