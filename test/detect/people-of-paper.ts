/** Made-up identifiers with right check digits, as many as a test needs. */

/** Hong Kong: `A1234563` from a running number. */
export function hkid(number: number): string {
  const letter = String.fromCharCode(65 + (number % 26));
  const digits = String(100_000 + ((number * 7919) % 900_000));
  let sum = 36 * 9 + (letter.charCodeAt(0) - 55) * 8;
  for (let i = 0; i < 6; i++) sum += Number(digits.charAt(i)) * (7 - i);
  const check = (11 - (sum % 11)) % 11;
  return `${letter}${digits}${check === 10 ? 'A' : check}`;
}

/** Japan: twelve digits, the last by the ordinance's sum. */
export function myNumber(number: number): string {
  const digits = String(20_000_000_000 + ((number * 7_919_777) % 70_000_000_000));
  const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits.charAt(i)), 0);
  return `${digits}${sum % 11 <= 1 ? 0 : 11 - (sum % 11)}`;
}

/** A random-looking number of `length` digits that goes with no scheme. */
export function plainNumber(number: number, length: number): string {
  let state = (number * 2_654_435_761 + 97) >>> 0;
  let digits = String(1 + (number % 9));
  while (digits.length < length) {
    state = (Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5) >>> 0;
    digits += String((state >>> 7) % 10);
  }
  return digits;
}
