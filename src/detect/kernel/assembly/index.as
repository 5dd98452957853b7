export { configure, scan, stepsTaken } from './scanner';
export { breakCount, fold } from './folder';
export { sipHash } from './siphash';
