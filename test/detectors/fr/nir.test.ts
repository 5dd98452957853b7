import { expect, test } from 'vitest';
import nir from '../../../detectors/fr/nir.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(nir);

test("Corsica's letters count as 19 and 18", () => {
  expect(judged(nir, '184032A11604292')).toBe('proved');
  expect(judged(nir, '184032B11604222')).toBe('proved');
});

test('a month that no record has is rejected', () => {
  for (let check = 0; check < 100; check++) {
    const value = `184132A116042${String(check).padStart(2, '0')}`;
    expect(judged(nir, value)).toBe('no');
  }
});
