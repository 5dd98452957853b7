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

/** The pages that say so in plain sight, as `3 0 R`, at most so many; those in packed objects do not. */
export function pageObjects(bytes: Uint8Array, most: number): readonly string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const pages = new Set<string>();
  for (const { index } of text.matchAll(PAGE)) {
    const before = text.slice(Math.max(0, index - DICTIONARY_BYTES), index);
    const start = before.lastIndexOf(' obj');
    const number = /(\d{1,10}) (\d{1,5})$/.exec(before.slice(Math.max(0, start - 20), start));
    if (start !== -1 && number) pages.add(`${number[1]} ${number[2]} R`);
    if (pages.size >= most) break;
  }
  return [...pages];
}

/** The file with a list of these pages. */
export function withPageList(bytes: Uint8Array, pages: readonly string[]): Uint8Array {
  // From a table of objects the search skips to the next trailer, and from there to the next
  // startxref; so ours is neither skipped nor are the objects behind it.
  const list = [
    '',
    'endstream endobj',
    'startxref',
    '0',
    `trailer<</Root ${CATALOG} 0 R/Size ${CATALOG + 1}>>`,
    'startxref',
    '0',
    `${PAGES} 0 obj<</Type/Pages/Count ${pages.length}/Kids[${pages.join(' ')}]>>endobj`,
    `${CATALOG} 0 obj<</Type/Catalog/Pages ${PAGES} 0 R>>endobj`,
    '%%EOF',
  ].join('\n');
  const file = Buffer.concat([bytes, Buffer.from(list, 'latin1')]);
  // The first list that makes sense is taken; so the file's own catalogs are put out of sight.
  for (let at = file.indexOf('/Root'); at !== -1 && at < bytes.length; ) {
    file.write('/Toor', at, 'latin1');
    at = file.indexOf('/Root', at);
  }
  return file;
}

/** Is it encrypted, if only against changes? Without the key, which a new list does not name, its text is nonsense. */
export function isEncrypted(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('/Encrypt');
}

/** Does the file's end stand at its end? */
export function isWhole(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(-2048)).includes('%%EOF');
}

/** Of a picture's dictionary, on each side of its width. */
const PICTURE_BYTES = 2048;

/**
 * Pictures of more pixels than that, which the library leaves out without a word. Their dictionaries
 * stand in plain bytes, whatever else is compressed or encrypted.
 */
export function largePictures(bytes: Uint8Array, pixels: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf('/Width'); at !== -1; at = buffer.indexOf('/Width', at + 6)) {
    const before = buffer.toString('latin1', Math.max(0, at - PICTURE_BYTES), at);
    const behind = buffer.toString('latin1', at, at + PICTURE_BYTES);
    const start = before.lastIndexOf(' obj') + 1;
    const end = behind.indexOf('stream');
    const dictionary = before.slice(start) + behind.slice(0, end === -1 ? undefined : end);
    const width = Number(/\/Width\s+(\d{1,9})/.exec(dictionary)?.[1] ?? 0);
    const height = Number(/\/Height\s+(\d{1,9})/.exec(dictionary)?.[1] ?? 0);
    if (width * height > pixels) count += 1;
  }
  return count;
}
