export { configure, scan, stepsTaken } from './scanner';
export { breakCount, countFeeds, fold } from './folder';
export { sipHash } from './siphash';
export { wordsAfter, wordsBefore } from './words';
