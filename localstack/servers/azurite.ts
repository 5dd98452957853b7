/**
 * The real Azurite (Microsoft's emulator of Azure Blob) on a free loopback port, in memory. It
 * enforces shared keys, SAS and container access levels; not the account switch, the firewall or
 * `$web`, which the ARM stand-in only tells.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface AzuriteAccount {
  readonly name: string;
  /** Base64, as Azure's own keys. */
  readonly key: string;
}

export interface Azurite {
  /** Path style: the account follows as the first segment. */
  readonly url: string;
  readonly accounts: readonly AzuriteAccount[];
  /** For the SDK's `fromConnectionString` and AZURE_STORAGE_CONNECTION_STRING. */
  connectionString(account: AzuriteAccount): string;
  stop(): Promise<void>;
}

/** The account that every Azure tool knows, with its published key; it opens nothing but emulators. */
export const DEVELOPMENT_ACCOUNT: AzuriteAccount = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

/** Loading Azurite takes about a second on an idle machine, several on a busy one. */
const START_TIMEOUT_MS = 60_000;

/** Ends the server when whoever started it is gone, even by SIGKILL: the channel between them closes. */
const WATCHDOG = 'data:text/javascript,process.on("disconnect",()=>process.exit())';

export interface AzuriteOptions {
  /** PEM files; with them Azurite speaks TLS and also takes bearer tokens, whose signature it does not check. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
}

export async function startAzurite(
  accounts: readonly AzuriteAccount[] = [DEVELOPMENT_ACCOUNT],
  { tls }: AzuriteOptions = {},
): Promise<Azurite> {
  const home = dirname(createRequire(import.meta.url).resolve('azurite/package.json'));
  const main = join(home, 'dist/src/blob/main.js');
  const flags = ['--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence'];
  if (tls) flags.push('--cert', tls.certFile, '--key', tls.keyFile, '--oauth', 'basic');
  const child = spawn(
    process.execPath,
    [
      '--import',
      WATCHDOG,
      main,
      ...flags,
      '--silent',
      '--disableTelemetry',
      '--skipApiVersionCheck',
    ],
    {
      // Azurite checks that it may use its working directory, but writes nothing into it.
      cwd: tmpdir(),
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        AZURITE_ACCOUNTS: accounts.map(({ name, key }) => `${name}:${key}`).join(';'),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  try {
    const url = await address(child, ended);
    return {
      url,
      accounts,
      connectionString: ({ name, key }) =>
        `DefaultEndpointsProtocol=${tls ? 'https' : 'http'};AccountName=${name};AccountKey=${key};BlobEndpoint=${url}/${name};`,
      async stop() {
        process.off('exit', kill);
        kill();
        await ended;
      },
    };
  } catch (error) {
    kill();
    throw error;
  }
}

async function address(child: ReturnType<typeof spawn>, ended: Promise<void>): Promise<string> {
  let said = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const hear = (chunk: Buffer): void => {
    said += chunk.toString('utf8');
    const url = /listens on (https?:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
    if (url !== undefined) resolve(url);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.once('error', reject);
  void ended.then(() => reject(new Error(`Azurite ended before it listened: ${said.trim()}`)));
  const timer = setTimeout(
    () => reject(new Error(`Azurite did not listen within ${START_TIMEOUT_MS / 1000} s`)),
    START_TIMEOUT_MS,
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
