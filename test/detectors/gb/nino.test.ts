import { expect, test } from 'vitest';
import nino from '../../../detectors/gb/nino.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(nino);

test('pairs that are never given are rejected', () => {
  expect(judged(nino, 'GB482061B')).toBe('no');
  expect(judged(nino, 'NT482061B')).toBe('no');
  expect(judged(nino, 'KR482061B')).toBe('plausible');
});

test('written without spaces it may be a part number and is worth less', () => {
  expect(nino.aloneFor?.(matchOf(nino, 'KR482061', 2))).toBe('low');
  expect(nino.aloneFor?.(matchOf(nino, 'KR482061B'))).toBe('low');
  expect(nino.aloneFor?.(matchOf(nino, 'KR 48 20 61 B'))).toBe('medium');
});
