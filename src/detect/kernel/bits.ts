/** Truths as bits, eight a byte, the first one lowest: as the kernel's hasBit() reads them. */
export function bitsOf(truths: Uint8Array): Uint8Array {
  const bits = new Uint8Array(truths.length / 8);
  truths.forEach((truth, index) => {
    bits[index >> 3]! |= truth << (index & 7);
  });
  return bits;
}
