/** The list of a department as a workbook, and what its identifiers are called in its language. */
import type { Language } from '../../model/language.ts';
import { localeOf } from '../../report/locale.ts';
import { type Sheet, writeWorkbook } from '../../report/xlsx/workbook.ts';
import type { Config } from '../config.ts';
import { titlesOf } from '../titles.ts';

/** In characters, by column of the list; commands want room, codes do not. */
const WIDTHS: readonly number[] = [14, 18, 11, 30, 18, 36, 12, 42, 14, 60, 60, 18, 30, 14];

/** Head row first. Every cell is text, so that a spreadsheet runs none as a formula. */
export function answerWorkbook(
  rows: readonly (readonly string[])[],
  name: string,
  language: Language,
): Uint8Array {
  const [head = [], ...body] = rows;
  const sheet: Sheet = {
    name,
    columns: head.map((text, index) => ({ head: text, width: WIDTHS[index] ?? 20 })),
    rows: body.map((cells) => cells.map((value) => ({ value, style: 'text' as const }))),
  };
  const { words } = localeOf({ language });
  const createdAt = new Date().toISOString();
  return writeWorkbook({
    title: name,
    createdAt,
    language,
    sheets: [sheet],
    cut: words.letter.cellCut,
  });
}

/** Detector id and language → its title. */
export async function openTitles(
  config: Pick<Config, 'customs'>,
): Promise<(detector: string, language: Language) => string> {
  const titles = await titlesOf(config);
  return (detector, language) => localeOf({ language, titles }).title(detector);
}
