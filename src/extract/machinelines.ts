/**
 * The lines of a passport's machine readable zone, where each is a value of its own: `line1` and
 * `line2` of a record, two columns of a table. Only together can they be judged, so they are handed
 * on once more below each other.
 */
import { CELL, type Piece, type Place, ROW } from '../model/piece.ts';

const FILLER = Buffer.from('<<');
/** Between two of them: borders of cells, quotes, delimiters. */
const BETWEEN = 24;
/** Of each kind of document the lines and their length. */
const KINDS: readonly (readonly [lines: number, length: number])[] = [
  [2, 44],
  [2, 36],
  [3, 30],
];

interface Zone {
  readonly at: number;
  readonly text: string;
}

/** The zones of a piece as a piece; null without any that stands in several cells. */
export function machineLines(piece: Piece): Piece | null {
  const text = Buffer.from(piece.text.buffer, piece.text.byteOffset, piece.text.length);
  if (!text.includes(FILLER) || !text.includes(CELL)) return null;
  const zones = zonesOf(text);
  if (zones.length === 0) return null;
  const starts: number[] = [];
  let length = 0;
  for (const zone of zones) {
    starts.push(length);
    length += zone.text.length + 1;
  }
  const locate = (offset: number): Place => {
    let at = 0;
    while (at + 1 < starts.length && (starts[at + 1] ?? 0) <= offset) at += 1;
    const { label, row } = piece.locate(zones[at]?.at ?? 0);
    return { label, row, column: null };
  };
  const joined = zones.map((zone) => zone.text).join(String.fromCharCode(ROW));
  return { text: Buffer.from(joined), locate };
}

function zonesOf(text: Buffer): readonly Zone[] {
  const lines: Zone[] = [];
  const latin = text.toString('latin1');
  for (const { 0: line, index } of latin.matchAll(/(?<![A-Z0-9<])[A-Z0-9<]{30,44}(?![A-Z0-9<])/g)) {
    lines.push({ at: index, text: line });
  }
  const zones: Zone[] = [];
  for (let at = 0; at < lines.length; ) {
    const count = zoneAt(latin, lines, at);
    const first = lines[at];
    if (count > 0 && first) {
      const own = lines.slice(at, at + count);
      zones.push({ at: first.at, text: own.map((line) => line.text).join('\n') });
    }
    at += Math.max(1, count);
  }
  return zones;
}

/** The number of lines that make a zone from there on, in cells of their own; 0 when they make none. */
function zoneAt(text: string, lines: readonly Zone[], at: number): number {
  const first = lines[at];
  if (!first || !/^[PVIAC][A-Z0-9<]/.test(first.text)) return 0;
  for (const [count, length] of KINDS) {
    const own = lines.slice(at, at + count);
    if (own.length < count || own.some((line) => line.text.length !== length)) continue;
    const apart = own.slice(1).every((line, next) => {
      const between = text.slice((own[next]?.at ?? 0) + length, line.at);
      return between.length <= BETWEEN && between.includes(String.fromCharCode(CELL));
    });
    if (apart && own.some((line) => line.text.includes('<<'))) return count;
  }
  return 0;
}
