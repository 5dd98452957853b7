/** The address of a domain as a person wrote it: HTTPS unless they say otherwise; no slash at its end. */
export function addressOf(domain: string): string {
  return domain.includes('://') ? domain.replace(/\/+$/, '') : `https://${domain}`;
}
