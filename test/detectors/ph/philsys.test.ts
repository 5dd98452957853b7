import { expect, test } from 'vitest';
import philsys from '../../../detectors/ph/philsys.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(philsys);

test('card and permanent number are both plausible', () => {
  expect(judged(philsys, '4820-6157-3094-1826')).toBe('plausible');
  expect(judged(philsys, '4820-6157-3094', 1)).toBe('plausible');
});
