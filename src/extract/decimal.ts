/** Decimals of databases: an integer and where its point stands. */

/** `value` as a number, bigint, or the big-endian bytes of one; null for anything else. Exact. */
export function decimalText(value: unknown, scale: number): string | null {
  const whole = wholeNumber(value);
  if (whole === null) return null;
  const sign = whole < 0n ? '-' : '';
  const digits = (whole < 0n ? -whole : whole).toString();
  if (scale <= 0 || scale > 100) return sign + digits;
  const padded = digits.padStart(scale + 1, '0');
  const behind = padded.slice(-scale).replace(/0+$/, '');
  return sign + padded.slice(0, -scale) + (behind === '' ? '' : `.${behind}`);
}

function wholeNumber(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  if (!(value instanceof Uint8Array) || value.length === 0 || value.length > 32) return null;
  const hex = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
  return BigInt.asIntN(value.length * 8, BigInt(`0x${hex}`));
}
