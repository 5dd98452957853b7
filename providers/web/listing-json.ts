/** Listings that are JSON: nginx `autoindex_format json`, Caddy's and serve's answer to `Accept: application/json`. */
import type { Row } from './listing.ts';

type Item = Readonly<Record<string, unknown>>;

export interface JsonListing {
  readonly form: 'nginx' | 'caddy' | 'serve';
  readonly items: readonly Item[];
}

/** Null where it is no JSON or not one of these. */
export function jsonForm(body: string): JsonListing | null {
  const start = body.trimStart();
  if (!start.startsWith('[') && !start.startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // A page that begins like JSON and is none; the other forms are tried.
    return null;
  }
  if (Array.isArray(value)) {
    if (value.every(isNginx)) return { form: 'nginx', items: value as Item[] };
    return value.every(isCaddy) ? { form: 'caddy', items: value as Item[] } : null;
  }
  const files = (value as { files?: unknown }).files;
  if (!Array.isArray(files) || !files.every(isServe)) return null;
  return { form: 'serve', items: files as Item[] };
}

function has(value: unknown, ...names: string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}

function isNginx(value: unknown): boolean {
  return has(value, 'name', 'type', 'mtime');
}

function isCaddy(value: unknown): boolean {
  return has(value, 'name', 'size', 'url', 'mod_time', 'is_dir');
}

function isServe(value: unknown): boolean {
  return has(value, 'base', 'relative', 'type');
}

/** An empty array is nginx's empty folder. */
export function jsonRows({ form, items }: JsonListing): readonly Row[] {
  return items.map((item) => {
    const folder = item.is_dir === true || ['directory', 'folder'].includes(String(item.type));
    const name = String(form === 'serve' ? item.base : item.name).replace(/\/$/, '');
    const modifiedAt = new Date(String(item.mtime ?? item.mod_time));
    return {
      // Below the folder it stands in, whatever it calls itself.
      href: `./${encodeURIComponent(name)}${folder ? '/' : ''}`,
      text: '',
      ...(typeof item.size === 'number' && { sizeBytes: item.size }),
      ...(!Number.isNaN(modifiedAt.getTime()) && { modifiedAt }),
    };
  });
}
