import { expect, test } from 'vitest';
import passport from '../../../detectors/intl/passport.ts';
import { acceptDetector, detect, tablePiece, textPiece } from '../../kit/accept-detector.ts';

acceptDetector(passport);

test('it counts under a header or beside a word, and is nothing alone', () => {
  const rows = [['K4820615P'], ['A48206157'], ['482061573']];
  const levels = detect([passport], tablePiece(['Passport No'], rows)).hits;
  expect(levels.map(({ confidence }) => confidence)).toEqual(['medium', 'medium', 'medium']);
  expect(detect([passport], textPiece('護照號碼：K4820615P')).hits).toHaveLength(1);
  expect(detect([passport], textPiece('part K4820615P')).hits).toEqual([]);
});

test('what Hong Kong, China, Japan or Korea give is left to their own detectors', () => {
  const rows = [['K04839215'], ['EC4839215'], ['TR4839215'], ['M04839215']];
  expect(detect([passport], tablePiece(['passport'], rows)).hits).toEqual([]);
});
