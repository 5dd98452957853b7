/** `ajar sweep` without its flags: the list, what is asked of whom, results as they come, the evidence. */
import { join } from 'node:path';
import { loadProviders, providerFor } from '../../../providers/registry.ts';
import type { Authorisation } from '../../model/authorisation.ts';
import { UsageError } from '../../model/errors.ts';
import type { ScanEvent } from '../../model/event.ts';
import type { Entry as LedgerEntry } from '../../model/ledger.ts';
import type { Provider, TargetSpec } from '../../model/provider.ts';
import type { Report } from '../../model/report.ts';
import { isBounded } from '../../net/scope.ts';
import type { Config } from '../config.ts';
import { shownExchange } from '../exchanges.ts';
import { unlessAbsent } from './absent.ts';
import { openEvidence, type TargetLine } from './evidence.ts';
import { type Candidate, type Entry, expand } from './targets.ts';

/** One place to ask, with the line of the list that led to it. */
export interface Place extends Candidate {
  readonly entry: Pick<Entry, 'text' | 'kind'>;
  readonly provider: Provider;
  readonly host: string;
  /** A guess outside the authorisation is not even tried; a place that was named becomes a gap. */
  readonly outside: boolean;
}

export interface ListedText {
  readonly text: string;
  /** For the sentence of an error: `list.txt:7`, `sweep`. */
  readonly where: string;
}

/** Throws UsageError for a line that means nothing. The same place is asked once. */
export async function placesOf(
  texts: readonly ListedText[],
  authorisation: Authorisation,
): Promise<readonly Place[]> {
  const providers = await loadProviders();
  const places = new Map<string, Place>();
  for (const { text, where } of texts) {
    const entry = expand(text, where);
    for (const candidate of entry.candidates) {
      const { spec } = candidate;
      const provider = known(spec, providers, where);
      const host = candidate.host ?? provider.plan(spec, {}).hosts[0] ?? '';
      const before = places.get(spec.uri);
      // Named is more than guessed.
      if (before && (!before.guessed || candidate.guessed)) continue;
      const outside = !isWithin(authorisation, host);
      places.set(spec.uri, { ...candidate, entry, provider, host, outside });
    }
  }
  return [...places.values()];
}

function known(spec: TargetSpec, providers: readonly Provider[], where: string): Provider {
  try {
    const provider = providerFor(spec, providers);
    provider.plan(spec, process.env);
    return provider;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${where}: ${error.message}`, { cause: error });
  }
}

function isWithin({ hosts }: Authorisation, host: string): boolean {
  const port = Number(/:(\d+)$/.exec(host)?.[1] ?? 443);
  return isBounded(hosts, host.replace(/:\d+$/, ''), port);
}

export interface SweepOptions {
  readonly config: Config;
  readonly authorisation: Authorisation;
  readonly places: readonly Place[];
  readonly zipFile: string | null;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ScanEvent) => void;
}

export interface Swept {
  readonly report: Report;
  /** False where no request at all was answered: then nothing is known, not even what is absent. */
  readonly answered: boolean;
  readonly files: readonly string[];
}

/** Throws UsageError or OutputError before anything is sent, when the evidence could not be written anyway. */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { authorisation, places, signal } = options;
  const [{ scan }, { writeReport }, { prepare }] = await Promise.all([
    import('../../scan/scan.ts'),
    import('../../report/write.ts'),
    import('../root.ts'),
  ]);
  const asked = places.filter(({ outside, guessed }) => !(outside && guessed));
  const absent = new Map<string, string>();
  const guesses = new Set(asked.filter(({ guessed }) => guessed).map(({ spec }) => spec.uri));
  const evidence = openEvidence(options.config.out);
  let mask = (_: string): string => '';
  const config = { ...options.config, targets: asked.map(({ spec }) => spec) };
  const prepared = await prepare(config, signal, {
    bound: authorisation.hosts,
    observe: (exchange) => evidence.request(shownExchange(exchange, mask)),
    providerOf: (spec, provider) =>
      guesses.has(spec.uri)
        ? unlessAbsent(provider, {
            // Azure has a name for each account that there is; Amazon's and Google's all resolve.
            byName: spec.uri.startsWith('az:'),
            onAbsent: ({ uri }, why) => absent.set(uri, why),
          })
        : provider,
  });
  const { job, store, keys, titles, close } = prepared;
  mask = job.mask;
  try {
    const run = { ...job.run, authorisation: shown(authorisation, mask) };
    let report: Report | undefined;
    for await (const event of scan({ ...job, run })) {
      if (event.type === 'report') report = event.report;
      options.onEvent(event);
    }
    if (!report) throw new Error('the sweep ended without a report');
    await writeReport(report, join(config.out, 'report'), { setting: { titles } });
    const ledger: LedgerEntry[] = [];
    for await (const entry of store.chains()) ledger.push(entry);
    const targets = places.map((place) => lineOf(place, absent, mask));
    const { zipFile } = options;
    const files = evidence.finish({ report, targets, ledger, signer: keys, zipFile });
    return { report, files, answered: evidence.answered > 0 || evidence.requests === 0 };
  } finally {
    await close();
  }
}

/** What a person wrote may hold what must not be kept. */
function shown(
  { by, reference, until, hosts }: Authorisation,
  mask: (text: string) => string,
): Authorisation {
  return { by: mask(by), reference: mask(reference), until, hosts: hosts.map(mask) };
}

function lineOf(
  { entry, spec, outside }: Place,
  absent: ReadonlyMap<string, string>,
  mask: (text: string) => string,
): TargetLine {
  const why = absent.get(spec.uri) ?? null;
  return {
    text: mask(entry.text),
    kind: entry.kind,
    asked: mask(spec.uri),
    outcome: outside ? 'outside the authorisation' : why === null ? 'asked' : 'not there',
    why: why === null ? null : mask(why),
  };
}
