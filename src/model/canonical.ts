/**
 * JSON in the one form that is hashed and signed: keys sorted by code unit, no blanks, what
 * JSON.stringify leaves out left out. Two machines that mean the same write the same bytes.
 */
export function canonicalJson(value: unknown): string {
  return write(JSON.parse(JSON.stringify(value) ?? 'null'));
}

/** Written by hand, because an object's own order puts keys that look like numbers first. */
function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${write(field)}`).join(',')}}`;
}
