import { expect, test } from 'vitest';
import healthInsurer from '../../../detectors/jp/health-insurer.ts';
import { acceptDetector, detect, textPiece } from '../../kit/accept-detector.ts';

acceptDetector(healthInsurer);

test('eight digits that pass are nothing without a word for the certificate', () => {
  const levels = (text: string): readonly string[] =>
    detect([healthInsurer], textPiece(text)).hits.map(({ confidence }) => confidence);
  expect(levels('06138218')).toEqual([]);
  expect(levels('保険者番号 06138218')).toEqual(['high']);
});
