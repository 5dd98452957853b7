import { describe, expect, test } from 'vitest';
import { addressText, cutAt, parseCidr, reach } from '../../../../src/exposure/s3/iam/address.ts';

function ranges(...texts: readonly string[]): ReturnType<typeof cutAt> {
  return texts.flatMap((text) => parseCidr(text) ?? []);
}

describe('an address or range', () => {
  const rows = [
    ['198.51.100.7', '198.51.100.7', 32],
    ['198.51.100.7/24', '198.51.100.0', 24],
    ['0.0.0.0/0', '0.0.0.0', 0],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', 128],
    ['2001:DB8:1:2::/64', '2001:db8:1:2:0:0:0:0', 64],
    ['::ffff:198.51.100.7', '0:0:0:0:0:ffff:c633:6407', 128],
    ['::/0', '0:0:0:0:0:0:0:0', 0],
  ] as const;
  test.each(rows)('%s begins at %s', (text, first, bits) => {
    const cidr = parseCidr(text);
    expect(cidr && addressText(cidr)).toBe(first);
    expect(cidr?.bits).toBe(bits);
  });

  test.each(['', '198.51.100', '198.51.100.7/33', '::/129', '198.51.100.7/', 'a/8', '1/2/3'])(
    '"%s" is none',
    (text) => {
      expect(parseCidr(text)).toBeNull();
    },
  );
});

test('all addresses fall into pieces at the borders of ranges', () => {
  const pieces = cutAt(ranges('198.51.100.0/24', '198.51.100.128/25'));
  expect(pieces.map((piece) => addressText(piece))).toEqual([
    '0.0.0.0',
    '198.51.100.0',
    '198.51.100.128',
    '198.51.101.0',
    '0:0:0:0:0:0:0:0',
  ]);
});

describe('how much of the internet', () => {
  const rows = [
    [['0.0.0.0/0'], 'everywhere'],
    [['::/0'], 'everywhere'],
    [['2000::/3'], 'everywhere'],
    [['0.0.0.0/1', '128.0.0.0/1'], 'everywhere'],
    [['0.0.0.0/1'], 'broad'],
    [['52.0.0.0/7'], 'broad'],
    [['52.0.0.0/8'], 'narrow'],
    [['2a00::/31'], 'broad'],
    [['2a00::/32'], 'narrow'],
    [['10.0.0.0/8', '192.168.0.0/16', 'fd00::/8'], 'private'],
    [[], 'none'],
  ] as const;
  test.each(rows)('%s is %s', (texts, expected) => {
    expect(reach(ranges(...texts))).toBe(expected);
  });
});
