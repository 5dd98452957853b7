export { hush, scan, stepsTaken } from './scanner';
export { configure } from './sieve';
export { setOrigin } from './origin';
export { breakCount, countFeeds, fold } from './folder';
export { sipHash } from './siphash';
export { wordsAfter, wordsBefore } from './words';
export { forgetForms, taken, useForms } from './forms';
export { holdTable, takenRow, useTable } from './table';
export { distinct, parts } from './distinct';
