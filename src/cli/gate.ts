/** `ajar gate` without its flags: what is to be looked at, and what comes of it. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { becauseText } from '../model/because.ts';
import { UsageError } from '../model/errors.ts';
import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { TargetSpec } from '../model/provider.ts';
import type { Report } from '../model/report.ts';

/** A door that a plan opens. */
export interface PlannedDoor {
  readonly address: string;
  readonly uri: string | null;
  readonly created: boolean;
  readonly read: string;
  readonly list: string;
  readonly because: readonly string[];
}

export interface GateInput {
  readonly targets: readonly TargetSpec[];
  readonly doors: readonly PlannedDoor[];
  /** Takes away what was written for the run: lists of keys, readable by this user only. */
  cleanUp(): void;
}

export interface GateSources {
  readonly targets: readonly TargetSpec[];
  readonly copyList?: string | undefined;
  readonly terraform?: string | undefined;
}

/** Everything that is about to be opened. Throws UsageError. */
export async function gateInput(sources: GateSources): Promise<GateInput> {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-gate-'));
  const cleanUp = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const doors = sources.terraform === undefined ? [] : await doorsOf(sources.terraform);
    const copied =
      sources.copyList === undefined
        ? []
        : targetsOf(
            sources.copyList,
            copySources(sources.copyList, readFile(sources.copyList)),
            folder,
          );
    const named = new Set([...sources.targets, ...copied].map(({ uri }) => uri));
    const planned = doors.flatMap(({ uri, created }) =>
      uri === null || created || named.has(uri) ? [] : [{ uri }],
    );
    return { targets: [...sources.targets, ...copied, ...planned], doors, cleanUp };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`gate ${file}: ${why}`, { cause: error });
  }
}

async function doorsOf(file: string): Promise<readonly PlannedDoor[]> {
  const [{ isPlan }, { openedBy }] = await Promise.all([
    import('../exposure/terraform.ts'),
    import('../exposure/terraform/opened.ts'),
  ]);
  let value: unknown;
  try {
    value = JSON.parse(readFile(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // The parser's own message quotes the file.
    throw new UsageError(
      `--terraform ${file}: no JSON; give what "terraform show -json PLAN" prints`,
    );
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new UsageError(
      `--terraform ${file}: no plan; give what "terraform show -json PLAN" prints`,
    );
  }
  const json = value as Parameters<typeof isPlan>[0];
  if (!isPlan(json)) {
    throw new UsageError(
      `--terraform ${file}: no plan; give what "terraform show -json PLAN" prints`,
    );
  }
  return openedBy(json, new Date()).map(({ address, uri, created, judgement }) => ({
    address,
    uri,
    created,
    read: judgement.anonymousRead,
    list: judgement.anonymousList,
    because: judgement.because.map(becauseText),
  }));
}

const HEADER = /^(?:source|src|from|path)(?:[,;\t ]+(?:destination|dest|dst|target|to))?$/i;

export interface CopySource {
  readonly source: string;
  /** 1, 2, 3 … of the list. */
  readonly line: number;
}

/**
 * The sources of a copy list: `source`, `source,destination`, `source<TAB>destination` or
 * `source -> destination` a line; blank lines and those that begin with # are left out. A source is
 * a path or s3://bucket/key, gs://…, az://account/container/key. Throws UsageError.
 */
export function copySources(file: string, text: string): readonly CopySource[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const sources = lines.flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    return [{ source: sourceIn(line), line: index + 1 }];
  });
  const named = HEADER.test(sources[0]?.source ?? '') ? sources.slice(1) : sources;
  if (named.length === 0) throw new UsageError(`--copy-list ${file}: it names no source`);
  return named;
}

