/** `ajar prove` without its flags: findings, their requests repeated, the statement, the ledger. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { loadProviders } from '../../providers/registry.ts';
import { changeStatus } from '../campaign/lifecycle.ts';
import { OutputError, ScanError, UsageError } from '../model/errors.ts';
import type { NewEntry, ProofSummary } from '../model/ledger.ts';
import type { FindingRecord } from '../model/lifecycle.ts';
import type { Exchange, Statement } from '../model/proof.ts';
import type { Provider, ProviderContext } from '../model/provider.ts';
import type { Replay } from '../model/replay.ts';
import type { Archive, Store } from '../model/store.ts';
import { proxyHosts, raiseWall } from '../net/scope.ts';
import { type Replayed, repeat } from '../prove/replay.ts';
import { signed, statementFile } from '../prove/statement.ts';
import { type Keys, loadKeys } from '../store/key.ts';
import { recordsOf } from './archive.ts';
import type { Config } from './config.ts';
import { shownExchange } from './exchanges.ts';
import { openMask } from './masking.ts';
import { trust, version } from './root.ts';

/** Findings at a time. */
const AT_ONCE = 4;

export interface Proved {
  readonly record: FindingRecord;
  readonly statement: Statement;
  /** What its status became; null where it stays. */
  readonly became: 'fixed' | 'reopened' | null;
  readonly file: string;
}

export interface ProveOptions {
  readonly config: Config;
  /** Null: all. */
  readonly ids: readonly string[] | null;
  readonly by: string;
  readonly signal: AbortSignal;
}

interface Proving {
  readonly options: ProveOptions;
  readonly store: Store & Archive;
  readonly keys: Keys;
  readonly providers: readonly Provider[];
  readonly mask: (text: string) => string;
  readonly allow: ProviderContext['allow'];
}

interface Asked {
  readonly record: FindingRecord;
  readonly replay: Replay | null;
}

/** One result a finding, as it is known. Throws UsageError for an id that the store does not have. */
export async function* prove(options: ProveOptions): AsyncGenerator<Proved> {
  const { config } = options;
  const [{ openStore }, { isPostgres, storeHosts }] = await Promise.all([
    import('../store/open.ts'),
    import('../store/address.ts'),
  ]);
  if (!isPostgres(config.store) && !existsSync(config.store)) {
    throw new UsageError(
      `--store ${config.store}: there is no store; give the one of the scan that found it`,
    );
  }
  await trust(config.ca);
  const keys = loadKeys(config.key);
  const store = await openStore(config.store);
  try {
    const providers = await loadProviders();
    const asked = await findingsOf(store, keys, options.ids);
    const planned = asked.flatMap(({ replay }) => (replay ? hostsOf(replay, providers) : []));
    const own = [...proxyHosts(process.env), ...(await storeHosts(config.store))];
    const wall = raiseWall([...planned, ...config.hosts, ...own]);
    try {
      const mask = await openMask(config, keys.hash);
      const proving = { options, store, keys, providers, mask, allow: wall.allow };
      const limit = pLimit(AT_ONCE);
      const all = asked.map((one) => limit(() => proveOne(proving, one)));
      // A failure is thrown where it is awaited below, in its turn.
      for (const one of all) one.catch(() => {});
      for (const one of all) yield await one;
    } finally {
      wall.remove();
    }
  } finally {
    await store.close();
  }
}

async function findingsOf(
  store: Archive,
  keys: Keys,
  ids: readonly string[] | null,
): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for await (const record of ids === null ? store.records() : await recordsOf(store, ids)) {
    const sealed = await store.replay(record.finding.id);
    const replay = sealed && (JSON.parse(keys.unseal(sealed)) as Replay);
    asked.push({ record, replay });
  }
  return asked;
}

function providerOf({ provider }: Replay, providers: readonly Provider[]): Provider {
  const found = providers.find(({ id }) => id === provider);
  if (found) return found;
  throw new UsageError(
    `the finding is of the provider "${provider}", which this ajar does not have`,
  );
}

