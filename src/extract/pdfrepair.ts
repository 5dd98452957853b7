/**
 * A PDF that was cut off has lost what stands at its end: the list of its pages. The pages that are
 * there still say that they are pages; a new list of them is put behind, and the library's own
 * search for objects does the rest.
 */

const PAGE = /\/Type\s*\/Page(?![A-Za-z])/g;
/** How far before its type a page's dictionary may begin. */
const DICTIONARY_BYTES = 16 * 1024;
/** Numbers of the two objects that are added: above any that a file has. */
const PAGES = 9_999_998;
const CATALOG = 9_999_999;

/** The file with a list of its pages, at most so many; null when none is found in it. */
export function withPageList(bytes: Uint8Array, most: number): Uint8Array | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const pages = new Set<string>();
  for (const { index } of text.matchAll(PAGE)) {
    const before = text.slice(Math.max(0, index - DICTIONARY_BYTES), index);
    const start = before.lastIndexOf(' obj');
    const number = /(\d{1,10}) (\d{1,5})$/.exec(before.slice(Math.max(0, start - 20), start));
    if (start !== -1 && number) pages.add(`${number[1]} ${number[2]} R`);
    if (pages.size >= most) break;
  }
  if (pages.size === 0) return null;
  // In a table of objects that was cut off the search skips to the next of these two words; so the
  // objects stand behind them.
  const list = [
    '',
    'endstream endobj',
    `trailer<</Root ${CATALOG} 0 R/Size ${CATALOG + 1}>>`,
    'startxref',
    '0',
    `${PAGES} 0 obj<</Type/Pages/Count ${pages.size}/Kids[${[...pages].join(' ')}]>>endobj`,
    `${CATALOG} 0 obj<</Type/Catalog/Pages ${PAGES} 0 R>>endobj`,
    '%%EOF',
  ].join('\n');
  return Buffer.concat([bytes, Buffer.from(list, 'latin1')]);
}

/** Does the file's end stand at its end? */
export function isWhole(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(-2048)).includes('%%EOF');
}
