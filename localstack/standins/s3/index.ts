/** The S3 stand-in: a server with the published semantics, made by this project for its tests and demo. */
export { CONFIGURATION_AND_LISTING, type Fault, type LoggedRequest } from './faults.ts';
export type { BucketSeed, ObjectSeed, Seed } from './seed.ts';
export { type S3StandIn, type S3StandInOptions, startS3StandIn } from './server.ts';
export type { Acl, BlockFlags, StandInAccount } from './state.ts';
