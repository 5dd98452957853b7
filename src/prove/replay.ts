/**
 * Repeats the unsigned requests of one finding: the list, each object by name and version, and the
 * same keys at every other door.
 *
 * The provider's own probes are asked, then one byte of each object that they did not find open: a
 * server may refuse HEAD and still serve GET.
 */
import type { AccessFact } from '../model/access.ts';
import type { Asset, ObjectRef } from '../model/asset.ts';
import { addressOf } from '../model/domain.ts';
import { ScanError } from '../model/errors.ts';
import type { Exchange } from '../model/proof.ts';
import type { Connection } from '../model/provider.ts';
import type { ExposedObject, Replay } from '../model/replay.ts';
import { conclude, type Judged, judge, probesOf, type Subject, worse } from './judge.ts';

export interface ReplayInput {
  readonly replay: Replay;
  /** Connected to `replay.target`, without credentials. */
  readonly connection: Connection;
  /** Locator reference → key; null where the store has none. */
  readonly keyOf: (ref: string) => Promise<string | null>;
  /** What the connection's requests were answered, growing as they are made. */
  readonly exchanges: readonly Exchange[];
}

export interface Replayed extends Pick<Judged, 'result' | 'because'> {
  readonly subjects: readonly Subject[];
}

/** Throws ScanError `interrupted`; every other failure is a subject that is unknown. */
export async function repeat(input: ReplayInput): Promise<Replayed> {
  const { replay } = input;
  const whole = await askWhole(input);
  const objects: { readonly object: ExposedObject; readonly key: string | null }[] = [];
  for (const object of replay.objects) {
    objects.push({ object, key: await input.keyOf(object.ref) });
  }
  const doors = await askDoors(
    input,
    objects.flatMap(({ key }) => key ?? []),
  );
  const subjects: Subject[] = [];
  for (const { object, key } of objects) {
    const { ref, version, unsigned } = object;
    const judged = key === null ? NO_KEY : await askObject(input, object, key, doors);
    subjects.push({ ref, version, action: 'read', wasOpen: unsigned, ...judged });
  }
  const all = [...whole.map((one) => againstDoors(one, doors)), ...subjects];
  return { ...conclude(all), subjects: all };
}

const NO_KEY: Judged = {
  result: 'unknown',
  because: 'the store has no key for this reference; use the store of the scan that found it',
  gone: false,
};

/** The list, and what speaks for all contents at once. */
async function askWhole({ replay, connection }: ReplayInput): Promise<readonly Subject[]> {
  const { asset, listed } = replay;
  const subject = (action: 'list' | 'read', judged: Judged | null, wasOpen: boolean): Subject[] =>
    judged ? [{ ref: '*', version: null, action, wasOpen, ...judged }] : [];
  try {
    const facts = probesOf((await connection.probes(asset)).facts).filter((fact) =>
      counts(fact, replay),
    );
    const of = (action: 'list' | 'read'): readonly AccessFact[] =>
      facts.filter((fact) => fact.action === action && fact.slice === null);
    return [
      ...subject('list', judge(of('list')), listed),
      // A file of a web server has no list and no key: it is its own content.
      ...subject(
        'read',
        judge(of('read')),
        replay.objects.some(({ unsigned }) => unsigned),
      ),
    ];
  } catch (error) {
    return subject('list', failed(error), listed);
  }
}

/** Addresses that nobody named and that never answered say nothing when they do not answer now. */
function counts({ answer, because }: AccessFact, { asset, target }: Replay): boolean {
  const { url } = because.params;
  if (answer === 'yes' || because.code !== 'probe.failed') return true;
  if (url === undefined || !URL.canParse(url)) return true;
  const named = (target.domains ?? []).map(addressOf);
  const hosts = [asset.url, target.endpoint ?? '', ...named].map(hostOf);
  return hosts.includes(new URL(url).host);
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}

async function askDoors(
  { replay, connection }: ReplayInput,
  keys: readonly string[],
): Promise<readonly AccessFact[]> {
  const facts = (await connection.doors?.(replay.asset, keys)) ?? [];
  return probesOf(facts).filter((fact) => counts(fact, replay));
}

function againstDoors(subject: Subject, doors: readonly AccessFact[]): Subject {
  const there = doors.filter(({ action, slice }) => action === subject.action && slice === null);
  return { ...subject, ...worse(subject, judge(there)) };
}

async function askObject(
  input: ReplayInput,
  { version, sizeBytes }: ExposedObject,
  key: string,
  doors: readonly AccessFact[],
): Promise<Judged> {
  const { replay, connection, exchanges } = input;
  const { asset } = replay;
  const object: ObjectRef = { key, sizeBytes, ...(version !== null && { version }) };
  const there = doors.filter(({ slice }) => slice?.kind === 'object' && slice.pattern === key);
  const through = judge(there);
  try {
    const facts: AccessFact[] = [];
    for await (const fact of connection.objectProbes(asset, [object])) facts.push(fact);
    const probed = judge(probesOf(facts).filter(({ action }) => action === 'read'));
    if (probed !== null && probed.result !== 'closed') return worse(probed, through);
    return worse(await readByte(connection, asset, object, exchanges), through);
  } catch (error) {
    return worse(failed(error), through);
  }
}

/** Answers by which a server says no to this request, whoever asks and however often. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 410]);

async function readByte(
  connection: Connection,
  asset: Asset,
  object: ObjectRef,
  exchanges: readonly Exchange[],
): Promise<Judged> {
  const range = object.sizeBytes > 0 ? { start: 0, end: 1 } : null;
  const before = exchanges.length;
  try {
    for await (const _ of connection.read(asset, object, range, 'anonymous')) break;
    return { result: 'open', because: 'an unsigned request got the object', gone: false };
  } catch (error) {
    const status = exchanges.slice(before).findLast((one) => one.status !== null)?.status ?? 0;
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    // The end of an object that has become shorter is told only to who may read it.
    if (status === 416) {
      return {
        result: 'open',
        because: 'an unsigned request was answered (HTTP 416)',
        gone: false,
      };
    }
    // Closed is what somebody refused, never what nobody was asked.
    if (!REFUSALS.has(status)) return failed(error);
    const gone = status === 404 || status === 410;
    const because = gone ? `it is not there any more (HTTP ${status})` : `HTTP ${status}`;
    return { result: 'closed', because, gone };
  }
}

/** Rethrows what is no operating error, and an interruption. */
function failed(error: unknown): Judged {
  if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
  return { result: 'unknown', because: error.detail, gone: false };
}
