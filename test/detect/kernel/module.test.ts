/** The committed bytes belong to the sources beside them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Layout } from '../../../src/detect/kernel/layout.ts';
import { SOURCES } from '../../../src/detect/kernel/module.ts';
import { ASSEMBLY, assemblyDigest } from '../../kit/assembly.ts';

test('the bytes were made of the sources as they are: else run test/kit/write-kernel.ts', () => {
  expect(SOURCES).toBe(assemblyDigest());
});

test('both sides agree where things lie in memory', () => {
  const source = readFileSync(`${ASSEMBLY}layout.as`, 'utf8');
  const places = [...source.matchAll(/export const (\w+): usize = (0x[0-9a-f]+);/g)];
  expect(Object.fromEntries(places.map(([, name, at]) => [name, Number(at)]))).toEqual(Layout);
});
