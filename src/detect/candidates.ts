/**
 * How many identifiers a mask leaves. `S****567A` hides four digits, but the check letter rules out
 * ten in eleven of what they may be, and a column with the year of birth the first two of them:
 * nine are left. Whether a mask hides enough is a finding too.
 *
 * The hidden places are filled in every way that shape, check and the row's other columns allow,
 * or in TRIES random ways where there are more, and the judge says which of them are possible.
 */
import type { Born, Detector } from '../model/detector.ts';
import type { PieceReader } from './reader.ts';
import { type ParsedShape, parseShape } from './shape.ts';

/**
 * Fewer than a mask of three free digits leaves (HKID `A123XXX(X)`, Taiwan's `A12345****`: 1,000
 * each, the least that the published rules hide): then the mask counts as none.
 */
export const FEW = 1_000;

const TRIES = 20_000;
/** Years of birth taken when none is known. */
const OLDEST = 95;
const YOUNGEST = 1;

/** What the columns beside a masked value say of its person. */
export interface Known {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  readonly sex: 'female' | 'male' | null;
}

export const NOTHING_KNOWN: Known = { year: null, month: null, day: null, sex: null };

/** Texts that may fill the places from `at` on. */
interface Unit {
  readonly at: number;
  readonly options: readonly string[];
}

