/** Exposure of S3 and of what speaks it: documents → facts. */

export { waitsForPoints } from './access-points.ts';
export { s3Facts } from './facts.ts';
export type { S3Judgement } from './judge.ts';
export { judgeS3Case } from './judge.ts';
export type { ObjectEncryption } from './objects.ts';
export { objectGrantsPossible, s3ObjectFacts } from './objects.ts';
export type { PublicExtras } from './public.ts';
export { s3Public } from './public.ts';
