import { expect, test } from 'vitest';
import mrz from '../../../detectors/intl/mrz.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(mrz);

test('a visa has no check over the whole', () => {
  expect(
    judged(
      mrz,
      'V<UTOKRETT<<GANNA<MARIE<<<<<<<<<<<<<<<<<<<<<\nK482061579UTO8403179F3103175<<<<<<<<<<<<<<<<',
    ),
  ).toBe('proved');
});

test('the filler within a long number may count', () => {
  expect(
    judged(
      mrz,
      'I<UTOK48206157<3044<<<<<<<<<<<\n8403179F3103175UTO<<<<<<<<<<<8\nKRETT<<GANNA<MARIE<<<<<<<<<<<<',
      2,
    ),
  ).toBe('proved');
});

test('a number too long for its field goes on in the optional one', () => {
  expect(
    judged(
      mrz,
      'I<UTOK48206157<3099<<<<<<<<<<<\n8403179F3103175UTO<<<<<<<<<<<8\nKRETT<<GANNA<MARIE<<<<<<<<<<<<',
      2,
    ),
  ).toBe('proved');
});
