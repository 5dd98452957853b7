/** One file in memory → its reader by format. Archives come back here for their members. */
import { isAscii } from 'node:buffer';
import { readArrow } from './arrow.ts';
import { readAvro } from './avro.ts';
import { readCards } from './cards.ts';
import { type Context, reportGap } from './context.ts';
import { joined, openDecoder, unmarked } from './decoder.ts';
import { openDelimited } from './delimited.ts';
import { readDocument } from './document.ts';
import { readCompressed } from './gzip.ts';
import { readJson } from './json.ts';
import { readMail } from './mail.ts';
import { readMarkup } from './markup.ts';
import { readOle } from './ole.ts';
import { readParquet } from './parquet.ts';
import { readPdf } from './pdf.ts';
import { readPicture } from './picture.ts';
import { inspect, type Recognised } from './recognise.ts';
import { readRtf } from './rtf.ts';
import { readScriptFile } from './script.ts';
import { readSevenZip } from './sevenzip.ts';
import { readSigned } from './signed.ts';
import { readSql } from './sql.ts';
import { readSqlite } from './sqlite.ts';
import { readTar } from './tar.ts';
import { openText } from './text.ts';
import { readTnef } from './tnef.ts';
import { UNREAD } from './unread.ts';
import { readEncoded } from './uucode.ts';
import { readWorkbook } from './workbook.ts';
import { readYaml } from './yaml.ts';
import { readZip } from './zip.ts';

export async function readWhole(context: Context, bytes: Uint8Array): Promise<void> {
  const found = inspect(bytes, true, context.trail.at(-1) ?? '');
  switch (found.format) {
    case 'empty':
      return;
    case 'text':
    case 'delimited':
      readText(context, bytes, found);
      return;
    case 'json':
      readJson(context, unmarked(utf8(bytes, found)));
      return;
    case 'markup':
      await readMarkup(context, unmarked(utf8(bytes, found)), readWhole);
      return;
    case 'sql':
      await readSql(context, unmarked(utf8(bytes, found)), readWhole);
      return;
    case 'mail':
      await readMail(context, bytes, readWhole);
      return;
    case 'signed':
      await readSigned(context, bytes, readWhole);
      return;
    case 'tnef':
      await readTnef(context, bytes, readWhole);
      return;
    case 'encoded':
      await readEncoded(context, found.encoding ? utf8(bytes, found) : bytes, readWhole);
      return;
    case 'cards':
      await readCards(context, unmarked(utf8(bytes, found)), readWhole);
      return;
    case 'yaml':
      if (!(await readYaml(context, unmarked(utf8(bytes, found)), readWhole))) {
        readText(context, bytes, found);
      }
      return;
    case 'script':
      readScriptFile(context, unmarked(utf8(bytes, found)));
      return;
    case 'rtf':
      await readRtf(context, bytes, readWhole);
      return;
    case 'ole':
      await readOle(context, bytes, readWhole);
      return;
    case 'gzip':
    case 'zstd':
    case 'bzip2':
    case 'xz':
    case 'lz4':
    case 'lzma':
      await readCompressed(context, bytes, found.format, readWhole);
      return;
    case '7z':
      await readSevenZip(context, bytes, readWhole);
      return;
    case 'tar':
      await readTar(context, bytes, readWhole);
      return;
    case 'workbook':
      if (!(await readWorkbook(context, bytes, readWhole)) && bytes[0] === 0x50) {
        await readZip(context, bytes, readWhole);
      }
      return;
    case 'document':
      if (!(await readDocument(context, bytes, readWhole)))
        await readZip(context, bytes, readWhole);
      return;
    case 'zip':
      await readZip(context, bytes, readWhole);
      return;
    case 'sqlite':
      await readSqlite(context, bytes, readWhole);
      return;
    case 'parquet':
      await readParquet(context, bytes, readWhole);
      return;
    case 'avro':
      await readAvro(context, bytes, readWhole);
      return;
    case 'arrow':
      await readArrow(context, bytes, readWhole);
      return;
    case 'pdf':
      await readPdf(context, bytes, readWhole);
      return;
    case 'picture':
      await readPicture(context, bytes);
      return;
    default: {
      const { code, detail } = UNREAD[found.format];
      reportGap(context, code, detail);
    }
  }
}

function readText(context: Context, bytes: Uint8Array, found: Recognised): void {
  const reader = found.dialect ? openDelimited(context, found.dialect) : openText(context);
  reader.push(utf8(bytes, found));
  reader.end();
}

function utf8(bytes: Uint8Array, found: Recognised): Uint8Array {
  // Wide encodings and those that switch by escapes hold no byte beyond ASCII either.
  if (isAscii(bytes) && (found.encoding?.encoding ?? 'utf-8') === 'utf-8') return bytes;
  const decoder = openDecoder(found.encoding);
  const text = decoder.push(bytes);
  const rest = decoder.end();
  return rest.length > 0 ? joined(text, rest) : text;
}
