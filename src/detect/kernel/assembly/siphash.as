/** SipHash-2-4 (Aumasson, Bernstein 2012) in 64-bit words. */

let v0: u64 = 0;
let v1: u64 = 0;
let v2: u64 = 0;
let v3: u64 = 0;

// @ts-ignore: decorator
@inline
function round(): void {
  v0 += v1;
  v2 += v3;
  v1 = rotl(v1, 13) ^ v0;
  v3 = rotl(v3, 16) ^ v2;
  v0 = rotl(v0, 32);
  v2 += v1;
  v0 += v3;
  v1 = rotl(v1, 17) ^ v2;
  v3 = rotl(v3, 21) ^ v0;
  v2 = rotl(v2, 32);
}

/** Hashes `length` bytes at `from`, which are followed by at least seven others. */
export function sipHash(k0: u64, k1: u64, from: usize, length: i32): u64 {
  v0 = k0 ^ 0x736f6d6570736575;
  v1 = k1 ^ 0x646f72616e646f6d;
  v2 = k0 ^ 0x6c7967656e657261;
  v3 = k1 ^ 0x7465646279746573;
  let at = from;
  for (let left = length; left >= 8; left -= 8) {
    const word = load<u64>(at);
    v3 ^= word;
    round();
    round();
    v0 ^= word;
    at += 8;
  }
  const rest: u64 = (length & 7) == 0 ? 0 : load<u64>(at) & (((<u64>1) << (<u64>(length & 7) << 3)) - 1);
  const last = rest | (<u64>length << 56);
  v3 ^= last;
  round();
  round();
  v0 ^= last;
  v2 ^= 0xff;
  round();
  round();
  round();
  round();
  return v0 ^ v1 ^ v2 ^ v3;
}
