/** For commands that look back: the store of earlier scans, its findings by id, and who is asking. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import type { Argv } from 'yargs';
import { UsageError } from '../model/errors.ts';
import type { FindingRecord } from '../model/lifecycle.ts';
import type { Archive, Store } from '../model/store.ts';
import type { Config, Overrides } from './config.ts';

export interface ArchiveFlags {
  readonly store: string | undefined;
  readonly config: string | undefined;
}

export function archiveOptions<T>(yargs: Argv<T>): Argv<T & ArchiveFlags> {
  return yargs
    .option('store', {
      type: 'string',
      describe: 'The store of the scans (default .ajar/store.db)',
    })
    .option('config', { type: 'string', describe: 'Configuration file (default ajar.yaml)' });
}

export interface PersonFlags {
  readonly by: string | undefined;
}

export function personOptions<T>(yargs: Argv<T>): Argv<T & PersonFlags> {
  return yargs.option('by', {
    type: 'string',
    describe: 'Who says so (default: the name of this user)',
  });
}

const NAME_CHARACTERS = 200;

/** A name on one line, as given; the system's name for this user without. Throws UsageError. */
export function personOf({ by }: PersonFlags): string {
  const name = (by ?? userInfo().username).trim();
  if (name === '') throw new UsageError('--by: is empty; say who says so, by name or address');
  if (name.length > NAME_CHARACTERS || /[\u0000-\u001f\u007f-\u009f]/.test(name)) {
    throw new UsageError(`--by: a name on one line, of at most ${NAME_CHARACTERS} characters`);
  }
  return name;
}

const WORDS_CHARACTERS = 2_000;

/** What a person wrote, as it may be kept: every identifier in it masked; null where nothing was written. */
export async function maskedWords(
  option: string,
  words: string | undefined,
  config: Config,
): Promise<string | null> {
  if (words === undefined || words.trim() === '') return null;
  if (words.length > WORDS_CHARACTERS) {
    throw new UsageError(`${option}: at most ${WORDS_CHARACTERS} characters are kept`);
  }
  const { openMask } = await import('./masking.ts');
  const mask = await openMask(config, randomBytes(16));
  return mask(words.trim());
}

export interface OpenArchive {
  readonly archive: Archive & Pick<Store, 'close'>;
  readonly config: Config;
}

/** Runs `body` with the store, and closes it. Throws UsageError where there is none: looking back makes no store. */
export async function withArchive<T>(
  flags: ArchiveFlags,
  body: (open: OpenArchive) => Promise<T>,
  overrides: Pick<Overrides, 'language' | 'out'> = {},
): Promise<T> {
  const [{ loadConfig }, { openStore }] = await Promise.all([
    import('./config.ts'),
    import('../store/open.ts'),
  ]);
  const config = loadConfig({ ...overrides, store: flags.store, config: flags.config });
  const archive = await openStore(config.store, { existing: true });
  try {
    return await body({ archive, config });
  } finally {
    await archive.close();
  }
}

/** Piece by piece, waiting where the reader is slower: a pipe holds little, and memory is no pipe. */
export async function printAll(pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}

const SUGGESTIONS = 3;
const ID = /^F-[0-9a-f]{12}$/;
/** The beginning of an id is enough, from here on. */
const PREFIX_CHARACTERS = 6;

/** The records of these ids, in their order. Throws UsageError, with the nearest ids, for one that is none. */
export async function recordsOf(
  archive: Archive,
  ids: readonly string[],
): Promise<readonly FindingRecord[]> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, FindingRecord>();
  for await (const record of archive.records({ ids: wanted })) found.set(record.finding.id, record);
  const missing = wanted.filter((id) => !found.has(id));
  if (missing.length > 0) {
    const known: string[] = [];
    for await (const { finding } of archive.records()) known.push(finding.id);
    for (const id of missing) {
      const [only, ...others] = known.filter((each) => begins(each, id));
      if (only === undefined || others.length > 0) throw noSuch(id, known);
      for await (const record of archive.records({ ids: [only] })) found.set(id, record);
    }
  }
  const records = wanted.flatMap((id) => found.get(id) ?? []);
  // The same one may have been named whole and by its beginning.
  return [...new Map(records.map((record) => [record.finding.id, record])).values()];
}

function begins(known: string, id: string): boolean {
  return id.length >= PREFIX_CHARACTERS && !ID.test(id) && known.startsWith(id);
}

function noSuch(id: string, known: readonly string[]): UsageError {
  if (known.length === 0) return new UsageError(`${id}: the store has no findings yet`);
  const near = nearest(id, known);
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : 'see "ajar findings list"';
  return new UsageError(`${id}: no such finding; ${hint}`);
}

/** The known ids that differ least; none where all differ in more than a third. */
export function nearest(id: string, known: readonly string[]): readonly string[] {
  const near = known
    .map((each) => ({ each, distance: distanceOf(id, each) }))
    .filter(({ each, distance }) => distance <= Math.max(2, each.length / 3))
    .toSorted((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1));
  const best = near[0]?.distance ?? 0;
  return near
    .filter(({ distance }) => distance <= best + 1)
    .slice(0, SUGGESTIONS)
    .map(({ each }) => each);
}

/** Levenshtein's. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
