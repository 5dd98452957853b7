/** Numbers, sizes and times in English, for progress, errors and logs; reports speak by their locale. */
import { EN } from './languages/en.ts';

/** `1 finding`, `12,031 findings` */
export function counted(count: number, one: string, many: string): string {
  return `${EN.count(count)} ${count === 1 ? one : many}`;
}

/** `12,031` */
export const countText: (count: number) => string = EN.count;

/** `1.2 GB`; decimal units, as providers bill them. */
export const bytesText: (bytes: number) => string = EN.bytes;

/** `45 s`, `3 h 20 min`; rounded up. */
export const durationText: (ms: number) => string = EN.duration;
