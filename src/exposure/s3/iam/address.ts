/** Internet addresses as ranges of numbers: IPv4 and IPv6 apart, each half of what "from anywhere" means. */
import { isIPv4, isIPv6 } from 'node:net';

/** Both ends inclusive. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly start: bigint;
  readonly end: bigint;
}

export interface Cidr extends AddressRange {
  /** Prefix length in bits. */
  readonly bits: number;
}

const LAST = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n } as const;

export const ALL_ADDRESSES: readonly AddressRange[] = [
  { family: 4, start: 0n, end: LAST[4] },
  { family: 6, start: 0n, end: LAST[6] },
];

/** `192.0.2.0/24`, `2001:db8::1`; host bits are dropped as IAM does. Null when it is neither. */
export function parseCidr(text: string): Cidr | null {
  const [address = '', width, ...rest] = text.trim().split('/');
  if (rest.length > 0 || (width !== undefined && !/^\d{1,3}$/.test(width))) return null;
  const family = isIPv4(address) ? 4 : isIPv6(address) ? 6 : null;
  if (family === null) return null;
  const total = family === 4 ? 32 : 128;
  const bits = width === undefined ? total : Number(width);
  if (bits > total) return null;
  const value = family === 4 ? number4(address) : number6(address);
  const size = 1n << BigInt(total - bits);
  const start = (value / size) * size;
  return { family, start, end: start + size - 1n, bits };
}

function number4(address: string): bigint {
  return address.split('.').reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function number6(address: string): bigint {
  const plain = address
    .replace(/%.*$/, '')
    .replace(/[\d.]+$/, (tail) =>
      tail.includes('.')
        ? [number4(tail) >> 16n, number4(tail) & 0xffffn].map((half) => half.toString(16)).join(':')
        : tail,
    );
  const [left = '', right] = plain.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = right === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...new Array<string>(zeros).fill('0'), ...tail];
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** The first address of the range, in full. */
export function addressText(range: AddressRange): string {
  if (range.family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => (range.start >> shift) & 255n).join('.');
  }
  return Array.from({ length: 8 }, (_, group) =>
    ((range.start >> BigInt(112 - 16 * group)) & 0xffffn).toString(16),
  ).join(':');
}

/** Does one of these sorted, joined ranges hold all of it? */
export function holding(sorted: readonly AddressRange[], inner: AddressRange): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = sorted[middle];
    if (!range) return false;
    const after = range.family - inner.family || ascending(range.start, inner.start);
    if (after > 0) high = middle - 1;
    else if (range.family === inner.family && range.end >= inner.start) {
      return range.end >= inner.end;
    } else low = middle + 1;
  }
  return false;
}

/** All addresses, cut at the borders of the given ranges: within a piece every range holds all or nothing. */
export function cutAt(ranges: readonly AddressRange[]): readonly AddressRange[] {
  return ALL_ADDRESSES.flatMap(({ family, end: last }) => {
    const starts = new Set<bigint>([0n]);
    for (const range of ranges) {
      if (range.family !== family) continue;
      starts.add(range.start);
      if (range.end < last) starts.add(range.end + 1n);
    }
    const sorted = [...starts].sort(ascending);
    return sorted.map((start, index) => ({
      family,
      start,
      end: (sorted[index + 1] ?? last + 1n) - 1n,
    }));
  });
}

export function joined(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = [...ranges].sort((a, b) =>
    a.family !== b.family ? a.family - b.family : ascending(a.start, b.start),
  );
  const result: AddressRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && last.family === range.family && range.start <= last.end + 1n) {
      result[result.length - 1] = range.end > last.end ? { ...last, end: range.end } : last;
    } else result.push(range);
  }
  return result;
}

/** Never the source of a packet on the internet: RFC 6890 and its registries. */
const NOT_INTERNET: readonly AddressRange[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].flatMap((text) => parseCidr(text) ?? []);

/** The only block that global IPv6 unicast addresses come from (RFC 4291, IANA registry). */
const GLOBAL_6: AddressRange = { family: 6, start: 1n << 125n, end: (1n << 126n) - 1n };

const TOTAL_4 = size(without([ALL_ADDRESSES[0] as AddressRange], NOT_INTERNET));
const TOTAL_6 = size([GLOBAL_6]);

export type Reach =
  | 'everywhere'
  | 'broad' // more than an IPv4 /8 or an IPv6 /32 in one piece, but not nearly everything
  | 'narrow'
  | 'private' // only addresses that the internet does not route
  | 'none';

const reaches = new WeakMap<readonly AddressRange[], Reach>();

/** How much of the internet these addresses are. */
export function reach(ranges: readonly AddressRange[]): Reach {
  const before = reaches.get(ranges);
  if (before) return before;
  const found = measured(ranges);
  reaches.set(ranges, found);
  return found;
}

function measured(ranges: readonly AddressRange[]): Reach {
  if (ranges.length === 0) return 'none';
  const outside = without(joined(ranges), NOT_INTERNET).flatMap((range) =>
    range.family === 4 ? range : (overlap(range, GLOBAL_6) ?? []),
  );
  if (outside.length === 0) return 'private';
  const nearly = (family: 4 | 6, total: bigint): boolean =>
    size(outside.filter((range) => range.family === family)) * 10n >= total * 9n;
  if (nearly(4, TOTAL_4) || nearly(6, TOTAL_6)) return 'everywhere';
  const broad = outside.some((range) => size([range]) > 1n << (range.family === 4 ? 24n : 96n));
  return broad ? 'broad' : 'narrow';
}

function size(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, range) => sum + range.end - range.start + 1n, 0n);
}

function overlap(a: AddressRange, b: AddressRange): AddressRange | null {
  if (a.family !== b.family || a.start > b.end || b.start > a.end) return null;
  const [, start = a.start, end = a.end] = [a.start, b.start, a.end, b.end].sort(ascending);
  return { family: a.family, start, end };
}

function ascending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function without(
  ranges: readonly AddressRange[],
  removed: readonly AddressRange[],
): readonly AddressRange[] {
  return removed.reduce<readonly AddressRange[]>(
    (rest, hole) =>
      rest.flatMap((range) => {
        const cut = overlap(range, hole);
        if (!cut) return [range];
        const parts: AddressRange[] = [];
        if (range.start < cut.start) parts.push({ ...range, end: cut.start - 1n });
        if (cut.end < range.end) parts.push({ ...range, start: cut.end + 1n });
        return parts;
      }),
    ranges,
  );
}
