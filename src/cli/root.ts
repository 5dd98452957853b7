/** The composition root: where registries are loaded, the environment is read and parts meet. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { loadProviders, providerFor } from '../../providers/registry.ts';
import { type Customs, NO_CUSTOMS } from '../model/custom.ts';
import type { Kernel } from '../model/detector.ts';
import { UsageError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { Provider, ProviderContext, TargetPlan, TargetSpec } from '../model/provider.ts';
import type { Archive, Store } from '../model/store.ts';
import { type HostPattern, proxyHosts, raiseWall, type Wall } from '../net/scope.ts';
import type { Locators, Replays, ScanJob } from '../scan/job.ts';
import { createPool, type DetectionPool } from '../scan/pool.ts';
import { type Keys, loadKeys } from '../store/key.ts';
import type { Config } from './config.ts';
import { entriesAfter, type RunStart, startRun } from './resume.ts';

/** The sources run as .ts, the package as .js. */
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const REGISTRY = new URL(`../../detectors/registry.${EXTENSION}`, import.meta.url).href;

const THREADS_AT_MOST = 8;
const ASSETS_AT_ONCE = 8;
/** In flight while the threads work: enough to hide a round trip, few enough to bound memory. */
const OBJECTS_PER_THREAD = 4;

export function version(): string {
  const up = EXTENSION === 'ts' ? '../../package.json' : '../../../package.json';
  const text = readFileSync(new URL(up, import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}

export interface Detecting {
  readonly kernel: Kernel;
  /** Detector id → what it is called. */
  readonly titles: Readonly<Record<string, string>>;
  readonly pool: DetectionPool;
  readonly threads: number;
  readonly keyId: string;
}

/** The kernel (for masking in this thread) and the threads that detect. */
export async function startDetecting(
  hashKey: Uint8Array,
  limits: Limits,
  customs: Customs = NO_CUSTOMS,
): Promise<Detecting> {
  const [{ createHasher, createKernel }, { loadDetectors }] = await Promise.all([
    import('../detect/index.ts'),
    import('../../detectors/registry.ts'),
  ]);
  const hasher = createHasher(hashKey);
  // This thread does the reading; the others detect. On two cores one of each is best.
  const threads = Math.max(1, Math.min(THREADS_AT_MOST, availableParallelism() - 1));
  const detectors = await loadDetectors(customs.detectors);
  return {
    kernel: createKernel(detectors, hasher),
    titles: Object.fromEntries(detectors.map(({ id, title }) => [id, title])),
    pool: createPool({ registry: REGISTRY, hashKey, limits, threads, customs }),
    threads,
    keyId: hasher.keyId,
  };
}

export interface PlannedTarget {
  readonly uri: string;
  readonly provider: string;
  readonly plan: TargetPlan;
}

/** What would be asked of whom; sends nothing. Throws UsageError for a target that nothing here scans. */
export async function planTargets(config: Config): Promise<readonly PlannedTarget[]> {
  const providers = await loadProviders();
  return config.targets.map((spec) => {
    const provider = providerFor(spec, providers);
    return { uri: spec.uri, provider: provider.id, plan: provider.plan(spec, process.env) };
  });
}

/** Private certificate authorities, for every TLS connection of every library in this process. */
export async function trust(files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  const { getCACertificates, setDefaultCACertificates } = await import('node:tls');
  const extra = files.map((file) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new UsageError(`ca ${file}: cannot be read; give the PEM file of the authority`, {
        cause: error,
      });
    }
  });
  setDefaultCACertificates([...getCACertificates('default'), ...extra]);
}

function locators(keys: Keys, hash: (text: string) => bigint, store: Store): Locators {
  const known = new Map<string, Promise<void>>();
  return {
    async ref(asset, key) {
      const ref = `K-${hash(`${asset}\n${key}`).toString(16).padStart(16, '0')}`;
      if (!known.has(ref)) known.set(ref, store.saveLocator(ref, keys.seal(key)));
      await known.get(ref);
      return ref;
    },
  };
}

function replays(keys: Keys, store: Archive): Replays {
  return {
    save: (finding, replay) => store.saveReplay(finding, keys.seal(JSON.stringify(replay))),
  };
}

