/** `node bench/extractone.ts FILE`: extraction alone of one file, as a process of its own, for its time and memory. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { extract } from '../src/extract/index.ts';
import { DEFAULT_LIMITS } from '../src/model/limits.ts';

const path = process.argv[2] ?? '';
const bytes = new Uint8Array(readFileSync(path));
let textBytes = 0;
const gaps: string[] = [];
await extract(
  { name: basename(path), sizeBytes: bytes.length, parts: [{ start: 0, bytes }] },
  {
    piece: ({ text }) => {
      textBytes += text.length;
    },
    gap: ({ code, detail }) => gaps.push(`${code}: ${detail}`),
  },
  { ...DEFAULT_LIMITS, objectBytes: 2 ** 31 },
);
process.stdout.write(JSON.stringify({ textBytes, gaps }));
