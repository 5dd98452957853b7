/**
 * The engine for a team: a PostgreSQL server, all tables in a schema of ajar's own.
 *
 * Transactions run as READ COMMITTED; where order matters, writers first take a row (the chain's, the
 * run's) and so come one after the other.
 */
import type { Pool, PoolClient, QueryResult } from 'pg';
import { OutputError, UsageError } from '../model/errors.ts';
import { type PostgresAddress, postgresAddress } from './address.ts';
import type { Database, Row, Session, Value } from './database.ts';

const CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 10_000;
const ATTEMPTS = 5;
/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const TRY_AGAIN: ReadonlySet<string> = new Set(['40001', '40P01']);
const REASONS: Readonly<Record<string, string>> = {
  '28P01': 'user or password is wrong; give the password by PGPASSWORD or ~/.pgpass',
  '28000': 'the server does not let this user in; see its pg_hba.conf',
  '3D000': 'there is no such database; make it with createdb',
  '42501': 'the user may not; it needs CREATE on the database once, or a schema "ajar" of its own',
  '53100': 'the server has no disk space left',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting or stopping; try again',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
};
const NO_RIGHT = '42501';
/** The server, or the way to it, went away. */
const GONE = /^(?:08|57P|53|25006|58|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET)/;
/** One number for all ajars: who changes the schema comes alone. */
const SCHEMA_LOCK = 7_160_118;

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? '');
}

function because(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const known = REASONS[codeOf(error)];
  return known === undefined ? said : `${said || codeOf(error)}: ${known}`;
}

/** The same error, or, where the server is gone or forbids it, one that a person can act on. */
function lost(name: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === NO_RIGHT) {
    return new UsageError(`--store ${name}: ${because(error)}`, { cause: error });
  }
  // The driver itself gives no code where the connection ends in the middle of a question.
  const ended = error instanceof Error && /^Connection terminated/.test(error.message);
  if (!ended && !GONE.test(code)) return error;
  const sentence = `--store ${name}: ${because(error)}; nothing half-written is kept, run again when the server is back`;
  return new OutputError(name, code || 'ECONNRESET', sentence, { cause: error });
}

/** `?` becomes `$1`, `$2` …; no text of ours has a question mark of another meaning. */
function createRewriter(): (sql: string) => string {
  const known = new Map<string, string>();
  return (sql) => {
    let count = 0;
    const text = known.get(sql) ?? sql.replace(/\?/g, () => `$${++count}`);
    known.set(sql, text);
    return text;
  };
}

type Querier = Pick<PoolClient, 'query'>;

function sessionOn(querier: Querier, rewrite: (sql: string) => string, name: string): Session {
  const ask = async (sql: string, values?: readonly Value[]): Promise<QueryResult> => {
    try {
      return await querier.query(values ? { text: sql, values: [...values] } : sql);
    } catch (error) {
      throw lost(name, error);
    }
  };
  return {
    all: async (sql, values = []) => (await ask(rewrite(sql), values)).rows as readonly Row[],
    run: async (sql, values = []) => (await ask(rewrite(sql), values)).rowCount ?? 0,
    async script(sql) {
      await ask(sql);
    },
  };
}

async function connect(address: PostgresAddress): Promise<Pool> {
  const { Pool } = (await import('pg')).default;
  const pool = new Pool({
    connectionString: address.url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: address.options,
    application_name: 'ajar',
  });
  // An idle connection that breaks is replaced; a busy one fails its query, which is told there.
  pool.on('error', () => undefined);
  try {
    (await pool.connect()).release();
    return pool;
  } catch (error) {
    await pool.end();
    throw new UsageError(`--store ${address.shown}: cannot be reached (${because(error)})`, {
      cause: error,
    });
  }
}

async function inTransaction<T>(
  pool: Pool,
  name: string,
  wrap: (client: PoolClient) => Session,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect().catch((error: unknown) => {
      throw lost(name, error);
    });
    const session = wrap(client);
    let broken: Error | undefined;
    try {
      await session.script('BEGIN');
      const result = await body(session);
      await session.script('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((cause: Error) => {
        broken = cause;
      });
      if (!TRY_AGAIN.has(codeOf(error)) || attempt === ATTEMPTS) throw error;
    } finally {
      client.release(broken);
    }
  }
}

async function makeSchema(session: Session, schema: string): Promise<void> {
  await session.all('SELECT pg_advisory_xact_lock(?)', [SCHEMA_LOCK]);
  const there = await session.all('SELECT 1 FROM pg_namespace WHERE nspname = ?', [schema]);
  // Asked first: CREATE SCHEMA IF NOT EXISTS wants the right to create even where it is there.
  if (there.length === 0) await session.script(`CREATE SCHEMA ${schema}`);
  await session.script('CREATE TABLE IF NOT EXISTS ajar_schema (version BIGINT NOT NULL)');
}

/** Throws UsageError where the server cannot be reached or does not let us in. */
export async function openPostgres(url: string): Promise<Database> {
  const address = postgresAddress(url);
  const rewrite = createRewriter();
  const pool = await connect(address);
  const wrap = (querier: Querier): Session => sessionOn(querier, rewrite, address.shown);
  const session = wrap(pool);
  return {
    engine: 'postgres',
    name: address.shown,
    ...session,
    transaction: (body) => inTransaction(pool, address.shown, wrap, body),
    async now() {
      const [row] = await session.all('SELECT clock_timestamp() AS now');
      return row?.now as Date;
    },
    async version(within) {
      const [found] = await within.all("SELECT to_regclass('ajar_schema') AS name");
      if (found?.name === null) return 0;
      const [row] = await within.all('SELECT MAX(version) AS version FROM ajar_schema');
      return Number(row?.version ?? 0);
    },
    prepareSchema: (within) => makeSchema(within, address.schema),
    async setVersion(within, version) {
      await within.run('INSERT INTO ajar_schema (version) VALUES (?)', [version]);
    },
    close: () => pool.end(),
  };
}
