/**
 * YAML → cells: keys are columns (`people[].phone`), maps in lists and maps of one kind under one
 * parent are rows. Aliases are not followed: what they stand for is read where it stands, once.
 */
import type { Document, Node, Pair } from 'yaml';
import type { Context } from './context.ts';
import { type Embedded, embeddedFile, readEmbedded } from './embedded.ts';
import { lineCounter } from './lines.ts';
import type { ReadWhole } from './member.ts';
import { NamedCells } from './named.ts';
import { openProse } from './prose.ts';

const MAX_DEPTH = 200;
type Yaml = typeof import('yaml');

class YamlReader {
  readonly #yaml: Yaml;
  readonly #cells: NamedCells;
  readonly #place: number;
  readonly #lineOf: (offset: number) => number;
  readonly embedded: Embedded[] = [];
  #line = 1;

  constructor(yaml: Yaml, context: Context, lineOf: (offset: number) => number) {
    this.#yaml = yaml;
    this.#lineOf = lineOf;
    this.#cells = new NamedCells(context);
    this.#place = this.#cells.place('line ', ' ');
  }

  document(document: Document): void {
    if (document.contents) this.#record(document.contents as Node, '');
  }

  /** A row of its own: its values first, the rows inside it after. */
  #record(node: Node, path: string): void {
    const inner: (readonly [Node, string])[] = [];
    this.#line = this.#lineOf(node.range?.[0] ?? 0);
    this.#values(node, path, inner, 0);
    this.#cells.end(this.#place, this.#line);
    for (const [child, where] of inner) this.#record(child, where);
  }

  #values(node: unknown, path: string, inner: (readonly [Node, string])[], depth: number): void {
    const { isMap, isScalar, isSeq } = this.#yaml;
    if (depth > MAX_DEPTH) return;
    if (isScalar(node)) this.#scalar(node.value, path);
    else if (isSeq(node)) {
      for (const item of node.items) {
        if (isMap(item) || isSeq(item)) inner.push([item as Node, `${path}[]`]);
        else this.#values(item, `${path}[]`, inner, depth + 1);
      }
    } else if (isMap(node)) {
      const records = this.#holdsRecords(node.items as readonly Pair[]);
      for (const pair of node.items as readonly Pair[]) {
        const key = isScalar(pair.key) ? String(pair.key.value ?? '') : '';
        const below = path === '' ? key : `${path}.${key}`;
        if (records && isMap(pair.value)) {
          this.#cells.cell(this.#cells.column(`${path} (key)`, `${path} (key)`), key);
          inner.push([pair.value as Node, `${path}.*`]);
        } else this.#values(pair.value, below, inner, depth + 1);
      }
    }
  }

  /** Maps under one parent that share their keys are entries of a table, whatever they are called. */
  #holdsRecords(pairs: readonly Pair[]): boolean {
    const shapes = pairs
      .map((pair) => pair.value)
      .filter((value) => this.#yaml.isMap(value))
      .map((map) =>
        map.items
          .map((item) => String(item.key))
          .sort()
          .join('\n'),
      );
    return shapes.length >= 2 && new Set(shapes).size <= shapes.length / 2;
  }

  #scalar(value: unknown, path: string): void {
    const text = typeof value === 'string' ? value : value == null ? '' : String(value);
    const bytes = embeddedFile(text);
    if (bytes) this.embedded.push({ name: `line ${this.#line} ${path}`, bytes });
    else this.#cells.cell(this.#cells.column(path, path), text);
  }

  end(): void {
    this.#cells.flush();
  }
}

/** Reads decoded YAML; false when it is none after all, and nothing was read. */
export async function readYaml(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<boolean> {
  const source = new TextDecoder().decode(bytes);
  const yaml = await import('yaml');
  let documents: readonly Document[];
  try {
    // Every scalar stays the text it is: 0612345678 is no number.
    const parsed = yaml.parseAllDocuments(source, { schema: 'failsafe', logLevel: 'silent' });
    documents = Array.isArray(parsed) ? (parsed as Document[]) : [];
  } catch {
    return false; // nested beyond the parser's stack: read as text
  }
  const whole = documents.every((one) => one.errors.length === 0);
  const structured = documents.some((one) => yaml.isCollection(one.contents));
  if (!whole || !structured) return false;
  const reader = new YamlReader(yaml, context, lineCounter(source));
  for (const document of documents) reader.document(document);
  reader.end();
  const comments = openProse(context, 'line');
  for (const [at, line] of source.split('\n').entries()) {
    const comment = /(?:^|\s)#.*$/.exec(line);
    if (comment) comments.add(`${comment[0].trim()}\n`, at + 1);
  }
  comments.end();
  await readEmbedded(context, reader.embedded, readWhole);
  return true;
}
