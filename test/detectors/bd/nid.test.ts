import { expect, test } from 'vitest';
import nid from '../../../detectors/bd/nid.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(nid);

test('a short number never repeats a digit three times in a row', () => {
  expect(judged(nid, '4820615739')).toBe('plausible');
  expect(judged(nid, '4820111739')).toBe('no');
});

test('the birth year in front does not make another person', () => {
  expect(nid.canonical?.(matchOf(nid, '19842691648204817', 3))).toBe('2691648204817');
});
