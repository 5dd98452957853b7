/** `ajar doctor`: what this machine has, what ajar can therefore do, and what to do about the rest. */
import { availableParallelism } from 'node:os';
import type { CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';
import type { TargetSpec } from '../../model/provider.ts';
import { EXIT } from '../exit.ts';

interface Flags {
  readonly targets: string[] | undefined;
  readonly config: string | undefined;
  readonly permissions: string | undefined;
  readonly try: boolean | undefined;
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly role: string | undefined;
}

interface Check {
  readonly state: 'ok' | 'note' | 'problem';
  readonly what: string;
  readonly detail: string;
}

const ENCODINGS = [
  'big5',
  'gb18030',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'iso-2022-jp',
  'windows-874',
];

function runtime(): Check[] {
  const missing = ENCODINGS.filter((name) => {
    try {
      return new TextDecoder(name).encoding === '';
    } catch {
      return true;
    }
  });
  return [
    { state: 'ok', what: 'Node', detail: `${process.version}, ${availableParallelism()} cores` },
    missing.length === 0
      ? { state: 'ok', what: 'Encodings', detail: 'all of the region are decoded by the platform' }
      : {
          state: 'problem',
          what: 'Encodings',
          detail: `${missing.join(', ')} missing: this Node was built without full ICU; use an official build`,
        },
  ];
}

/** Names of variables and files only, never a value. */
function credentials(): Check[] {
  const { env } = process;
  const sets = (names: readonly string[]): string =>
    names.filter((name) => env[name] !== undefined).join(', ');
  const chain = (what: string, names: readonly string[], advice: string): Check => {
    const found = sets(names);
    return found === ''
      ? { state: 'note', what, detail: `no variables set; ${advice}` }
      : { state: 'ok', what, detail: `from ${found}` };
  };
  return [
    chain(
      'S3 credentials',
      [
        'AWS_ACCESS_KEY_ID',
        'AWS_PROFILE',
        'AWS_WEB_IDENTITY_TOKEN_FILE',
        'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      ],
      'the default profile or the machine’s role will be tried',
    ),
    chain(
      'Azure credentials',
      ['AZURE_STORAGE_CONNECTION_STRING', 'AZURE_CLIENT_ID', 'AZURE_TENANT_ID'],
      'az login or a managed identity will be tried',
    ),
    chain(
      'Google credentials',
      ['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_CLOUD_PROJECT'],
      'gcloud auth application-default login or the machine’s account will be tried',
    ),
  ];
}

async function network(): Promise<Check[]> {
  const { proxyHosts } = await import('../../net/scope.ts');
  const proxies = proxyHosts(process.env);
  const ca = process.env.NODE_EXTRA_CA_CERTS;
  return [
    { state: 'note', what: 'Proxy', detail: proxies.length > 0 ? proxies.join(', ') : 'none' },
    {
      state: 'note',
      what: 'Private CA',
      detail: ca ?? 'none (NODE_EXTRA_CA_CERTS, or ca: in ajar.yaml)',
    },
  ];
}

/** Each of the three is tried, not assumed. */
async function isolation(): Promise<Check[]> {
  const [{ whatHolds }, { DEFAULT_LIMITS }] = await Promise.all([
    import('../../scan/holds.ts'),
    import('../../model/limits.ts'),
  ]);
  const holds = await whatHolds();
  if (holds === null) {
    const detail =
      'the process that reads files does not start; reinstall ajar, and check that its folder can be read';
    return [{ state: 'problem', what: 'Isolation', detail }];
  }
  const mib = DEFAULT_LIMITS.processMemoryBytes / 1024 / 1024;
  return [
    holds.files
      ? { state: 'ok', what: 'Parsers: files', detail: 'cannot open files or start programs' }
      : {
          state: 'problem',
          what: 'Parsers: files',
          detail: 'can open files: this Node does not keep to --permission; use an official build',
        },
    holds.network
      ? { state: 'ok', what: 'Parsers: network', detail: 'have none, whatever they run' }
      : {
          state: 'note',
          what: 'Parsers: network',
          detail:
            'refused to libraries only, because this system grants no network namespace; on Linux install util-linux and allow user namespaces, or run as root',
        },
    holds.memory
      ? {
          state: 'ok',
          what: 'Parsers: memory',
          detail: `watched, and ended over limits.processMemoryBytes (${mib} MiB unless set)`,
        }
      : {
          state: 'note',
          what: 'Parsers: memory',
          detail:
            'not watched on this system, only the heap is bounded; run ajar in a container with a memory limit',
        },
  ];
}

async function parts(config: string | undefined): Promise<Check[]> {
  const [{ loadDetectors }, { loadProviders }, { loadConfig }, { openStore }, { shownStore }] =
    await Promise.all([
      import('../../../detectors/registry.ts'),
      import('../../../providers/registry.ts'),
      import('../config.ts'),
      import('../../store/open.ts'),
      import('../../store/address.ts'),
    ]);
  const checks: Check[] = [
    { state: 'ok', what: 'Detectors', detail: `${(await loadDetectors()).length} identifiers` },
    {
      state: 'ok',
      what: 'Providers',
      detail: (await loadProviders()).map(({ title }) => title).join(', '),
    },
  ];
  const settings = loadConfig({ config });
  checks.push({ state: 'ok', what: 'Configuration', detail: `${settings.targets.length} targets` });
  const store = await openStore(settings.store);
  await store.close();
  checks.push({ state: 'ok', what: 'Store', detail: shownStore(settings.store) });
  return checks;
}

/** stdout carries the document alone, so that it can go into a file. */
async function printPermissions(id: string): Promise<void> {
  const { loadProviders } = await import('../../../providers/registry.ts');
  const known = (await loadProviders()).flatMap(({ id: name, leastPrivilege }) =>
    leastPrivilege ? [{ name, leastPrivilege }] : [],
  );
  const found = known.find(({ name }) => name === id);
  if (!found) {
    const allowed = known.map(({ name }) => name).join(', ');
    throw new UsageError(`--permissions ${id}: allowed are ${allowed}; other targets need no role`);
  }
  process.stdout.write(`${found.leastPrivilege.document}\n`);
  process.stderr.write(`To put it into force, ${found.leastPrivilege.grant}.\n`);
}

const SIGN = { ok: '✓', note: '·', problem: '✗' } as const;

const PLACE = ['endpoint', 'region', 'account', 'role'] as const;

/** The targets whose permissions are to be tried; none where nobody asked for that. */
function toTry(flags: Flags): TargetSpec[] | 'configured' {
  const uris = flags.targets ?? [];
  const given = PLACE.filter((option) => flags[option] !== undefined);
  const [first] = given;
  if (first !== undefined && uris.length !== 1) {
    throw new UsageError(
      `--${first} ${flags[first]}: goes with exactly one target, here are ${uris.length}`,
    );
  }
  if (flags.try === true && uris.length === 0) return 'configured';
  const place = Object.fromEntries(given.map((option) => [option, flags[option]]));
  return uris.map((uri) => ({ uri, ...place }));
}

/** True where nothing is missing. */
async function printTried(flags: Flags): Promise<boolean> {
  const wanted = toTry(flags);
  const { loadConfig } = await import('../config.ts');
  const config = loadConfig({
    config: flags.config,
    ...(wanted !== 'configured' && { targets: wanted }),
  });
  if (config.targets.length === 0) {
    throw new UsageError(
      'doctor --try: there are no targets; name one (ajar doctor s3://my-bucket) or list them in ajar.yaml',
    );
  }
  const { tryTargets } = await import('../permissions.ts');
  return tryTargets(config, (line) => process.stdout.write(`${line}\n`));
}

export const doctor: CommandModule<object, Flags> = {
  command: 'doctor [targets..]',
  describe: 'Check this machine, the configuration and the store, or the permissions at targets',
  builder: (yargs) =>
    yargs
      .positional('targets', {
        type: 'string',
        array: true,
        describe:
          'Try there which permissions of the scanning role are missing: one reading call each',
      })
      .option('try', {
        type: 'boolean',
        describe: 'The same at every target of the configuration',
      })
      .option('config', { type: 'string', describe: 'Configuration file (default ajar.yaml)' })
      .option('permissions', {
        type: 'string',
        describe: 'Print the least that a scanning role needs there: s3, gcs or azure-blob',
      })
      .option('endpoint', {
        type: 'string',
        describe: 'With one target: the address of an emulator or private cloud',
      })
      .option('region', { type: 'string', describe: 'With one target: its region' })
      .option('account', {
        type: 'string',
        describe: 'With one target: its project, subscription or accounts, as for ajar scan',
      })
      .option('role', {
        type: 'string',
        describe: 'With one target and --account: the role to take in each of these accounts',
      })
      .example('$0 doctor s3://my-bucket', 'which permissions are missing there')
      .example('$0 doctor --permissions s3 > ajar.json', 'the role, ready to be created'),
  async handler(flags) {
    if (flags.permissions !== undefined) return printPermissions(flags.permissions);
    if (flags.try === true || (flags.targets ?? []).length > 0) {
      if (!(await printTried(flags))) process.exitCode = EXIT.usage;
      return;
    }
    toTry(flags);
    const checks = [
      ...runtime(),
      ...(await isolation()),
      ...(await parts(flags.config)),
      ...credentials(),
      ...(await network()),
    ];
    for (const { state, what, detail } of checks) {
      process.stdout.write(`${SIGN[state]} ${what.padEnd(18)} ${detail}\n`);
    }
    const problems = checks.filter(({ state }) => state === 'problem').length;
    if (problems > 0) process.exitCode = EXIT.usage;
  },
};
