import { expect, test } from 'vitest';
import residenceCard from '../../../detectors/jp/residence-card.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';

acceptDetector(residenceCard);

test('alone it is shown at low confidence', () => {
  expect(residenceCard.alone).toBe('low');
});