/** How many values are possible behind a masked compact form; null where no shape of the detector fits it. */
export function candidatesBehind(rule: Detector, compact: string, known: Known): number | null {
  const sign = /([*#?_X])\1/.exec(compact)?.[1];
  if (sign === undefined) return null;
  for (const [number, shape] of rule.shapes.entries()) {
    const sets = setsOf(parseShape(shape), compact, sign);
    if (!sets) continue;
    const units = unitsOf(rule, compact, sign, sets, known);
    const count = possible(rule, compact, number, units);
    if (count > 0) return count;
  }
  return null;
}

/** For each character of the compact form what may stand there; null where the shape does not fit. */
function setsOf({ parts, keep }: ParsedShape, compact: string, sign: string): string[] | null {
  const runs = parts.flatMap((part) =>
    part.type === 'run' && keep[part.set.charCodeAt(0)] === 1 ? [part] : [],
  );
  const place = (run: number, at: number): string[] | null => {
    const part = runs[run];
    if (!part) return at === compact.length ? [] : null;
    const counts: number[] = part.optional ? [0] : [];
    for (let count = part.max; count >= part.min; count--) counts.push(count);
    for (const count of counts) {
      const text = compact.slice(at, at + count);
      const fits =
        text.length === count && [...text].every((c) => c === sign || part.set.includes(c));
      const rest = fits ? place(run + 1, at + count) : null;
      if (rest) return [...Array<string>(count).fill(part.set), ...rest];
    }
    return null;
  };
  return place(0, 0);
}

function unitsOf(
  rule: Detector,
  compact: string,
  sign: string,
  sets: readonly string[],
  known: Known,
): readonly Unit[] {
  const units: Unit[] = [];
  const done = new Set<number>();
  const isHidden = (at: number): boolean => compact[at] === sign;
  for (const born of rule.born ?? []) {
    if (born.when !== undefined && !born.when.test(compact)) continue;
    const places = Array.from({ length: born.form.length }, (_, i) => born.at + i);
    if (!places.some(isHidden)) continue;
    const options = datesOf(born, known).filter((text) =>
      places.every((at, i) => isHidden(at) || compact[at] === text[i]),
    );
    for (const at of places) done.add(at);
    units.push({ at: born.at, options });
  }
  sets.forEach((set, at) => {
    if (!isHidden(at) || done.has(at)) return;
    const ofSex = rule.sexAt?.at === at && known.sex !== null ? rule.sexAt[known.sex] : null;
    units.push({ at, options: [...(ofSex ?? set)].filter((one) => set.includes(one)) });
  });
  return units;
}

/** The dates of which nothing is known, by form: tens of thousands. */
const unknownDates = new Map<string, readonly string[]>();

/** Every text that the date of birth may have in a number, as far as it is known. */
function datesOf({ form }: Born, known: Known): readonly string[] {
  const isUnknown = known.year === null && known.month === null && known.day === null;
  const key = `${form} ${new Date().getUTCFullYear()}`;
  const before = isUnknown ? unknownDates.get(key) : undefined;
  if (before) return before;
  const made = datesFrom(form, known);
  if (isUnknown) unknownDates.set(key, made);
  return made;
}

function datesFrom(form: string, { year, month, day }: Known): readonly string[] {
  const thisYear = new Date().getUTCFullYear();
  const texts = new Set<string>();
  const from = year ?? thisYear - OLDEST;
  const to = year ?? thisYear - YOUNGEST;
  const two = (value: number): string => String(value).padStart(2, '0');
  const hasDay = /mm/.test(form);
  for (let y = from; y <= to; y++) {
    for (let m = hasDay ? (month ?? 1) : 1; m <= (hasDay ? (month ?? 12) : 1); m++) {
      const last = hasDay ? (day ?? new Date(Date.UTC(y, m, 0)).getUTCDate()) : 1;
      for (let d = hasDay ? (day ?? 1) : 1; d <= last; d++) {
        texts.add(
          form
            .replace('yyyy', String(y))
            .replace('yy', two(y % 100))
            .replace('mm', two(m))
            .replace('dd', two(d)),
        );
      }
    }
  }
  return [...texts];
}

function possible(rule: Detector, compact: string, shape: number, units: readonly Unit[]): number {
  const ways = units.reduce((product, { options }) => product * options.length, 1);
  const tries = Math.min(ways, TRIES);
  let state = 0x2545f491;
  let passed = 0;
  for (let number = 0; number < tries; number++) {
    let rest = number;
    let text = compact;
    for (const { at, options } of units) {
      let choice = rest % options.length;
      rest = Math.floor(rest / options.length);
      if (ways > TRIES) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        choice = Math.floor((state / 2 ** 32) * options.length);
      }
      const value = options[choice] ?? '';
      text = text.slice(0, at) + value + text.slice(at + value.length);
    }
    if (rule.judge({ compact: text, folded: text, shape }) !== 'no') passed++;
  }
  return tries === 0 ? 0 : Math.round((passed * ways) / tries);
}

/** Masked values of one object that are counted one by one, and of those of one pattern: some milliseconds each. */
const COUNTED = 100;
const COUNTED_ALIKE = 1;

/** Counts for one object; after so many values, a value counts what its pattern did before. */
export class MaskCounts {
  readonly #left = new Map<string, { left: number | null; times: number }>();
  #counted = 0;

  left(rule: Detector, compact: string, reader: PieceReader): number | null {
    const known = reader.place.row === null ? NOTHING_KNOWN : knownFrom(...reader.row());
    const signs = compact.replace(/[0-9]/g, '0');
    const pattern = [rule.id, signs, known.year === null, known.month === null, known.sex === null];
    const key = pattern.join(' ');
    const before = this.#left.get(key);
    const isEnough = this.#counted >= COUNTED || (before?.times ?? 0) >= COUNTED_ALIKE;
    if (before && isEnough) return before.left;
    this.#counted++;
    const left = candidatesBehind(rule, compact, known);
    this.#left.set(key, { left, times: (before?.times ?? 0) + 1 });
    return left;
  }
}

const BIRTH = /birth|\bdob\b|d\.o\.b|born|出生|生日|生年|생년|วันเกิด|ngày sinh|lahir/i;
const SEX = /\bsex\b|gender|性別|性别|성별|เพศ|giới tính|jantina|kelamin/i;
const FEMALE = /^\s*(?:f|female|女|여|여성|w|woman|หญิง|nữ|p|perempuan)\s*$/i;
const MALE = /^\s*(?:m|male|男|남|남성|man|ชาย|nam|l|lelaki|laki-laki)\s*$/i;

/** What a row says of its person, from the cells whose headers name a date of birth or a sex. */
export function knownFrom(headers: readonly string[], cells: readonly string[]): Known {
  let known = NOTHING_KNOWN;
  headers.forEach((header, index) => {
    const cell = cells[index] ?? '';
    if (BIRTH.test(header)) known = { ...known, ...birthOf(cell) };
    if (SEX.test(header)) {
      known = { ...known, sex: FEMALE.test(cell) ? 'female' : MALE.test(cell) ? 'male' : null };
    }
  });
  return known;
}

function birthOf(cell: string): Partial<Known> {
  const text = cell.normalize('NFKC');
  const ymd = /^\D{0,2}((?:19|20)\d\d)[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})/.exec(text);
  const dmy = /^(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)/.exec(text);
  const year = /(?:19|20)\d\d/.exec(text);
  if (ymd) return { year: Number(ymd[1]), month: Number(ymd[2]), day: Number(ymd[3]) };
  // Day and month may be swapped: the year is certain.
  if (dmy) return { year: Number(dmy[3]) };
  return year ? { year: Number(year[0]) } : {};
}
