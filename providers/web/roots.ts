/**
 * A bucket that answers a plain request with its object list, on whatever host it stands: S3 and
 * Google's XML form, Azure Blob, Swift. Its objects are named by full key, page after page.
 */
import { Parser } from 'htmlparser2';
import { ScanError } from '../../src/model/errors.ts';
import type { HttpAnswer } from '../../src/net/client.ts';

export interface RootEntry {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date | null;
  readonly etag: string | null;
}

export interface RootPage {
  readonly form: 's3' | 'azure' | 'swift';
  readonly entries: readonly RootEntry[];
  /** Query parameters of the next page; null at the end. */
  readonly next: Readonly<Record<string, string>> | null;
}

/** Null where the answer is no object list. Throws ScanError where a page does not say how to go on. */
export function readRoot(answer: HttpAnswer): RootPage | null {
  const body = answer.body.toString('utf8');
  const root = /^\uFEFF?\s*(?:<\?[^>]{0,200}\?>\s*)?<(?:\w{1,20}:)?(\w{1,40})[\s>/]/.exec(
    body,
  )?.[1];
  if (root === 'ListBucketResult') return s3Page(fieldsOf(body, 'contents'));
  if (root === 'EnumerationResults') return azurePage(fieldsOf(body, 'blob'));
  if ('x-container-object-count' in answer.headers) return swiftPage(answer, body);
  return null;
}

type Fields = Readonly<Record<string, string>>;

interface Document {
  readonly items: readonly Fields[];
  /** Elements outside of any item. */
  readonly outside: Fields;
}

/** Element names in lower case → text; of an item, the deepest element names its own text. */
function fieldsOf(xml: string, item: string): Document {
  const items: Fields[] = [];
  const outside: Record<string, string> = {};
  let current: Record<string, string> | null = null;
  let name = '';
  const parser = new Parser(
    {
      onopentag(tag) {
        name = tag.replace(/^.*:/, '').toLowerCase();
        if (name === item) current = {};
        else if (current) current[name] ??= '';
      },
      ontext(text) {
        const into: Record<string, string> = current ?? outside;
        if (name !== '') into[name] = (into[name] ?? '') + text;
      },
      onclosetag(tag) {
        name = '';
        if (tag.replace(/^.*:/, '').toLowerCase() !== item || !current) return;
        items.push(current);
        current = null;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return { items, outside };
}

function dateOf(text: string | undefined): Date | null {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

function entry(key: string | undefined, fields: Fields, size: string, date: string): RootEntry[] {
  // The keys that a console makes for folders hold nothing.
  if (key === undefined || key === '') return [];
  const etag = fields.etag?.replaceAll('"', '') ?? '';
  return [
    {
      key,
      sizeBytes: Number(fields[size] ?? 0) || 0,
      modifiedAt: dateOf(fields[date]),
      etag: etag === '' ? null : etag,
    },
  ];
}

function s3Page({ items, outside }: Document): RootPage {
  const entries = items.flatMap((one) => entry(one.key, one, 'size', 'lastmodified'));
  return { form: 's3', entries, next: s3Next(outside, entries.at(-1)?.key) };
}

function s3Next(outside: Fields, lastKey: string | undefined): RootPage['next'] {
  if (outside.istruncated?.trim() !== 'true') return null;
  const token = outside.nextcontinuationtoken;
  if (token !== undefined) return { 'list-type': '2', 'continuation-token': token };
  const marker = outside.nextmarker ?? lastKey;
  if (marker !== undefined) return { marker };
  throw new ScanError('malformed', 'the list says that it goes on, and not where');
}

function azurePage({ items, outside }: Document): RootPage {
  const entries = items.flatMap((one) => entry(one.name, one, 'content-length', 'last-modified'));
  const marker = outside.nextmarker ?? '';
  return { form: 'azure', entries, next: marker === '' ? null : { marker } };
}

function swiftPage(answer: HttpAnswer, body: string): RootPage {
  const json = /^application\/json/.test(answer.headers['content-type'] ?? '');
  const items = json ? swiftItems(body) : swiftNames(body);
  const last = items.at(-1)?.key;
  // An empty page ends the list; Swift says nothing else about it.
  return { form: 'swift', entries: items, next: last === undefined ? null : { marker: last } };
}

function swiftNames(body: string): readonly RootEntry[] {
  const names = body.split('\n').filter((name) => name !== '');
  // A plain list has no sizes; asked for as JSON, which is how the walk goes on, it has.
  return names.map((key) => ({ key, sizeBytes: 0, modifiedAt: null, etag: null }));
}

function swiftItems(body: string): readonly RootEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw new ScanError('malformed', 'the container list is not the JSON it says it is', { cause });
  }
  if (!Array.isArray(value)) return [];
  return (value as Readonly<Record<string, unknown>>[]).flatMap((one) => {
    if (typeof one.name !== 'string') return [];
    return [
      {
        key: one.name,
        sizeBytes: Number(one.bytes ?? 0),
        modifiedAt: dateOf(`${String(one.last_modified)}Z`),
        etag: typeof one.hash === 'string' ? one.hash : null,
      },
    ];
  });
}
