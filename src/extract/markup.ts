/** HTML, XML and documents written as one XML text, by what the opening says. */
import type { Context } from './context.ts';
import type { ReadWhole } from './member.ts';
import { readFlatDocument } from './officeparts.ts';
import { readPage } from './page.ts';
import { readXml } from './xml.ts';

const HTML_TAG = /<(!doctype html|html|head|body|table|div|p|span|script|form|ul|ol|h[1-6])[\s>]/i;
/** Word 2003, an OPC package in one file, flat OpenDocument. */
const DOCUMENT =
  /<(?:\w+:)?(?:wordDocument|package|document)\s[^>]{0,20000}(?:wordml|\/xmlPackage|opendocument:xmlns:office)/;

export async function readMarkup(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const opening = new TextDecoder().decode(bytes.subarray(0, 32 * 1024));
  const declared = /^\ufeff?\s*<\?xml/.test(opening);
  const xhtml = /<html[\s>]/i.test(opening);
  if (xhtml || (!declared && HTML_TAG.test(opening))) await readPage(context, bytes, readWhole);
  else if (declared && DOCUMENT.test(opening)) {
    await readFlatDocument(context, new TextDecoder().decode(bytes));
  } else await readXml(context, bytes, readWhole);
}
