/**
 * Evidence → confidence. A match starts at what its form is worth alone; words, columns and
 * neighbours raise it, what speaks against it caps it. Every step leaves a reason.
 */
import type { Detector } from '../model/detector.ts';
import { binomialTail, type ColumnStatistics, FEW, MOST } from './column.ts';
import { isPrinted } from './decoys.ts';
import { Flag, HIGH, type Level, LOW, levelOf, MEDIUM } from './flags.ts';
import type { Voice } from './hints.ts';

/** Pass rates up to this make `proved` a proof. */
const PROVING_RATE = 0.2;

/** Nothing lifts these. */
const HARD = Flag.sample | Flag.uniform | Flag.cut | Flag.allowed;
/** A header or a word beside the value knows better: every Thai number from 1 lies in the epoch's milliseconds. */
const SOFT =
  Flag.epoch |
  Flag.gs1 |
  Flag.date |
  Flag.sequence |
  Flag.number |
  Flag.broken |
  Flag.lower |
  Flag.noise;

/** Confidence of one match from everything but its neighbours; 0 is no hit. */
export function ownLevel(rule: Detector, flags: number, alone: Level): Level {
  const hinted = (flags & (Flag.header | Flag.near)) !== 0;
  const supported = hinted || (flags & (Flag.surplus | Flag.beside)) !== 0;
  if ((flags & HARD) !== 0) return supported || alone > 0 ? LOW : 0;
  // A header outweighs the failing of a test that tells little: telephone numbers of a plan unknown here.
  const isWeak = rule.passRate.plausible > PROVING_RATE && (flags & Flag.header) !== 0;
  const ceiling = capOf(isWeak ? flags & ~Flag.chance : flags, hinted);
  const worth = (flags & Flag.masked) !== 0 ? Math.min(alone, MEDIUM) : alone;
  if ((flags & Flag.partial) !== 0) return hinted ? MEDIUM : LOW;
  const level = Math.max(worth, supported ? supportedLevel(rule, flags, worth) : 0);
  return Math.min(level, ceiling);
}

/** The most that what speaks against a match leaves. */
function capOf(flags: number, hinted: boolean): Level {
  if ((flags & Flag.chance) !== 0) return LOW;
  if ((flags & Flag.against) !== 0) return LOW;
  if (hinted) return HIGH;
  // Check digits do not know of the epoch: a column full of passing ones is no column of times.
  const soft = (flags & Flag.surplus) !== 0 ? SOFT & ~(Flag.epoch | Flag.gs1) : SOFT;
  return (flags & soft) !== 0 ? LOW : HIGH;
}

function supportedLevel(rule: Detector, flags: number, alone: Level): Level {
  if ((flags & Flag.surplus) !== 0) return HIGH;
  const isProof = (flags & Flag.proved) !== 0 && rule.passRate.proved <= PROVING_RATE;
  if ((flags & Flag.masked) !== 0) return (flags & (Flag.header | Flag.thin)) !== 0 ? HIGH : MEDIUM;
  if (isProof || alone >= MEDIUM || (flags & Flag.printed) !== 0) return HIGH;
  if ((flags & Flag.header) !== 0 && rule.passRate.plausible < 0.5) return HIGH;
  return MEDIUM;
}

/** Rarer than this is no chance; fewer values prove nothing. */
const SIGNIFICANT = 1e-6;
const ENOUGH = 20;

/**
 * The flags that a column's values together give all of them. Only a check digit makes a surplus:
 * order numbers begin with a day, so that all of them pass where a day or a prefix is all that is
 * asked, and one in ten where a check digit follows.
 */
export function columnFlags(
  rule: Detector,
  statistics: ColumnStatistics | null | undefined,
): number {
  if (!statistics) return 0;
  let flags = statistics.flags();
  const { distinct, proved, passed } = statistics;
  const { passRate } = rule;
  const isProof = passRate.proved > 0 && passRate.proved <= PROVING_RATE;
  const isProved =
    isProof &&
    rule.sharesCheckWith === undefined &&
    proved > distinct * MOST &&
    binomialTail(distinct, proved, passRate.proved) < SIGNIFICANT;
  if (!isProved) flags &= ~Flag.surplus;
  const isTelling = isProof && passRate.plausible <= PROVING_RATE;
  if (isTelling && distinct >= ENOUGH && passed < distinct * FEW) flags |= Flag.noise;
  return flags;
}

/** Do a detector's final statistics say that the column is its own? */
export function isClaim(
  rule: Detector,
  statistics: ColumnStatistics,
  header: Voice | undefined,
): boolean {
  if (!statistics.mostlyPasses || rule.passRate.plausible >= 1) return false;
  return header === 'for' || (columnFlags(rule, statistics) & Flag.surplus) !== 0;
}

