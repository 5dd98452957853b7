import { expect, test } from 'vitest';
import id from '../../../detectors/il/id.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { matchOf } from '../../kit/judged.ts';

acceptDetector(id);

test('eight digits are nine with a zero before', () => {
  expect(id.canonical?.(matchOf(id, '4820615-9', 2))).toBe('048206159');
});
