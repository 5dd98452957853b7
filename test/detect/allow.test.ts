import { expect, test } from 'vitest';
import hkid from '../../detectors/hk/hkid.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import type { AllowEntry } from '../../src/model/custom.ts';
import type { Hit } from '../../src/model/detector.ts';
import { textPiece } from '../kit/accept-detector.ts';

const hasher = createHasher(new Uint8Array(16).fill(9));
const entry: AllowEntry = {
  detector: null,
  values: null,
  pattern: null,
  path: null,
  until: '2999-12-31',
  reason: 'made up',
};

function hit(allow: Partial<AllowEntry>, path = 'forms/list.csv'): Hit | undefined {
  const kernel = createKernel([hkid], hasher, [{ ...entry, ...allow }]);
  const object = kernel.object({ minConfidence: 'low', collectHits: true, path });
  object.piece(textPiece('HKID: K482913(1)'));
  return object.end().hits[0];
}

test('a value of the list stays a hit, at most low, and says why', () => {
  const hash = hasher.hash('K4829131').toString(16).padStart(16, '0');
  expect(hit({ values: [hash] })?.because).toContain('allowed');
  expect(hit({ values: [hash] })?.confidence).toBe('low');
  expect(hit({ values: ['0123456789abcdef'] })?.confidence).toBe('high');
});

test('patterns go over the value without separators, paths over the key', () => {
  expect(hit({ pattern: 'K4829*' })?.confidence).toBe('low');
  expect(hit({ pattern: 'K48291' })?.confidence).toBe('high');
  expect(hit({ path: 'forms/*' })?.confidence).toBe('low');
  expect(hit({ path: 'other/*' })?.confidence).toBe('high');
});

test('all that an entry names must match', () => {
  expect(hit({ path: 'forms/*', detector: 'hk.hkid' })?.confidence).toBe('low');
  expect(hit({ path: 'forms/*', detector: 'sg.nric' })?.confidence).toBe('high');
});

test('an entry past its day holds no more', () => {
  expect(hit({ pattern: 'K*', until: '2020-01-01' })?.confidence).toBe('high');
});
