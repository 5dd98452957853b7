import { expect, test } from 'vitest';
import iban from '../../../detectors/intl/iban.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(iban);

test('each country has one length', () => {
  expect(judged(iban, 'NO2148201157309')).toBe('proved');
  for (let check = 0; check < 100; check++) {
    const value = `NO${String(check).padStart(2, '0')}`;
    expect(judged(iban, value)).toBe('no');
  }
});

test('letters count as two digits each', () => {
  expect(judged(iban, 'GB0IKRTG48201561573094')).toBe('proved');
  for (let check = 0; check < 100; check++) {
    const value = `GB${String(check).padStart(2, '0')}`;
    expect(judged(iban, value)).toBe('no');
  }
});

test('a country that issues no IBAN is rejected', () => {
  for (let check = 0; check < 100; check++) {
    const value = `XX${String(check).padStart(2, '0')}`;
    expect(judged(iban, value)).toBe('no');
  }
});