function sourceIn(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line);
  if (quoted) return (quoted[1] ?? '').replaceAll('""', '"');
  return (line.split(/\t|\s+->\s+|,(?=\s*(?:[a-z0-9]+:\/\/|[./\\"]))/i)[0] ?? '').trim();
}

interface Place {
  /** A folder, or `s3://bucket`. */
  readonly root: string;
  readonly key: string;
}

/** One target a folder or bucket, with the keys of the list in a file that only this user reads. */
function targetsOf(
  file: string,
  sources: readonly CopySource[],
  folder: string,
): readonly TargetSpec[] {
  const kinds = sources.map(({ source, line }) => ({ source, line, kind: kindOf(source) }));
  const gone = kinds.filter(({ kind }) => kind === 'gone');
  if (gone.length > 0) {
    // A path may hold a person's name; the line does not.
    const lines = gone.slice(0, 5).map(({ line }) => line);
    throw new UsageError(
      `--copy-list ${file}: ${gone.length} of its sources are not there (line ${lines.join(', ')}${gone.length > 5 ? ', …' : ''})`,
    );
  }
  const folders = kinds.filter(({ kind }) => kind === 'folder').map(({ source }) => source);
  const places = kinds.filter(({ kind }) => kind !== 'folder').map(({ source }) => placeOf(source));
  const local = places.filter(({ root }) => !root.includes('://'));
  const shared = commonFolder(local.map(({ root }) => root));
  const groups = new Map<string, string[]>();
  for (const { root, key } of places) {
    const isLocal = !root.includes('://');
    const at = isLocal ? shared : root;
    const inside = isLocal ? relative(shared, join(root, key)).split(sep).join('/') : key;
    groups.set(at, [...(groups.get(at) ?? []), inside]);
  }
  const lists = [...groups].map(([uri, keys], index) => {
    const list = join(folder, `keys-${index}.txt`);
    const wrong = keys.find((key) => /[\r\n]/.test(key));
    if (wrong !== undefined) throw new UsageError('--copy-list: a key with a line break in it');
    writeFileSync(list, `${keys.join('\n')}\n`, { mode: 0o600 });
    return { uri, keys: list };
  });
  return [...new Set(folders)].map((uri): TargetSpec => ({ uri })).concat(lists);
}

function kindOf(source: string): 'cloud' | 'folder' | 'file' | 'gone' {
  if (source.includes('://')) return 'cloud';
  const info = statSync(source, { throwIfNoEntry: false });
  if (info === undefined) return 'gone';
  return info.isDirectory() ? 'folder' : 'file';
}

function placeOf(source: string): Place {
  const cloud = /^(s3|gs):\/\/([^/]+)\/(.+)$/.exec(source);
  if (cloud) return { root: `${cloud[1]}://${cloud[2]}`, key: cloud[3] ?? '' };
  const blob = /^az:\/\/([^/]+\/[^/]+)\/(.+)$/.exec(source);
  if (blob) return { root: `az://${blob[1]}`, key: blob[2] ?? '' };
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(source)) {
    throw new UsageError(
      `--copy-list: "${source.slice(0, source.indexOf('://') + 3)}…" is no source that a list can name; allowed are paths, s3://bucket/key, gs://bucket/key, az://account/container/key`,
    );
  }
  const path = resolve(source);
  return { root: dirname(path), key: path.slice(dirname(path).length).replace(/^[\\/]/, '') };
}

function commonFolder(folders: readonly string[]): string {
  const [first = sep, ...rest] = folders.map((folder) => folder.split(sep));
  let length = Array.isArray(first) ? first.length : 0;
  const parts = Array.isArray(first) ? first : [];
  for (const other of rest) {
    let same = 0;
    while (same < length && other[same] === parts[same]) same += 1;
    length = same;
  }
  return parts.slice(0, length).join(sep) || sep;
}

export interface GateResult {
  /** Findings at or above the bar. */
  readonly failing: readonly string[];
  readonly below: readonly string[];
  /** Sources of a copy list that are not there, or that the credentials may not see. */
  readonly missing: number;
}

const NOT_THERE = 'named in the file of keys';

/** Findings by the bar that the gate was set to. */
export function judgeGate(report: Report, failOn: Severity): GateResult {
  // The worst comes first.
  const bar = SEVERITIES.indexOf(failOn);
  const failing = report.findings.filter(({ severity }) => SEVERITIES.indexOf(severity) <= bar);
  const below = report.findings.filter(({ severity }) => SEVERITIES.indexOf(severity) > bar);
  const missing = report.coverage.assets
    .flatMap(({ skips }) => skips)
    .filter(({ reason }) => reason.startsWith(NOT_THERE))
    .reduce((sum, { objects }) => sum + objects, 0);
  return { failing: failing.map(({ id }) => id), below: below.map(({ id }) => id), missing };
}
