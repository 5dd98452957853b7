/** Text of other parties (bucket names, keys, answers of servers) made safe to show. */

/**
 * Characters that move a terminal's cursor, recolour it, or turn the reading direction (a bucket
 * may be named so that its row hides another), and those that XML 1.0 cannot hold. Line breaks and
 * tabs are dealt with apart.
 */
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/g;

/** The same text with control characters and broken surrogates shown as �; line breaks stay. */
export function plain(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(CONTROL, '\ufffd');
}

/** {@link plain}, on one line. */
export function oneLine(text: string): string {
  return plain(text).replace(/[\n\t]+/g, ' ');
}
