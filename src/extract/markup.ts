/** HTML and XML by what the opening says. */
import { type Context, reportGap } from './context.ts';
import { HTML, readPage } from './page.ts';
import { readXml } from './xml.ts';

const HTML_TAG = /<(!doctype html|html|head|body|table|div|p|span|script|form|ul|ol|h[1-6])[\s>]/i;

export function readMarkup(context: Context, bytes: Uint8Array): void {
  const opening = new TextDecoder().decode(bytes.subarray(0, 16 * 1024));
  const declared = /^\ufeff?\s*<\?xml/.test(opening);
  const xhtml = /<html[\s>]/i.test(opening);
  if (xhtml || (!declared && HTML_TAG.test(opening))) {
    readPage(context, bytes, HTML);
    return;
  }
  if (readXml(context, bytes) > 0) {
    reportGap(
      context,
      'truncated',
      'The XML ends before its elements do; what stands there was read.',
    );
  }
}
