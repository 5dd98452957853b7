import { expect, test } from 'vitest';
import { withLookalikes } from '../../src/extract/lookalikes.ts';

test('ends read as digits or brackets get the letters they may have been, with the words of the line', () => {
  expect(withLookalikes('NRIC No: 58412307)')).toBe('NRIC No: 58412307)\nNRIC No: S8412307J');
  expect(withLookalikes('NRIC $84l23O77')).toBe('NRIC $84l23O77\nNRIC S8412307Z');
  expect(withLookalikes('FIN G8412307lI')).toBe('FIN G8412307lI\nFIN G8412307I');
});

test('what was read with letters at both ends stays alone', () => {
  expect(withLookalikes('NRIC S8412307B\nTotal 58412')).toBe('NRIC S8412307B\nTotal 58412');
});

test('telephone numbers and longer numbers get none', () => {
  expect(withLookalikes('Tel 5841 2307, 58412307, 584123071234')).not.toContain('\n');
});
