/** `ajar ledger verify, list, regulators`: the ledger as it stands. */
import { readFileSync } from 'node:fs';
import { clocksPage, spanText } from '../campaign/clockspage.ts';
import { RULES } from '../campaign/regulators/index.ts';
import { UsageError } from '../model/errors.ts';
import type { ChainHead, Entry } from '../model/ledger.ts';
import { oneLine } from '../model/plain.ts';
import type { Archive } from '../model/store.ts';
import { counted } from '../report/numbers.ts';
import { wrap } from '../report/text.ts';
import { type ChainCheck, verifyChains } from '../store/chain.ts';
import { entryText, instantText } from './entrywords.ts';
import { type PlainColumn, plainTable, shortened } from './plaintable.ts';

const HEAD = /^(?<chain>[\w-]+):(?<seq>[1-9]\d{0,14}):(?<hash>[0-9a-f]{64})$/;
const HASH = /^[0-9a-f]{64}$/;

/** Entries as `ajar ledger list --format ndjson` wrote them, in the order of their chains. */
export function entriesIn(file: string): readonly Entry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--file ${file}: cannot be read (${code})`, { cause: error });
  }
  const entries = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const entry = JSON.parse(line) as Partial<Entry>;
      if (typeof entry.hash === 'string' && typeof entry.seq === 'number') return [entry as Entry];
    } catch {
      // Told below, with the line: both are the same to whoever made the file.
    }
    throw new UsageError(`--file ${file}:${index + 1}: no ledger entry`);
  });
  return entries.toSorted((a, b) =>
    a.chain === b.chain ? a.seq - b.seq : a.chain < b.chain ? -1 : 1,
  );
}

export interface Verified {
  readonly check: ChainCheck;
  /** In sentences; the first says whether it holds. */
  readonly lines: readonly string[];
  readonly holds: boolean;
}

/** `known`: heads as this prints them, or bare hashes of last entries. Throws UsageError for what is neither. */
export async function verified(
  entries: () => AsyncIterable<Entry> | Iterable<Entry>,
  known: readonly string[],
): Promise<Verified> {
  const heads: ChainHead[] = [];
  const hashes = new Set<string>();
  for (const each of known) {
    const { chain, seq, hash } = HEAD.exec(each.trim())?.groups ?? {};
    if (chain && seq && hash) heads.push({ chain, seq: Number(seq), hash });
    else if (HASH.test(each.trim())) hashes.add(each.trim());
    else {
      throw new UsageError(
        `--head ${each}: a head as "ajar ledger verify" prints it (CHAIN:NUMBER:HASH), or its hash alone`,
      );
    }
  }
  const check = await verifyChains(entries(), heads);
  for await (const { hash } of entries()) hashes.delete(hash);
  const missing = [...hashes];
  const holds = check.broken === null && missing.length === 0;
  return { check, holds, lines: verdictLines(check, missing) };
}

function verdictLines(check: ChainCheck, missing: readonly string[]): readonly string[] {
  const { broken, heads, entries } = check;
  if (broken) {
    return [
      `The ledger does not hold: ${broken.detail}.`,
      `${broken.kind}, in chain ${broken.chain} at ${broken.seq}; ${entries} entries before it hold.`,
    ];
  }
  if (missing.length > 0) {
    return missing.map((hash) => `The ledger does not hold: no entry has the hash ${hash}.`);
  }
  const count = counted(entries, 'entry', 'entries');
  return [
    `The ledger holds: ${count}, each follows the one before it.`,
    ...(heads.length > 0
      ? ['Keep this where whoever writes the store cannot, and give it to --head next time:']
      : []),
    ...heads.map(({ chain, seq, hash }) => `  ${chain}:${seq}:${hash}`),
  ];
}

const HEADS: readonly PlainColumn[] = [
  { head: 'AT', kind: 'fixed' },
  { head: 'ABOUT', kind: 'fixed' },
  { head: 'BY', kind: 'fixed' },
  { head: 'WHAT', kind: 'text' },
];

const INSTANT_COLUMNS = 20;
const SUBJECT_COLUMNS = 20;
const BY_COLUMNS = 16;
const WHAT_AT_LEAST = 20;

/** Aligned, within `width` columns; what happened goes on below where it is long. */
export async function ledgerTable(entries: AsyncIterable<Entry>, width: number): Promise<string> {
  const rows: (readonly string[])[] = [];
  const taken = INSTANT_COLUMNS + SUBJECT_COLUMNS + BY_COLUMNS + 6;
  for await (const entry of entries) {
    const [first = '', ...rest] = wrap(
      oneLine(entryText(entry)),
      Math.max(WHAT_AT_LEAST, width - taken),
    );
    const about = shortened(entry.subject, SUBJECT_COLUMNS);
    rows.push([instantText(entry.at), about, shortened(entry.by, BY_COLUMNS), first]);
    for (const line of rest) rows.push(['', '', '', line]);
  }
  if (rows.length === 0) return 'No entries.\n';
  return `${plainTable(HEADS, rows, width).join('\n')}\n`;
}

/** One entry a line, whole, in the order of their chains: what `verify --file` reads. */
export async function* ndjsonOf(
  archive: Archive,
  subject: string | undefined,
): AsyncGenerator<string> {
  const entries = subject === undefined ? archive.chains() : archive.entries({ subject });
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}

const RULE_HEADS: readonly PlainColumn[] = [
  { head: 'RULE', kind: 'fixed' },
  { head: 'BINDS', kind: 'fixed' },
  { head: 'READ ON', kind: 'fixed' },
  { head: 'WITHIN', kind: 'fixed' },
  { head: 'AUTHORITY', kind: 'text' },
];

/** The rules that are known. Throws UsageError for a jurisdiction without any. */
export function rulesText(
  jurisdiction: string | undefined,
  format: 'table' | 'json' | 'markdown',
  width: number,
): string {
  const code = jurisdiction?.toUpperCase();
  const rules = RULES.filter((rule) => code === undefined || rule.jurisdiction === code);
  if (rules.length === 0) {
    const known = [...new Set(RULES.map((rule) => rule.jurisdiction))].join(', ');
    throw new UsageError(`--jurisdiction ${jurisdiction}: no rules; there are ${known}`);
  }
  if (format === 'json') return `${JSON.stringify(rules, null, 2)}\n`;
  if (format === 'markdown') return clocksPage(rules);
  const rows = rules.map((rule) => [
    rule.id,
    rule.binds,
    rule.verifiedOn ?? 'unverified',
    `${spanText(rule)}${rule.from === 'assessment' ? ' (assessment)' : ''}`,
    rule.authority,
  ]);
  return `${plainTable(RULE_HEADS, rows, width).join('\n')}\n`;
}
