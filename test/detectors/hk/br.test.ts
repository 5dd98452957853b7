import { expect, test } from 'vitest';
import br from '../../../detectors/hk/br.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { matchOf } from '../../kit/judged.ts';

acceptDetector(br);

test('eight digits count only with a hint, the printed form without', () => {
  expect(br.aloneFor?.(matchOf(br, '24819350'))).toBe('none');
  expect(br.aloneFor?.(matchOf(br, '24819350-000-03-24-5', 1))).toBe('medium');
});
