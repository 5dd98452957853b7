/**
 * Patterns of access-control policies: `*` any run, `?` one character, everything else itself.
 *
 * Policies are another party's text, so nothing here backtracks: matching and covering are
 * dynamic programs, and an intersection that would grow too large gives up openly.
 */

/** Cells of an intersection's table; two 500-character patterns fit. */
const MAX_CELLS = 250_000;
/** Alternatives an intersection may fall into. */
const MAX_ALTERNATIVES = 16;

/** Does the pattern match the whole text? */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

export function isGlob(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** True only if every text that `specific` matches is matched by `general` too. */
export function globCovers(general: string, specific: string): boolean {
  const wild = general.search(/[*?]/);
  if (wild < 0) return general === specific;
  if (!specific.startsWith(general.slice(0, wild))) return false;
  if (wild === general.length - 1 && general.endsWith('*')) return true;
  let row = new Array<boolean>(specific.length + 1).fill(false);
  row[specific.length] = true;
  for (let i = general.length - 1; i >= 0; i -= 1) {
    const g = general[i];
    const next = new Array<boolean>(specific.length + 1).fill(false);
    if (g === '*') next[specific.length] = row[specific.length] ?? false;
    for (let j = specific.length - 1; j >= 0; j -= 1) {
      const s = specific[j];
      if (g === '*') next[j] = (row[j] ?? false) || (next[j + 1] ?? false);
      else if (s !== '*' && (g === '?' || g === s)) next[j] = row[j + 1] ?? false;
    }
    row = next;
  }
  return row[0] ?? false;
}

/** The patterns of what may follow `literal` in a text that `pattern` matches. */
export function globAfter(pattern: string, literal: string): readonly string[] {
  let states = new Set<number>([0]);
  for (const character of literal) {
    const next = new Set<number>();
    for (const start of states) {
      let state = start;
      while (pattern[state] === '*') {
        next.add(state);
        state += 1;
      }
      if (pattern[state] === '?' || pattern[state] === character) next.add(state + 1);
    }
    states = next;
    if (states.size === 0) return [];
  }
  return widest([...states].map((state) => pattern.slice(state).replace(/\*{2,}/g, '*')));
}

/** Patterns that together match exactly what both match; `[a]`, which is too wide, where that would be too many. */
export function globBoth(a: string, b: string): readonly string[] {
  if (globCovers(a, b)) return [b];
  if (globCovers(b, a)) return [a];
  if ((a.length + 1) * (b.length + 1) > MAX_CELLS) return [a];
  let below: string[][] = [];
  for (let i = a.length; i >= 0; i -= 1) {
    const row: string[][] = new Array<string[]>(b.length + 1);
    for (let j = b.length; j >= 0; j -= 1) {
      row[j] = bothFrom(a[i], b[j], below[j] ?? [], row[j + 1] ?? [], below[j + 1] ?? []);
    }
    below = row;
  }
  const found = below[0] ?? [];
  return found.length >= MAX_ALTERNATIVES ? [a] : widest(found);
}

/** One cell: `down` leaves a's character behind, `right` b's, `across` both. */
function bothFrom(
  x: string | undefined,
  y: string | undefined,
  down: readonly string[],
  right: readonly string[],
  across: readonly string[],
): string[] {
  if (x === undefined && y === undefined) return [''];
  if (x === '*' && y === '*') return prefixed('*', [...down, ...right]);
  if (x === '*') return merged(down, y === undefined ? [] : prefixed(y, right));
  if (y === '*') return merged(right, x === undefined ? [] : prefixed(x, down));
  if (x === undefined || y === undefined) return [];
  if (x === y || y === '?') return prefixed(x, across);
  return x === '?' ? prefixed(y, across) : [];
}

function prefixed(head: string, tails: readonly string[]): string[] {
  return merged(
    tails.map((tail) => (head === '*' && tail.startsWith('*') ? tail : head + tail)),
    [],
  );
}

function merged(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].slice(0, MAX_ALTERNATIVES);
}

/** Without those that another one covers. */
export function widest(patterns: readonly string[]): readonly string[] {
  const distinct = [...new Set(patterns)];
  return distinct.filter(
    (one) => !distinct.some((other) => other !== one && globCovers(other, one)),
  );
}