export interface PrepareOptions {
  /** Go on with the newest killed run of these targets. */
  readonly resume?: boolean;
  /** Told of each request without credentials; not masked. */
  readonly observe?: ProviderContext['observe'];
  /** Hosts outside these are refused whatever the targets name. */
  readonly bound?: readonly HostPattern[];
  /** The provider of a target, when it is not simply the one of its scheme. */
  readonly providerOf?: (spec: TargetSpec, provider: Provider) => Provider;
}

export interface Prepared {
  readonly job: ScanJob;
  readonly store: Store & Archive;
  readonly keys: Keys;
  readonly wall: Wall;
  readonly titles: Detecting['titles'];
  /** What the person must know of earlier runs. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/**
 * Everything a scan needs, from the configuration. Throws UsageError before anything is sent, and then
 * leaves nothing open: a schedule tries again with the next run.
 */
export async function prepare(
  config: Config,
  signal: AbortSignal,
  options: PrepareOptions = {},
): Promise<Prepared> {
  const [{ openStore }, { storeHosts }, providers] = await Promise.all([
    import('../store/open.ts'),
    import('../store/address.ts'),
    loadProviders(),
  ]);
  const targets = config.targets.map((spec) => {
    const provider = providerFor(spec, providers);
    return { spec, provider: options.providerOf?.(spec, provider) ?? provider };
  });
  await trust(config.ca);
  const hosts = targets.flatMap(({ spec, provider }) => provider.plan(spec, process.env).hosts);
  // What the machine itself needs (its proxy, its store) is no part of what may be looked at.
  const own = [...proxyHosts(process.env), ...(await storeHosts(config.store))];
  const keys = loadKeys(config.key);
  const wall = raiseWall(
    [...hosts, ...config.hosts, ...own],
    options.bound && [...options.bound, ...own],
  );
  const open: (() => void | Promise<void>)[] = [() => wall.remove()];
  const close = async (): Promise<void> => {
    for (const end of open.splice(0).reverse()) await end();
  };
  try {
    const store = await openStore(config.store);
    open.push(() => store.close());
    const detecting = await startDetecting(keys.hash, config.limits, config.customs);
    open.push(() => detecting.pool.close());
    const { kernel, titles, keyId } = detecting;
    const mask = (text: string): string => kernel.mask(text);
    const resume = options.resume === true;
    const about = { store, config, mask, keyId, version: version(), resume };
    const { notices, ...start } = await startRun(about);
    const parts = { config, targets, detecting, keys, store, wall, mask, signal };
    const job = await jobOf({ ...parts, start, observe: options.observe });
    return { job, store, keys, wall, titles, notices, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface JobParts extends Pick<Prepared, 'store' | 'keys' | 'wall'> {
  readonly config: Config;
  readonly targets: ScanJob['targets'];
  readonly detecting: Detecting;
  readonly mask: (text: string) => string;
  readonly start: Omit<RunStart, 'notices'>;
  readonly observe: ProviderContext['observe'] | undefined;
  readonly signal: AbortSignal;
}

async function jobOf(parts: JobParts): Promise<ScanJob> {
  const { config, targets, detecting, keys, store, wall, mask, start, observe, signal } = parts;
  const { createHasher, sketch } = await import('../detect/index.ts');
  const { pool, threads, keyId } = detecting;
  return {
    ...start,
    entries: entriesAfter,
    targets,
    limits: config.limits,
    budgetBytes: config.budgetBytes,
    objects: config.objects,
    owners: config.owners,
    store,
    pool,
    locators: locators(keys, createHasher(keys.hash).hash, store),
    replays: replays(keys, store),
    ...(observe && { observe }),
    mask,
    sketch: (subject, persons) => ({ subject, keyId, registers: sketch(persons) }),
    allow: wall.allow,
    env: process.env,
    deadlineDays: config.deadlineDays,
    assetsAtOnce: ASSETS_AT_ONCE,
    objectsAtOnce: threads * OBJECTS_PER_THREAD,
    signal,
    now: () => new Date(),
  };
}