/** None where it cannot be asked: one such finding must not end the proof of the others. */
function hostsOf(replay: Replay, providers: readonly Provider[]): readonly string[] {
  try {
    return providerOf(replay, providers).plan(replay.target, process.env).hosts;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [];
  }
}

async function proveOne(proving: Proving, { record, replay }: Asked): Promise<Proved> {
  const startedAt = new Date().toISOString();
  const exchanges: Exchange[] = [];
  const replayed = replay ? await repeated(proving, replay, exchanges) : NOTHING_KEPT;
  const { mask, options, keys } = proving;
  const { finding } = record;
  const statement: Statement = {
    schema: 'ajar-proof/1',
    finding: finding.id,
    asset: finding.asset.id,
    slice: finding.slice,
    result: replayed.result,
    because: mask(replayed.because),
    subjects: replayed.subjects.map(({ ref, version: of, action, result }) => ({
      ref,
      version: of === null ? null : mask(of),
      action,
      result,
    })),
    exchanges: exchanges
      .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
      .map((one) => shownExchange(one, mask)),
    startedAt,
    finishedAt: new Date().toISOString(),
    version: version(),
  };
  const { text, sha256 } = statementFile(signed(statement, keys));
  const file = writeStatement(options.config.out, statement, text);
  const became = await keep(proving, record, statement, sha256);
  return { record, statement, became, file };
}

const NOTHING_KEPT: Replayed = {
  result: 'unknown',
  because:
    'no requests were kept with this finding (an older ajar found it); scan again, then prove it',
  subjects: [],
};

async function repeated(
  { providers, store, keys, options, allow }: Proving,
  replay: Replay,
  exchanges: Exchange[],
): Promise<Replayed> {
  const context: ProviderContext = {
    limits: options.config.limits,
    signal: options.signal,
    env: process.env,
    allow,
    observe: (exchange) => exchanges.push(exchange),
  };
  const keyOf = async (ref: string): Promise<string | null> => {
    const sealed = await store.locator(ref);
    return sealed && keys.unseal(sealed);
  };
  try {
    const connection = await providerOf(replay, providers).connect(replay.target, context);
    try {
      return await repeat({ replay, connection, keyOf, exchanges });
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof UsageError) {
      return { result: 'unknown', because: error.message, subjects: [] };
    }
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    return { result: 'unknown', because: error.detail, subjects: [] };
  }
}

/** Proof and status in one transaction; where somebody else was faster, once more from where it stands now. */
async function keep(
  { store, options: { by } }: Proving,
  record: FindingRecord,
  statement: Statement,
  sha256: string,
): Promise<Proved['became']> {
  const subject = record.finding.id;
  const body: ProofSummary = {
    result: statement.result,
    requests: statement.exchanges.length,
    answered: statement.exchanges.filter(({ status }) => status !== null && status < 300).length,
    statement: sha256,
  };
  const proof: NewEntry = { kind: 'finding.proof', subject, by, body, once: null };
  for (let attempt = 1, current = record; ; attempt += 1) {
    const became = nextStatus(current, statement);
    const change =
      became && changeStatus(current, became, { by, as: 'proof', reason: statement.because });
    try {
      await store.append(change ? [proof, change] : [proof]);
      return became;
    } catch (error) {
      if (!(error instanceof UsageError) || attempt === 2) throw error;
      for await (const fresh of store.records({ ids: [subject] })) current = fresh;
    }
  }
}

function nextStatus({ status }: FindingRecord, { result }: Statement): Proved['became'] {
  if (result === 'closed' && status !== 'fixed') return 'fixed';
  return result === 'open' && status === 'fixed' ? 'reopened' : null;
}

/** For whoever ran it, and nobody else on the machine. Throws OutputError. */
function writeStatement(out: string, { finding, finishedAt }: Statement, text: string): string {
  const folder = join(out, 'proofs');
  const file = join(folder, `${finding}-${finishedAt.replaceAll(/[:-]/g, '')}.json`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.part`, text, { mode: 0o600 });
    renameSync(`${file}.part`, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new OutputError(
      file,
      code,
      `${file} could not be written (${code}); name another folder with --out. Nothing was noted of this proof.`,
      { cause: error },
    );
  }
  return file;
}
