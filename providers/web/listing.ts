/**
 * A folder's page → the files and folders it names.
 *
 * Web servers write listings in a dozen forms, but each is a sequence of rows with one link, and
 * around it date and size. So the form is recognised by its own marks (a page with links is no
 * listing), and the rows are read alike. Only the next level below the folder counts: sort links,
 * parent links, breadcrumbs and links to other places are no entries.
 */
import { Parser } from 'htmlparser2';
import { jsonForm, jsonRows } from './listing-json.ts';
import { decodeSegment } from './target.ts';

export interface Entry {
  /** Decoded, without the closing slash. */
  readonly name: string;
  readonly folder: boolean;
  /** Exact, else null: `1.2K` is no size. */
  readonly sizeBytes: number | null;
  readonly modifiedAt: Date | null;
}

export interface Listing {
  /** The program whose form it is: `nginx`, `apache`, `python`, … or `index` for one unknown. */
  readonly form: string;
  readonly entries: readonly Entry[];
}

/** Whose page it is, by the marks that the program itself writes. First match wins. */
const FORMS: readonly (readonly [form: string, mark: RegExp])[] = [
  ['nginx', /<h1>Index of [^<]{0,4096}<\/h1><hr><pre><a href="\.\.\/">/s],
  ['nginx', /<h1>Index of [^<]{0,4096}<\/h1><hr>\s*<pre>.{0,200}<\/?(?:a|pre)\b.*<hr><\/body>/s],
  ['lighttpd', /<title>Index of .*(?:summary="Directory Listing"|<div class="list">)/s],
  ['caddy', /id="summary".*Served with.{0,200}Caddy/is],
  ['apache', /<title>Index of .*(?:\?C=[NMSD]|<address>Apache|Parent Directory)/is],
  [
    'apache',
    /<title>Index of [^<]*<\/title>\s*<\/head>\s*<body>\s*<h1>Index of [^<]*<\/h1>\s*<ul>/is,
  ],
  ['tomcat', /<title>Directory Listing For \[/is],
  ['python', /<(?:title|h1)>Directory listing for /is],
  ['iis', /<title>[^<]{1,300} - \/[^<]*<\/title>.{0,200}<h1>[^<]{1,300} - \/[^<]*<\/h1>\s*<hr>/is],
  ['jetty', /<title>Directory: \//is],
  ['serve', /<title>Files within /is],
  ['http-server', /<title>Index of .*<address>Node\.js/is],
  ['index', /<title>\s*(?:Index of|Directory (?:listing|index)|Listing of|Index von)\b/is],
  ['index', /<h1[^>]*>\s*(?:Index of|Directory (?:listing|index)|Listing of|Index von)\b/is],
];

/** Programs sign at the top and at the bottom; what lies between is others' text, and may be long. */
const HEAD_CHARACTERS = 16 * 1024;
const TAIL_CHARACTERS = 2 * 1024;

/** Null where the page is no listing. `url` is the folder's, with a closing slash. */
export function readListing(body: string, url: URL): Listing | null {
  const json = jsonForm(body);
  if (json !== null) {
    const entries = distinct(jsonRows(json).flatMap((row) => entryOf(row, url) ?? []));
    return { form: json.form, entries };
  }
  const marks = body.slice(0, HEAD_CHARACTERS) + body.slice(-TAIL_CHARACTERS);
  const form = FORMS.find(([, mark]) => mark.test(marks))?.[0];
  if (form === undefined) return null;
  return { form, entries: distinct(rowsOf(body).flatMap((row) => entryOf(row, url) ?? [])) };
}

export interface Row {
  readonly href: string;
  /** Text around the link: date, size. */
  readonly text: string;
  readonly sizeBytes?: number;
  readonly modifiedAt?: Date;
}

/** Rows end at a line of a table or list, at a break, and at a line end where the text is set as it is. */
const ROW_TAGS = new Set(['tr', 'li', 'br', 'hr', 'pre', 'ul', 'table', 'tbody', 'h1']);

function rowsOf(body: string): readonly Row[] {
  const rows: Row[] = [];
  let href: string | null = null;
  let text = '';
  let [pre, inLink] = [0, false];
  const endRow = (): void => {
    if (href !== null) rows.push({ href, text });
    href = null;
    text = '';
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      if (ROW_TAGS.has(name)) endRow();
      if (name === 'pre') pre += 1;
      // Cells are words of their own even where no space stands between them.
      if (name === 'td') text += ' ';
      // Icons are links too: the last link of a row with a target is as good as the first.
      if (name === 'a' && attributes.href !== undefined) {
        href ??= attributes.href;
        inLink = true;
      }
    },
    ontext(data) {
      if (inLink) return;
      if (pre === 0) text += data;
      else {
        const lines = data.split('\n');
        for (const [at, line] of lines.entries()) {
          if (at > 0) endRow();
          text += line;
        }
      }
    },
    onclosetag(name) {
      if (name === 'a') inLink = false;
      if (name === 'pre') pre -= 1;
      if (ROW_TAGS.has(name) && name !== 'br') endRow();
    },
  });
  parser.end(body);
  endRow();
  return rows;
}

