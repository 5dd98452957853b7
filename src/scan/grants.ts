/**
 * Objects that the rules of the whole do not open: they are asked for one by one without credentials.
 *
 * Either a random sample of them or, with `--objects all`, every one as the listing passes by. Memory
 * does not grow with the listing: what opens goes on to the reading sample at once, and of the facts
 * only so many are kept as a verdict can show.
 */
import type { AccessFact } from '../model/access.ts';
import type { Asset, ObjectRef } from '../model/asset.ts';
import type { Skip } from '../model/coverage.ts';
import type { Gap } from '../model/gap.ts';
import type { Connection } from '../model/provider.ts';
import { createRandom } from '../sample/random.ts';
import { gapFrom } from './gaps.ts';
import type { ScanJob } from './job.ts';

/** Objects asked for at a time where every one is asked. */
const BATCH = 512;

export interface GrantsOptions {
  readonly job: Pick<ScanJob, 'limits' | 'objects' | 'mask' | 'signal'>;
  readonly connection: Pick<Connection, 'objectProbes'>;
  readonly asset: Asset;
  readonly seed: number;
  /** Takes each object that opens, or may. */
  readonly onOpen: (object: ObjectRef) => void;
  /** Its contents are read whatever the answer: it is asked for, and no skip. */
  readonly isRead?: (object: ObjectRef) => boolean;
}

export interface Granted {
  readonly facts: readonly AccessFact[];
  readonly skips: readonly Skip[];
  readonly gaps: readonly Gap[];
}

export interface Grants {
  add(object: ObjectRef): Promise<void>;
  /** An object that needs no question: it cannot have a grant of its own. */
  pass(): void;
  /** An object that a probe met open by itself, and that is read anyway: its own grant says why. */
  explain(object: ObjectRef): void;
  end(): Promise<Granted>;
}

export function createGrants(options: GrantsOptions): Grants {
  const { job } = options;
  const every = job.objects === 'all';
  const limit = job.limits.objectProbes;
  const random = createRandom(options.seed);
  const waiting: ObjectRef[] = [];
  const unexplained: ObjectRef[] = [];
  const facts: AccessFact[] = [];
  const gaps: Gap[] = [];
  let [seen, asked, read, passed] = [0, 0, 0, 0];

  async function ask(): Promise<void> {
    const batch = waiting.splice(0);
    // One failure ends the asking: what follows is told as not asked.
    if (batch.length === 0 || gaps.length > 0 || job.signal.aborted) return;
    try {
      const open = new Set<string>();
      for await (const fact of options.connection.objectProbes(options.asset, batch)) {
        const { slice, answer } = fact;
        if (answer !== 'no' && fact.action === 'read' && slice?.kind === 'object') {
          open.add(identity(slice.pattern, slice.version));
        }
        if (facts.length < limit) facts.push(fact);
      }
      asked += batch.length;
      for (const object of batch) {
        const opens = open.has(identity(object.key, object.version));
        if (opens || options.isRead?.(object) === true) read += 1;
        if (opens) options.onOpen(object);
      }
    } catch (error) {
      gaps.push(gapFrom(error, options.asset.id, 'object grants', job.mask));
    }
  }

  /** These are read whatever comes of it, so a failure costs only the reason. */
  async function askWhy(): Promise<void> {
    if (unexplained.length === 0 || job.signal.aborted) return;
    try {
      for await (const fact of options.connection.objectProbes(options.asset, unexplained)) {
        facts.push(fact);
      }
    } catch (error) {
      gaps.push(gapFrom(error, options.asset.id, 'object grants', job.mask));
    }
  }

  return {
    pass() {
      passed += 1;
    },
    explain(object) {
      unexplained.push(object);
    },
    async add(object) {
      seen += 1;
      if (every) {
        waiting.push(object);
        if (waiting.length >= BATCH) await ask();
      } else if (waiting.length < limit) waiting.push(object);
      else {
        // Algorithm R: every object stays with the same probability.
        const place = random.below(seen);
        if (place < limit) waiting[place] = object;
      }
    },
    async end() {
      await ask();
      await askWhy();
      return { facts, gaps, skips: skipsOf({ seen, asked, read, passed }) };
    },
  };
}

function identity(key: string, version: string | undefined): string {
  return version === undefined ? key : `${key}\n${version}`;
}

interface Counts {
  readonly seen: number;
  readonly asked: number;
  readonly read: number;
  readonly passed: number;
}

function skipsOf({ seen, asked, read, passed }: Counts): readonly Skip[] {
  const skips: Skip[] = [
    { reason: 'closed: contents are not read', objects: passed },
    {
      reason: 'closed, each asked for without credentials: contents are not read',
      objects: asked - read,
    },
    {
      reason:
        'not asked for one by one (limits.objectProbes): closed by the rules of the whole, or old versions; --objects all asks for every one',
      objects: seen - asked,
    },
  ];
  return skips.filter(({ objects }) => objects > 0);
}
