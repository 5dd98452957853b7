/**
 * Pictures of text → text. Which language and which way up is found by trying, cheapest first, and
 * believing the engine's confidence: a wrong language or a turned page reads as nonsense.
 */
import { type Context, placePrefix, reportGap } from './context.ts';
import { type Engine, engine, type Language, type Reading } from './engine.ts';
import { densestBand, type Gray, runsAcross, turned } from './gray.ts';
import { emitText } from './labelled.ts';

/** Confidence from which a reading is taken as it is. */
const SURE = 70;
/** Below this a text is nonsense, and nothing is handed on. */
const NONSENSE = 35;
/** Characters that differ from this many on are a text and not a leaf. */
const FEW_MARKS = 12;
/** Shorter sides, in pixels, hold no text. */
const SMALLEST_SIDE = 16;
/** Time that one attempt needs at least. */
const ATTEMPT_MS = 2_000;

const EAST_ASIAN: readonly Language[] = ['chi_tra', 'jpn', 'kor', 'chi_sim'];
/** The language that the last picture of this thread was in: the next one's is likely the same. */
let lastLanguage: Language = 'chi_tra';

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
    const { text, confidence } = await bestReading(context, reader, image);
    if (confidence >= NONSENSE) emitText(context, cleaned(text), `${placePrefix(context)}${place}`);
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

function tellTime(context: Context): void {
  const detail = `objectTimeMs (${context.limits.objectTimeMs}): reading its pages and pictures took longer than that allows; the first were read. Raise the limit and scan it again.`;
  tellOnce(context, 'timeout', detail);
}

/** Upright first, by what the lines look like; the other ways only when that is nonsense. */
async function bestReading(context: Context, reader: Engine, image: Gray): Promise<Reading> {
  const across = runsAcross(image);
  const likely = across ? [0, 2] : [1, 3];
  const others = across ? [1, 3] : [0, 2];
  let best: Reading = { text: '', confidence: 0 };
  for (const quarters of [...likely, ...others]) {
    if (context.budget.leftMs() < ATTEMPT_MS) break;
    const first = quarters === likely[0];
    const reading = await inBestLanguage(
      context,
      reader,
      turned(image, quarters),
      likely.includes(quarters),
    );
    if (reading.confidence > best.confidence) best = reading;
    if (best.confidence >= SURE) break;
    // Hardly a mark in the most likely position: no page of text, whichever way it is held.
    if (first && marks(reading.text) < FEW_MARKS) break;
  }
  return best;
}

async function inBestLanguage(
  context: Context,
  reader: Engine,
  image: Gray,
  thorough: boolean,
): Promise<Reading> {
  const { budget } = context;
  const latin = await reader.read(image, 'eng', budget.leftMs());
  if (latin.confidence >= SURE || !thorough) return latin;
  if (marks(latin.text) < 4) return latin;
  const languages = EAST_ASIAN.filter((language) => reader.languages.includes(language));
  if (languages.includes(lastLanguage)) {
    const again = await reader.read(image, lastLanguage, budget.leftMs());
    if (again.confidence >= SURE + 15) return again;
  }
  const language = await likelyLanguage(context, reader, densestBand(image), languages);
  if (language === null) return latin;
  const reading = await reader.read(image, language, budget.leftMs());
  if (reading.confidence >= SURE) lastLanguage = language;
  return reading.confidence > latin.confidence ? reading : latin;
}

/** By a part of the picture. Kana and Hangul settle it: the Chinese data reads Japanese as Chinese. */
async function likelyLanguage(
  context: Context,
  reader: Engine,
  part: Gray,
  languages: readonly Language[],
): Promise<Language | null> {
  let best: { readonly language: Language; readonly score: number } | null = null;
  for (const language of languages) {
    if (context.budget.leftMs() < ATTEMPT_MS) break;
    const { text, confidence } = await reader.read(part, language, context.budget.leftMs());
    const own =
      language === 'jpn'
        ? /[\u3041-\u30ff].*[\u3041-\u30ff]/su
        : /[\uac00-\ud7a3].*[\uac00-\ud7a3]/su;
    const settled = (language === 'jpn' || language === 'kor') && own.test(text);
    const score = confidence + (settled ? 10 : 0);
    if (best === null || score > best.score) best = { language, score };
  }
  return best !== null && best.score >= NONSENSE ? best.language : null;
}

function marks(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Undoes what OCR does to numbers and to East Asian words, where no other reading makes sense. */
export function cleaned(text: string): string {
  return text
    .replace(/(?<=\d)[Oo](?=\d)/g, '0')
    .replace(/(?<=\d)[lI|](?=\d)/g, '1')
    .replace(/(?<=\d) ?[—–−] ?(?=\d)/g, '-')
    .replace(
      /(?<=[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]) +(?=[\u2e80-\u9fff\uff00-\uffef])/g,
      '',
    )
    .replace(/\n{3,}/g, '\n\n');
}