function entryOf(row: Row, folder: URL): Entry | null {
  if (!URL.canParse(row.href, folder.href)) return null;
  const url = new URL(row.href, folder);
  if (url.origin !== folder.origin || url.search !== '') return null;
  if (!url.pathname.startsWith(folder.pathname)) return null;
  const rest = url.pathname.slice(folder.pathname.length);
  const isFolder = rest.endsWith('/');
  const segment = isFolder ? rest.slice(0, -1) : rest;
  if (segment === '' || segment.includes('/')) return null;
  const name = decodeSegment(segment);
  if (name === '.' || name === '..' || name.includes('/')) return null;
  return {
    name,
    folder: isFolder,
    sizeBytes: row.sizeBytes ?? sizeIn(row.text),
    modifiedAt: row.modifiedAt ?? dateIn(row.text),
  };
}

/** Bytes that stand right after the time (nginx, Apache below 1K, IIS) or are called bytes (Jetty). */
function sizeIn(text: string): number | null {
  const flat = text.replace(/[\s\u00a0]+/g, ' ');
  const called = /(?:^| )(\d[\d,]{0,20}) bytes\b/.exec(flat)?.[1];
  const after = /\d:\d\d(?::\d\d)?(?: [AP]M)? +(\d{1,15})(?= |$)/i.exec(flat)?.[1];
  const digits = (called ?? after)?.replaceAll(',', '');
  return digits === undefined ? null : Number(digits);
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Dates whose order of day and month is beyond doubt; taken as UTC, as the forms do not say. */
function dateIn(text: string): Date | null {
  const named =
    /\b(\d{1,2})-([A-Z][a-z]{2})-(\d{4}) (\d\d:\d\d(?::\d\d)?)/.exec(text) ??
    /\b(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d(?::\d\d)?)/.exec(text);
  const digits = /\b(\d{4})-(\d\d|[A-Z][a-z]{2})-(\d\d) (\d\d:\d\d(?::\d\d)?)/.exec(text);
  const [day, month, year, time] = named
    ? named.slice(1)
    : [digits?.[3], digits?.[2], digits?.[1], digits?.[4]];
  if (day === undefined || month === undefined || year === undefined) return null;
  const index = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month) / 3 + 1;
  const iso = `${year}-${String(index).padStart(2, '0')}-${day.padStart(2, '0')}T${time}Z`;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A row may link its icon and its name. */
function distinct(entries: readonly Entry[]): readonly Entry[] {
  const byName = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.name}${entry.folder ? '/' : ''}`;
    if (!byName.has(key)) byName.set(key, entry);
  }
  return [...byName.values()];
}
