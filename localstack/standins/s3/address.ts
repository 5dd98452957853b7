/** Addresses and ranges for `aws:SourceIp`. */

interface Range {
  readonly bits: bigint;
  readonly width: 32 | 128;
  readonly length: number;
}

export function addressInRange(address: string, range: string): boolean {
  const a = parseRange(address);
  const r = parseRange(range);
  if (!a || !r || a.width !== r.width) return false;
  const shift = BigInt(r.width - r.length);
  return a.bits >> shift === r.bits >> shift;
}

/** Broader than /8 (IPv4) or /32 (IPv6) counts as everyone; private IPv4 ranges never do. */
export function rangeIsBroad(range: string): boolean {
  const parsed = parseRange(range);
  if (!parsed) return true;
  if (parsed.width === 128) return parsed.length < 32;
  const isPrivate = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].some(
    (one) =>
      addressInRange(range.split('/')[0] ?? '', one) && parsed.length >= Number(one.split('/')[1]),
  );
  return !isPrivate && parsed.length < 8;
}

function parseRange(text: string): Range | null {
  const [address = '', prefix] = text.trim().split('/');
  const v6 = address.includes(':');
  const bits = v6 ? parseV6(address) : parseV4(address);
  const width = v6 ? 128 : 32;
  const length = prefix === undefined ? width : Number(prefix);
  if (bits === null || !Number.isInteger(length) || length < 0 || length > width) return null;
  return { bits, width, length };
}

function parseV4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return null;
  }
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function parseV6(text: string): bigint | null {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return null;
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...front, ...Array<string>(Math.max(0, missing)).fill('0'), ...back];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(Number.parseInt(group, 16)), 0n);
}
