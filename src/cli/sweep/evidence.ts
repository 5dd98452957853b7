/**
 * The evidence of a sweep: a folder that can be handed over. Requests are written as they are made, so
 * that a killed sweep has its evidence too; the rest, the sums and the signature come at the end.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { OutputError, UsageError } from '../../model/errors.ts';
import type { Entry as LedgerEntry } from '../../model/ledger.ts';
import type { Exchange } from '../../model/proof.ts';
import type { Report } from '../../model/report.ts';
import { type Signer, signed, statementFile } from '../../prove/statement.ts';
import { zip } from '../../report/zip.ts';
import { readme } from './readme.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** What was in the list, and what became of it. */
export interface TargetLine {
  readonly text: string;
  readonly kind: string;
  readonly asked: string;
  readonly outcome: 'asked' | 'not there' | 'outside the authorisation';
  readonly why: string | null;
}

export interface Evidence {
  /** One request without credentials; masked. */
  request(exchange: Exchange): void;
  readonly requests: number;
  /** Of them, those that brought an answer. */
  readonly answered: number;
  /** Everything else, the sums and the signature. Returns the files, the zip last where one is wanted. */
  finish(rest: Rest): readonly string[];
}

export interface Rest {
  readonly report: Report;
  readonly targets: readonly TargetLine[];
  readonly ledger: readonly LedgerEntry[];
  readonly signer: Signer;
  readonly zipFile: string | null;
}

/** The body of the signed statement. */
export interface SweepStatement {
  readonly schema: 'ajar-sweep/1';
  readonly run: Report['run'];
  readonly people: number;
  readonly findings: readonly {
    readonly id: string;
    readonly asset: string;
    readonly severity: string;
    readonly people: Report['findings'][number]['people'];
  }[];
  readonly requests: number;
  /** File → SHA-256, hex. */
  readonly files: Readonly<Record<string, string>>;
}

/** Throws UsageError for a folder that holds something already: evidence is never mixed. */
export function openEvidence(folder: string): Evidence {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  if (there.length > 0) {
    throw new UsageError(
      `--out ${folder}: is not empty, and evidence is never mixed; name a folder that is not there`,
    );
  }
  const handle = guarded(folder, () => {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    return openSync(join(folder, 'requests.ndjson'), 'wx', FILE_MODE);
  });
  let [requests, answered, finished] = [0, 0, false];
  return {
    request(exchange) {
      // A connection that ends late is no part of what was summed and signed.
      if (finished) return;
      guarded(folder, () => writeSync(handle, line(exchange)));
      requests += 1;
      if (exchange.status !== null) answered += 1;
    },
    get requests() {
      return requests;
    },
    get answered() {
      return answered;
    },
    finish(rest) {
      return guarded(folder, () => {
        finished = true;
        closeSync(handle);
        return finish(folder, requests, rest);
      });
    },
  };
}

function guarded<T>(folder: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new OutputError(
      folder,
      code,
      `the evidence could not be written into ${folder} (${code}); name another folder with --out`,
      { cause: error },
    );
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function finish(folder: string, requests: number, rest: Rest): readonly string[] {
  const { report, targets, ledger, signer, zipFile } = rest;
  const write = (name: string, text: string): void =>
    writeFileSync(join(folder, name), text, { mode: FILE_MODE });
  write('samples.ndjson', samples(report).map(line).join(''));
  write('ledger.ndjson', ledger.map(line).join(''));
  write('targets.ndjson', targets.map(line).join(''));
  write('README.md', readme(report, { requests, targets }));
  const files = Object.fromEntries(filesOf(folder).map((name) => [name, sha256(folder, name)]));
  const statement: SweepStatement = {
    schema: 'ajar-sweep/1',
    run: report.run,
    people: report.people,
    findings: report.findings.map(({ id, asset, severity, people }) => ({
      id,
      asset: asset.id,
      severity,
      people: { atLeast: people.atLeast, atMost: people.atMost },
    })),
    requests,
    files,
  };
  write('statement.json', statementFile(signed(statement, signer)).text);
  const sums = filesOf(folder).map((name) => `${sha256(folder, name)}  ${name}\n`);
  write('SHA256SUMS', sums.join(''));
  const written = filesOf(folder);
  if (zipFile !== null) {
    const modifiedAt = new Date();
    const entries = written.map((name) => ({
      name: `${basename(folder)}/${name}`,
      bytes: readFileSync(join(folder, name)),
      modifiedAt,
    }));
    mkdirSync(dirname(zipFile), { recursive: true });
    writeFileSync(zipFile, zip(entries), { mode: FILE_MODE });
  }
  return [...written.map((name) => join(folder, name)), ...(zipFile === null ? [] : [zipFile])];
}

/** Names from the folder, `/` on every system, in the same order on each. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function sha256(folder: string, name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');
}

/** Masked values and places, field by field. */
function samples({ findings }: Report): readonly object[] {
  return findings.flatMap(({ id, asset, samples: all }) =>
    all.map(({ detector, masked, place, ref }) => ({
      finding: id,
      asset: asset.id,
      detector,
      masked,
      place,
      ref,
    })),
  );
}