/**
 * Can nothing come of the detector's matches in a column whose statistics are final, unless a word
 * stands beside them in the cell? They are worth nothing alone and no neighbour lifts them.
 */
export function isInert(rule: Detector, column: number, header: Voice | undefined): boolean {
  if (rule.alone !== 'none' || rule.aloneFor || header === 'for') return false;
  if ((column & Flag.surplus) !== 0) return false;
  const proved = rule.passRate.proved > 0 ? Flag.proved : 0;
  const flags = Flag.row | Flag.printed | proved;
  return ownLevel(rule, flags, 0) === 0 && neighbourLevel(rule, flags, 0, true) === 0;
}

/** How a place in running text is written, as far as that bears on what can come of it. */
export const Look = { plain: 0, printed: 1, dotted: 2 } as const;
export const LOOKS = 3;

const DOT = 46;
const ZERO = 48;
const NINE = 57;

/** The look of some characters, half open; the kernel says the same. */
export function writtenAs(text: Uint8Array, start: number, end: number): number {
  let dots = 0;
  let isDotted = true;
  let wasDigit = false;
  for (let i = start; i < end; i++) {
    const code = text[i] ?? 0;
    if (code >= ZERO && code <= NINE) {
      wasDigit = true;
      continue;
    }
    if (code === DOT && wasDigit) dots++;
    else if (i > start && isPrinted(code)) return Look.printed;
    else isDotted = false;
    wasDigit = false;
  }
  return isDotted && wasDigit && dots > 0 ? Look.dotted : Look.plain;
}

/** The most that a match of a shape may be worth alone. */
export function aloneAtMost(rule: Detector, shape: number): Level {
  if (!rule.aloneFor) return levelOf(rule.alone);
  const most = rule.aloneAtMost ?? 'high';
  return levelOf(typeof most === 'string' ? most : (most[shape] ?? 'high'));
}

/**
 * In running text: can nothing come of a shape's full matches unless a word stands beside them?
 * Whatever their judge says, they are worth less than is reported, no neighbour lifts them, and they
 * lift none. `isNoise`: see {@link Flag.noise}.
 *
 * A proved match may hide parts of itself that other detectors report. Where the check passes as
 * often as chance lets it, or the number is an address of the network, that proof is none, and
 * what lies inside is reported for itself.
 */
export function isQuiet(
  rule: Detector,
  shape: number,
  look: number,
  isNoise: boolean,
  least: Level,
): boolean {
  let flags = rule.passRate.proved > 0 ? Flag.proved : 0;
  if (look === Look.printed) flags |= Flag.printed;
  if (look === Look.dotted) flags |= Flag.number;
  if (isNoise) flags |= Flag.noise;
  const own = ownLevel(rule, flags, aloneAtMost(rule, shape));
  // A company is nobody's neighbour.
  const most = rule.kind === 'company' ? own : neighbourLevel(rule, flags, own, true);
  if (most === 0) return true;
  if (most >= Math.min(least, MEDIUM)) return false;
  return isNoise || look === Look.dotted || rule.passRate.proved === 0;
}

/** In running text, where no column is still to speak: can a match neither be reported nor support another? */
export function isHopelessInText(
  rule: Detector,
  flags: number,
  alone: Level,
  least: Level,
): boolean {
  if ((flags & Flag.row) !== 0) return false;
  const own = ownLevel(rule, flags, alone);
  return own < MEDIUM && neighbourLevel(rule, flags, own, true) < least;
}

/** With dozens of detectors any nine digits pass some check at 9 %: only stronger ones are proof beside a stranger. */
const STRONG_RATE = 0.02;

/**
 * One step up for a match beside another person's identifier. `kin`: that one is of the same
 * country, so that the two explain each other.
 */
export function neighbourLevel(rule: Detector, flags: number, level: Level, kin: boolean): Level {
  if (capOf(flags, false) === LOW || (flags & (HARD | Flag.partial)) !== 0) return level;
  const isProof = (flags & Flag.proved) !== 0 && rule.passRate.proved <= PROVING_RATE;
  if (level >= MEDIUM) {
    // Bare digits that a word made an identifier stay a guess, whatever stands beside them.
    const isTelling = isProof || kin || rule.passRate.plausible <= PROVING_RATE;
    return isTelling || rule.kind === 'contact' || (flags & Flag.printed) !== 0 ? HIGH : level;
  }
  if (isProof && (kin || rule.passRate.proved <= STRONG_RATE)) return level + 1;
  if ((flags & Flag.masked) !== 0) return level + 1;
  const isTelling =
    rule.passRate.plausible <= PROVING_RATE || (level >= LOW && (flags & Flag.printed) !== 0);
  return kin && isTelling ? level + 1 : level;
}
