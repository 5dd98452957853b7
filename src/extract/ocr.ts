/**
 * Pictures of text → text. Which language and which way up is found by trying, cheapest first, and
 * believing the engine's confidence: a wrong language or a turned page reads as nonsense.
 */
import type { Budget } from './budget.ts';
import { type Context, placePrefix, reportGap } from './context.ts';
import { type Engine, engine, LANGUAGES, type Language, type Reading } from './engine.ts';
import { densestBand, type Gray, runsAcross, showsLines, turned } from './gray.ts';
import { emitText } from './labelled.ts';
import { withLookalikes } from './lookalikes.ts';

/** Confidence from which a reading is taken as it is. */
const SURE = 70;
/** Confidence from which a part of the picture is the right way up, whatever the language. */
const UPRIGHT = 55;
/** Below this a text is nonsense, and nothing is handed on. */
const NONSENSE = 35;
/** Letters and digits from which a text is a text and not a leaf. */
const FEW_MARKS = 4;
/** From which a picture with lines on it is a page that somebody wrote. */
const PAGE_MARKS = 20;
/** Shorter sides, in pixels, hold no text. */
const SMALLEST_SIDE = 16;
/** What is no text can take minutes to be found none. */
const PAGE_TIME_MS = 30_000;
const PROBE_TIME_MS = 8_000;
/** Less time than that is not worth beginning with. */
const ATTEMPT_MS = 2_000;

const EAST_ASIAN: readonly Language[] = ['chi_tra', 'jpn', 'kor', 'chi_sim'];
/** Of the Chinese data a right page in any of these languages gets a fair confidence, but for Korean. */
const PROBES: readonly Language[] = ['chi_tra', 'kor'];
/** By object: the pages of a document are in one language. */
const lastLanguages = new WeakMap<Budget, Language>();
const NOTHING: Reading = { text: '', confidence: 0 };

/** Reads one picture; `place` is `page 2 (scan)` or `image`. Gaps are told once an object. */
export async function readScan(context: Context, image: Gray, place: string): Promise<void> {
  if (Math.min(image.width, image.height) < SMALLEST_SIDE) return;
  const reader = await engine();
  if (reader === null) {
    const detail =
      'It shows text only as a picture, and OCR is not installed: run npm install tesseract.js @tesseract.js-data/eng, or install tesseract, and scan again.';
    tellOnce(context, 'unsupported', detail);
    return;
  }
  if (!context.budget.ocrPage()) {
    const detail = `ocrPages (${context.limits.ocrPages}): it has more pages and pictures without text than that; the first were read. Raise the limit and scan it again.`;
    tellOnce(context, 'too-large', detail);
    return;
  }
  if (context.budget.leftMs() < ATTEMPT_MS) {
    tellTime(context);
    return;
  }
  try {
    const tries: Tries = { context, reader, late: false };
    const { text, confidence } = await bestReading(tries, image);
    const machine = isMachineReadable(text);
    if (confidence >= NONSENSE || machine)
      emitText(context, withLookalikes(cleaned(text)), `${placePrefix(context)}${place}`);
    if (confidence < UPRIGHT && tries.late) tellLate(context);
    else if (confidence < UPRIGHT && !machine && marks(text) >= PAGE_MARKS && showsLines(image)) {
      tellUnreadable(context, reader);
    }
  } catch {
    if (context.budget.leftMs() < ATTEMPT_MS) tellTime(context);
    else
      tellOnce(context, 'malformed', 'OCR failed on a page or picture of it. Look at it by hand.');
  }
}

function tellOnce(
  context: Context,
  code: 'unsupported' | 'too-large' | 'malformed' | 'timeout',
  detail: string,
): void {
  if (context.budget.once(`ocr ${code}`)) reportGap(context, code, detail);
}

/** A page in Thai is a page of marks to every language that there is data for. */
function tellUnreadable(context: Context, reader: Engine): void {
  const missing = LANGUAGES.filter((language) => !reader.languages.includes(language));
  const packages = missing.map((language) => `@tesseract.js-data/${language}`).join(' ');
  const detail =
    missing.length > 0
      ? `A page or picture of it seems to be written in a language whose OCR data is not installed: run npm install ${packages}, and scan again.`
      : 'A page or picture of it seems to hold writing that OCR could not read; it reads English, Chinese, Japanese and Korean. Look at it by hand.';
  tellOnce(context, 'unsupported', detail);
}

function tellTime(context: Context): void {
  const detail = `objectTimeMs (${context.limits.objectTimeMs}): reading its pages and pictures took longer than that allows; the first were read. Raise the limit and scan it again.`;
  tellOnce(context, 'timeout', detail);
}

function tellLate(context: Context): void {
  const detail = `OCR took longer than ${PAGE_TIME_MS / 1000} s over a page or picture of it, which was not read. Scan it again when the machine has less to do, or look at it by hand.`;
  tellOnce(context, 'timeout', detail);
}

interface Tries {
  readonly context: Context;
  readonly reader: Engine;
  /** One of them was given up for its time, so that nothing found does not mean nothing there. */
  late: boolean;
}

