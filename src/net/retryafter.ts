/** `Retry-After`: seconds or an HTTP date, as milliseconds from now; 0 where there is none. Source: RFC 9110, 10.2.3. */
export function retryAfterMs(header: string | undefined): number {
  if (header === undefined) return 0;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : 0;
}
