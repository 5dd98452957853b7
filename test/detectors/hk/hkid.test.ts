import { expect, test } from 'vitest';
import hkid from '../../../detectors/hk/hkid.ts';
import { acceptDetector, detect, tablePiece } from '../../kit/accept-detector.ts';

acceptDetector(hkid);

test('the first four characters count under a header that names the card, and are nobody under another', () => {
  const rows = [
    ['陳大文', 'K482'],
    ['李小明', 'P630'],
    ['王小美', 'R507'],
  ];
  const partial = (header: string): readonly string[] =>
    detect([hkid], tablePiece(['姓名', header], rows)).hits.map(({ form }) => form);
  expect(partial('身份證號碼')).toEqual(['partial', 'partial', 'partial']);
  expect(partial('ID no')).toEqual([]);
});
