/** What only PostgreSQL can meet: rights, refusals, a server that goes away. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../localstack/postgres.ts';
import { OutputError, UsageError } from '../../src/model/errors.ts';
import { storeHosts } from '../../src/store/address.ts';
import { afterRestore } from '../../src/store/backup.ts';
import { verifyChains } from '../../src/store/chain.ts';
import { openDatabase, openStore } from '../../src/store/open.ts';
import { all, entry, finding, message, seen, using } from './suite/made.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function asked(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The same address for another user. */
function as(url: string, user: string, password: string): string {
  const other = new URL(url);
  other.username = user;
  other.password = password;
  return other.href;
}

test('a user without the right to create uses a schema that is there, and is told what is missing else', async () => {
  const url = await server.database('rights');
  await asked(
    url,
    "CREATE ROLE clerk LOGIN PASSWORD 'made up'",
    'CREATE SCHEMA office AUTHORIZATION clerk',
  );
  const clerk = as(url, 'clerk', 'made up');
  await using(`${clerk}?schema=office`, (store) => seen(store, 1, [finding('F-1')]));
  await expect(openStore(clerk)).rejects.toThrow(UsageError);
  await expect(openStore(clerk)).rejects.toThrow(/needs CREATE on the database once, or a schema/);
});

test('options for the server in the address are kept beside ours', async () => {
  const url = await server.database('options');
  const db = await openDatabase(
    `${url}?schema=own&options=${encodeURIComponent('-c work_mem=5MB')}`,
  );
  const [row] = await db.all(
    "SELECT current_setting('work_mem') AS memory, current_schema() AS own",
  );
  await db.close();
  expect(row).toEqual({ memory: '5MB', own: 'own' });
});

test('what is wrong with an address is one sentence without the password', async () => {
  const url = await server.database('refused');
  const wrong = [
    [as(url, 'ajar', 'secret-word'), /user or password is wrong/],
    [url.replace('/refused', '/nowhere'), /there is no such database/],
    ['postgres://ajar:secret-word@127.0.0.1:1/x', /nothing listens there/],
    ['postgres://ajar:secret-word@127.0.0.1', /form is postgres:\/\/user@host/],
    [`${url}?schema=A-b`, /allowed are lower case letters/],
  ] as const;
  for (const [address, why] of wrong) {
    const error = await openStore(address).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(why);
    expect((error as Error).message).not.toMatch(/secret-word|made-up|made%20up/);
  }
});

test('a server that goes away in the middle is said, and nothing half-written is kept', async () => {
  const own = await startPostgres();
  const store = await openStore(await own.database('gone'));
  await store.append([entry('x')]);
  await own.stop();
  const error = await store.append([entry('y')]).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(OutputError);
  expect((error as Error).message).toMatch(/--store postgres:\/\/ajar@127\.0\.0\.1:\d+\/gone: /);
  await store.close();
});

test('after pg_restore the outbox is in doubt and the ledger goes on in a new chain', async () => {
  const url = await server.database('lost');
  await using(url, (store) => store.append([entry('x')], [message('m')]));
  // The server's own copy stands for pg_dump and pg_restore, which its package does not bring.
  await asked(await server.database('postgres'), 'CREATE DATABASE restored TEMPLATE lost');
  const restored = await server.database('restored');
  const db = await openDatabase(restored);
  const { chain } = await afterRestore(db, 'Ann').finally(() => db.close());
  await using(restored, async (store) => {
    expect((await store.heads())[0]?.chain).toBe(chain);
    expect((await verifyChains(store.chains(), await store.heads())).broken).toBeNull();
    expect((await store.messages()).map(({ state }) => state)).toEqual(['unsure']);
    await store.append([entry('y')]);
    expect((await all(store.chains())).at(-1)?.seq).toBeGreaterThan(0);
  });
});

test('the wall lets the store’s server through, by name and by the addresses behind it', async () => {
  expect(await storeHosts('.ajar/store.db')).toEqual([]);
  const hosts = await storeHosts('postgres://ajar@localhost:5433/x');
  expect(hosts).toContain('localhost:5433');
  expect(hosts.some((host) => host === '127.0.0.1:5433' || host === '[::1]:5433')).toBe(true);
  expect(await storeHosts('postgres:///x?user=ajar&host=/var/run/postgresql')).toEqual([]);
});