/** English as it stands, which most pages are; else the turn, then the language, by a part of the picture. */
async function bestReading(tries: Tries, image: Gray): Promise<Reading> {
  const likely = runsAcross(image) ? [0, 2, 1, 3] : [1, 3, 0, 2];
  const first = turned(image, likely[0] ?? 0);
  const latin = await attempt(tries, first, 'eng', PAGE_TIME_MS);
  const nothing = marks(latin.text) < FEW_MARKS && !tries.late;
  if (latin.confidence >= SURE || nothing || isMachineReadable(latin.text)) {
    return latin;
  }
  const turn = await uprightTurn(tries, densestBand(image), likely);
  if (turn === null) return latin;
  const upright = turned(image, turn);
  const again = turn === likely[0] ? latin : await attempt(tries, upright, 'eng', PAGE_TIME_MS);
  if (again.confidence >= SURE) return again;
  const language = await likelyLanguage(tries, densestBand(upright));
  const reading = await attempt(tries, upright, language, PAGE_TIME_MS);
  return reading.confidence > again.confidence ? reading : again;
}

/** The quarters by which the picture must be turned for its text to make sense; null when none does. */
async function uprightTurn(
  tries: Tries,
  part: Gray,
  turns: readonly number[],
): Promise<number | null> {
  for (const language of PROBES.filter((one) => tries.reader.languages.includes(one))) {
    for (const turn of language === PROBES[0] ? turns : turns.slice(0, 2)) {
      const { confidence } = await attempt(tries, turned(part, turn), language, PROBE_TIME_MS);
      if (confidence >= UPRIGHT) return turn;
    }
  }
  return null;
}

/** The language in which a part of the picture makes the most sense. */
async function likelyLanguage(tries: Tries, part: Gray): Promise<Language> {
  const { context, reader } = tries;
  const last = lastLanguages.get(context.budget);
  if (last !== undefined) {
    const { confidence } = await attempt(tries, part, last, PROBE_TIME_MS);
    if (confidence >= SURE) return last;
  }
  let best: { readonly language: Language; readonly score: number } = { language: 'eng', score: 0 };
  for (const language of EAST_ASIAN.filter((one) => reader.languages.includes(one))) {
    const reading = await attempt(tries, part, language, PROBE_TIME_MS);
    const score = reading.confidence + headStart(language, reading);
    if (score > best.score) best = { language, score };
  }
  lastLanguages.set(context.budget, best.language);
  return best.language;
}

/** One reading; nothing when it takes too long. Throws when the object's own time is over. */
async function attempt(
  tries: Tries,
  image: Gray,
  language: Language,
  timeMs: number,
): Promise<Reading> {
  const leftMs = tries.context.budget.leftMs();
  if (leftMs < ATTEMPT_MS) throw new Error('no time left');
  try {
    return await tries.reader.read(image, language, Math.min(timeMs, leftMs));
  } catch {
    tries.late = true;
    return NOTHING;
  }
}

/**
 * The Chinese data is as sure of a Japanese page as of a Chinese one, and each Chinese data of the
 * other's script; the Japanese data is sure of Japanese pages only. Kana and Hangul settle it.
 */
function headStart(language: Language, { text, confidence }: Reading): number {
  // Not the dot between words, which the Japanese data sees in a colon.
  const kana = text.match(/[\u3041-\u3096\u30a1-\u30fa]/g)?.length ?? 0;
  const hangul = text.match(/[\uac00-\ud7a3]/g)?.length ?? 0;
  if (language === 'jpn' && (kana > 1 || confidence >= 85)) return 15;
  if (language === 'kor' && hangul > 1) return 15;
  // Of Simplified pages the data for those is surer by seven, of Traditional ones hardly less sure.
  return language === 'chi_tra' ? 4 : 0;
}

/** Lines of a passport: no words, so that the engine is not sure of what it reads well. */
function isMachineReadable(text: string): boolean {
  return /^[A-Z0-9<]{28,}$/m.test(text.replaceAll(' ', '')) && text.includes('<<');
}

function marks(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Undoes what OCR does to numbers and to East Asian words, where no other reading makes sense. */
export function cleaned(text: string): string {
  return (
    text
      .replace(/(?<=\d)[OolI|]{1,4}(?=\d)/g, (letters) =>
        letters.replace(/[Oo]/g, '0').replace(/[lI|]/g, '1'),
      )
      .replace(/(?<=\d)[{([] ?([\dA])[})\]]/g, '($1)')
      .replace(/(?<=\d) ?[—–−] ?(?=\d)/g, '-')
      .replace(
        /(?<=[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]) +(?=[\u2e80-\u9fff\uff00-\uffef])/g,
        '',
      )
      // The filling of a passport's line: no name ends in five alike.
      .replace(/(?<=<)([LKCE])\1{4,}(?=<*$)/gm, (letters) => '<'.repeat(letters.length))
      .replace(/\n{3,}/g, '\n\n')
  );
}
