/** Names of buckets, keys and departments, made safe for letters and lists. */

/** What moves a cursor, turns the reading direction or breaks a line: a bucket may be named to hide another. */
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Control characters shown as �; line breaks and tabs stay. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(CONTROL, '\ufffd');
}

/** The same on one line, for subjects and names. */
export function cleanLine(text: string): string {
  return clean(text).replace(/[\n\t]+/g, ' ');
}
