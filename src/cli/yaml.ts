/** YAML against a schema, with file, line and column in every error. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { UsageError } from '../model/errors.ts';

interface Source {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

function at({ file, lines }: Source, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}`;
}

/** The place of a value, or of its key when the key itself is what is wrong. */
function offsetOf({ document }: Source, path: readonly unknown[], atKey: boolean): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (atKey && isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown =
      depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function sentence(source: Source, issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map((item) => item.key);
  const name = path
    .map((key) => (typeof key === 'number' ? `[${key + 1}]` : `.${unnumbered(String(key))}`))
    .join('');
  const where = name.replace(/^\./, '') || 'the file';
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  const place = at(source, offsetOf(source, path, unknown));
  if (unknown)
    return `${place}: there is no setting "${where}"; see docs/configuration.md for those there are`;
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    return `${place}: "${where}" is missing`;
  }
  const allowed = issue.kind === 'validation' ? issue.message : (issue.expected ?? issue.message);
  return `${place}: "${where}" is ${shown(path, issue.received)}, allowed is ${allowed}`;
}

/** Settings beside which secrets get pasted. */
const SECRETIVE: readonly string[] = ['credentials', 'headers', 'url', 'urlFrom', 'secretFrom'];

/** A department's own words, whatever they hold. */
const PERSONAL = 'answers';
/** As many digits as the shortest identifier has; a YAML number is rounded, which no mask recognises. */
const DIGITS = 6;

function mayIdentify(text: string): boolean {
  return (text.match(/\p{Nd}/gu) ?? []).length >= DIGITS;
}

/** Words of the file where a name or a message should be. */
function unnumbered(text: string): string {
  return mayIdentify(text) ? text.replace(/\p{Nd}+/gu, '…') : text;
}

/** A secret put where the name of a variable belongs must not be repeated, nor whom a number is about. */
function shown(path: readonly unknown[], received: string): string {
  if (SECRETIVE.some((name) => path.includes(name))) {
    return 'not one (not shown: it may be a secret)';
  }
  if (path.includes(PERSONAL) || mayIdentify(received)) {
    return 'not one (not shown: it may be about a person)';
  }
  return received.length > 60 ? `${received.slice(0, 20)}…` : received;
}

/** Throws UsageError for an alias that leads nowhere, which shows only here. */
function plain({ file, document }: Source): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    const why = 'an alias (*name) has no anchor (&name) before it, or leads to too much';
    throw new UsageError(`${file}: not valid YAML: ${why}`, { cause });
  }
}

/** Reads and validates. Throws UsageError naming file, line, column, setting, value and what is allowed. */
export function readYaml<S extends v.GenericSchema>(file: string, schema: S): v.InferOutput<S> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`${file}: ${why}`, { cause: error });
  }
  const lines = new LineCounter();
  // Its own warnings, on stderr, quote the file.
  const quiet = { prettyErrors: false, logLevel: 'error' } as const;
  const document = parseDocument(text, { lineCounter: lines, ...quiet });
  const source = { file, document, lines };
  const [broken] = document.errors;
  if (broken) {
    const place = at(source, broken.pos[0]);
    throw new UsageError(`${place}: not valid YAML: ${unnumbered(broken.message)}`);
  }
  const result = v.safeParse(schema, plain(source) ?? {});
  if (result.success) return result.output;
  throw new UsageError(result.issues.map((issue) => sentence(source, issue)).join('\n'));
}

const BYTE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** `500`, `64MiB`, `1.5 GB` → bytes; undefined for anything else. */
export function parseBytes(text: string | number): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{1,3})?)\s*([kmgt]?i?b)?$/i.exec(String(text).trim());
  const unit = BYTE_UNITS[(match?.[2] ?? '').toLowerCase()];
  if (!match || unit === undefined) return undefined;
  return Math.round(Number(match[1]) * unit);
}

/** `7d`, `7 days`, `7` → days; undefined for anything else. */
export function parseDays(text: string | number): number | undefined {
  const match = /^(\d{1,4})\s*(?:d|days?)?$/i.exec(String(text).trim());
  return match ? Number(match[1]) : undefined;
}
