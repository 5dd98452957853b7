/** A process that begins something and is killed: `node left.ts run|claim URL`. */
import { openStore } from '../../../src/store/open.ts';
import { finding, run } from './made.ts';

const [what, url = ''] = process.argv.slice(2);
const store = await openStore(url);
if (what === 'claim') await store.claim(10);
else {
  await store.beginRun(run(1), 'same');
  const done = {
    asset: 'A-1',
    body: { a: 1 },
    persons: [new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])],
  };
  await store.saveOutcome('run-1', [finding('F-1')], done);
}
process.kill(process.pid, 'SIGKILL');
