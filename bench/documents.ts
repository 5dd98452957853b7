/** One made-up register of people in every format that a benchmark of extraction reads. Nobody in it exists. */
import { gzipSync } from 'node:zlib';
import { zipOf } from '../test/kit/zip.ts';

const COLUMNS = ['id', 'name', 'email', 'phone', 'address', 'joined'] as const;

type Row = readonly string[];

/** The same rows on every machine. */
function rows(count: number): Row[] {
  const families = ['Chan', 'Wong', 'Lee', 'Tanaka', 'Kim', 'Lim', 'Garcia', 'Novak'];
  return Array.from({ length: count }, (_, at) => [
    `R${String(at).padStart(7, '0')}`,
    `${families[at % 8] ?? ''} Person${at}`,
    `person${at}@example.org`,
    `+852 9${String((at * 7919) % 10_000_000).padStart(7, '0')}`,
    `Flat ${at % 40}, ${at % 300} Example Road, District ${at % 18}`,
    new Date(Date.UTC(2000, 0, 1) + (at % 9000) * 86_400_000).toISOString().slice(0, 10),
  ]);
}

const record = (row: Row): Record<string, string> =>
  Object.fromEntries(COLUMNS.map((name, at) => [name, row[at] ?? '']));

function csv(count: number): Buffer {
  const lines = rows(count).map((row) =>
    row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(','),
  );
  return Buffer.from(`${COLUMNS.join(',')}\n${lines.join('\n')}\n`);
}

function html(count: number): Buffer {
  const line = (row: Row): string => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  return Buffer.from(
    `<!doctype html><html><body><table>${rows(count).map(line).join('\n')}</table></body></html>`,
  );
}

function xml(count: number): Buffer {
  const line = (row: Row): string =>
    `<person>${COLUMNS.map((name, at) => `<${name}>${row[at]}</${name}>`).join('')}</person>`;
  return Buffer.from(`<?xml version="1.0"?><people>\n${rows(count).map(line).join('\n')}</people>`);
}

function docx(count: number): Buffer {
  const line = (row: Row): string =>
    `<w:p><w:r><w:t xml:space="preserve">${row.join(' ')}</w:t></w:r></w:p>`;
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const office = 'http://schemas.openxmlformats.org';
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="${office}/wordprocessingml/2006/main"><w:body>${rows(count).map(line).join('')}</w:body></w:document>`,
  };
  return zipOf(Object.entries(parts).map(([name, text]) => ({ name, data: Buffer.from(text) })));
}

/** Pages of lines of text in Helvetica, compressed, with a proper list of objects. */
async function pdf(count: number): Promise<Buffer> {
  const { deflateSync } = await import('node:zlib');
  const perPage = 50;
  const all = rows(count);
  const pages = Math.ceil(count / perPage);
  const objects: Buffer[] = [];
  const kids = Array.from({ length: pages }, (_, at) => `${4 + at * 2} 0 R`).join(' ');
  objects.push(Buffer.from('<</Type/Catalog/Pages 2 0 R>>'));
  objects.push(Buffer.from(`<</Type/Pages/Count ${pages}/Kids[${kids}]>>`));
  objects.push(Buffer.from('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'));
  for (let page = 0; page < pages; page += 1) {
    const lines = all.slice(page * perPage, (page + 1) * perPage);
    const drawn = lines.map((row, at) => `1 0 0 1 40 ${800 - at * 15} Tm (${row.join(' ')}) Tj`);
    const packed = deflateSync(`BT /F 9 Tf ${drawn.join('\n')} ET`);
    objects.push(
      Buffer.from(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents ${5 + page * 2} 0 R>>`,
      ),
      Buffer.concat([
        Buffer.from(`<</Length ${packed.length}/Filter/FlateDecode>>stream\n`),
        packed,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  return withObjectList(objects);
}

function withObjectList(objects: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  let at = 9;
  let list = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const [number, object] of objects.entries()) {
    list += `${String(at).padStart(10, '0')} 00000 n \n`;
    const whole = Buffer.concat([
      Buffer.from(`${number + 1} 0 obj\n`),
      object,
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(whole);
    at += whole.length;
  }
  const trailer = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(list + trailer)]);
}

async function workbook(count: number, type: 'xlsx' | 'biff8'): Promise<Buffer> {
  const { utils, write } = await import('@e965/xlsx');
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([[...COLUMNS], ...rows(count)] as string[][]));
  return Buffer.from(write(book, { type: 'buffer', bookType: type, compression: true }) as Buffer);
}

async function database(count: number): Promise<Buffer> {
  const { DatabaseSync } = await import('node:sqlite');
  const { mkdtempSync, readFileSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = mkdtempSync(join(tmpdir(), 'ajar-bench-'));
  const path = join(folder, 'made.db');
  const made = new DatabaseSync(path);
  made.exec(`CREATE TABLE people (${COLUMNS.join(', ')}); BEGIN`);
  const insert = made.prepare('INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)');
  for (const row of rows(count)) insert.run(...row);
  made.exec('COMMIT');
  made.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

async function parquet(count: number): Promise<Buffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const all = rows(count);
  const columnData = COLUMNS.map((name, at) => ({ name, data: all.map((row) => row[at] ?? '') }));
  return Buffer.from(parquetWriteBuffer({ columnData }));
}

function mail(count: number): Buffer {
  const attached = csv(count).toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    `From: a@example.org\r\nTo: b@example.org\r\nSubject: List\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n--b\r\nContent-Type: text/csv; name=list.csv\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=list.csv\r\n\r\n${attached}\r\n--b--\r\n`,
  );
}

export interface Format {
  readonly name: string;
  readonly rows: number;
  make(rows: number): Buffer | Promise<Buffer>;
}

export const FORMATS: readonly Format[] = [
  { name: 'csv', rows: 1_000_000, make: csv },
  {
    name: 'json',
    rows: 400_000,
    make: (count) => Buffer.from(JSON.stringify(rows(count).map(record))),
  },
  {
    name: 'ndjson',
    rows: 400_000,
    make: (count) =>
      Buffer.from(
        rows(count)
          .map((row) => JSON.stringify(record(row)))
          .join('\n'),
      ),
  },
  { name: 'xml', rows: 100_000, make: xml },
  { name: 'html', rows: 100_000, make: html },
  { name: 'csv.gz', rows: 1_000_000, make: (count) => gzipSync(csv(count)) },
  {
    name: 'zip',
    rows: 1_000_000,
    make: (count) => zipOf([{ name: 'list.csv', data: csv(count) }]),
  },
  { name: 'eml', rows: 100_000, make: mail },
  { name: 'xlsx', rows: 50_000, make: (count) => workbook(count, 'xlsx') },
  { name: 'xls', rows: 20_000, make: (count) => workbook(count, 'biff8') },
  { name: 'docx', rows: 20_000, make: docx },
  { name: 'pdf', rows: 10_000, make: pdf },
  { name: 'sqlite', rows: 200_000, make: database },
  { name: 'parquet', rows: 200_000, make: parquet },
];
