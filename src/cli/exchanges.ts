/** Recorded requests as they may leave: every identifier in address and error masked. */
import type { Exchange } from '../model/proof.ts';

/** Built field by field, so that nothing else slips along. */
export function shownExchange(one: Exchange, mask: (text: string) => string): Exchange {
  return {
    method: one.method,
    url: mask(readable(one.url)),
    at: one.at,
    status: one.status,
    bodySha256: one.bodySha256,
    bytes: one.bytes,
    error: one.error === null ? null : mask(one.error),
  };
}

/** Percent signs hide digits and letters from whoever masks: the address is shown decoded. */
function readable(url: string): string {
  return url.replaceAll(/(?:%[0-9a-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}
