/** Where a store is: a file, or a PostgreSQL server by its URL. */
import { lookup } from 'node:dns/promises';
import { UsageError } from '../model/errors.ts';

const POSTGRES = /^postgres(?:ql)?:\/\//i;
const DEFAULT_PORT = 5432;
const DEFAULT_SCHEMA = 'ajar';

export function isPostgres(store: string): boolean {
  return POSTGRES.test(store);
}

export interface PostgresAddress {
  /** For the driver; without `schema`, which is ajar's own, and `options`. */
  readonly url: string;
  /** For the server, `-c name=value`: the person's, and where the tables are. */
  readonly options: string;
  readonly schema: string;
  readonly host: string;
  readonly port: number;
  /** For people: without password and options. */
  readonly shown: string;
}

/** Throws UsageError; never repeats the password. */
export function postgresAddress(store: string): PostgresAddress {
  const url = URL.canParse(store) ? new URL(store) : null;
  if (url === null || url.pathname.length < 2) {
    throw new UsageError(
      '--store postgres://…: not the address of a database; the form is postgres://user@host:5432/database (password by PGPASSWORD or ~/.pgpass)',
    );
  }
  const schema = url.searchParams.get('schema') ?? DEFAULT_SCHEMA;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new UsageError(
      `--store …?schema=${schema}: allowed are lower case letters, digits and _, at most 63`,
    );
  }
  // In the address they would take the place of ours.
  const options = `${url.searchParams.get('options') ?? ''} -c search_path=${schema}`.trim();
  for (const own of ['schema', 'options']) url.searchParams.delete(own);
  // A folder of sockets, or another host than the one in front, may stand in the query.
  const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.searchParams.get('port') ?? url.port) || DEFAULT_PORT;
  const user = url.username === '' ? '' : `${url.username}@`;
  const inSchema = schema === DEFAULT_SCHEMA ? '' : `?schema=${schema}`;
  const shown = `postgres://${user}${url.host}${url.pathname}${inSchema}`;
  return { url: url.href, options, schema, host, port, shown };
}

/** How messages name a store: never with a password. */
export function shownStore(store: string): string {
  return isPostgres(store) ? postgresAddress(store).shown : store;
}

/** What the wall has to let through for it, the private addresses behind its name included. */
export async function storeHosts(store: string): Promise<readonly string[]> {
  if (!isPostgres(store)) return [];
  const { host, port } = postgresAddress(store);
  if (host === '' || host.startsWith('/')) return [];
  const written = (name: string): string => `${name.includes(':') ? `[${name}]` : name}:${port}`;
  // A name that cannot be found is told where it is connected to.
  const found = await lookup(host, { all: true }).catch(() => []);
  return [...new Set([host, ...found.map(({ address }) => address)])].map(written);
}
