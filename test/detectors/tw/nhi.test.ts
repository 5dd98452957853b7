import { expect, test } from 'vitest';
import nhi from '../../../detectors/tw/nhi.ts';
import { acceptDetector, detect, textPiece } from '../../kit/accept-detector.ts';

acceptDetector(nhi);

test('twelve digits are no card without a word for it', () => {
  const levels = (text: string): readonly string[] =>
    detect([nhi], textPiece(text)).hits.map(({ confidence }) => confidence);
  expect(levels('048392157260')).toEqual([]);
  expect(levels('健保卡號：048392157260')).toEqual(['medium']);
});
