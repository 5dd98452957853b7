/**
 * Real web servers over one temporary folder. Each serves the same doors as first segments of the
 * path, as far as it has them: `open` lists, `plain` and `json` list in another form, `byname` serves
 * files without a list, `closed` refuses, `login` asks for a password.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePorts, type RunningServer, startServer } from './process.ts';
import type { Program } from './programs.ts';

export type Door = 'open' | 'plain' | 'json' | 'byname' | 'closed' | 'login';

export interface WebServer extends RunningServer {
  /** The folder that is served; one folder a door. */
  readonly root: string;
  /** Those that this program has. */
  readonly doors: readonly Door[];
}

export interface WebServerKind {
  readonly name: string;
  /** The program's name on the PATH. */
  readonly program: string;
  readonly doors: readonly Door[];
  /** Writes the configuration, returns the arguments. */
  configure(place: Place): readonly string[];
}

export interface Place {
  readonly program: Program;
  readonly port: number;
  /** For configuration, logs and temporary files. */
  readonly folder: string;
  readonly root: string;
}

/** user `u`, password `p`, as crypt(3) MD5 of Apache's kind; opens nothing but this folder. */
const HTPASSWD = 'u:$apr1$ajarajar$JIzkMqDYDUHAGlvuAHJdV0\n';

function write(place: Place, name: string, text: string): string {
  const path = join(place.folder, name);
  writeFileSync(path, text);
  return path;
}

/** Servers that are started as root give it up, and nobody must then reach the folder. */
const ROOT = process.getuid?.() === 0;

export const nginx: WebServerKind = {
  name: 'nginx',
  program: 'nginx',
  doors: ['open', 'json', 'byname', 'closed', 'login'],
  configure(place) {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${place.folder}/${name};`)
      .join(' ');
    const passwords = write(place, 'htpasswd', HTPASSWD);
    const path = write(
      place,
      'nginx.conf',
      `daemon off; pid ${place.folder}/nginx.pid; error_log ${place.folder}/error.log;
${ROOT ? 'user nobody nogroup;' : ''} worker_processes 1; events { worker_connections 256; }
http { access_log off; ${temporary} default_type application/octet-stream; charset utf-8;
 server { listen 127.0.0.1:${place.port}; root ${place.root};
  location /open/ { autoindex on; }
  location /json/ { autoindex on; autoindex_format json; }
  location /byname/ { autoindex off; }
  location /closed/ { autoindex on; deny all; }
  location /login/ { autoindex on; auth_basic staff; auth_basic_user_file ${passwords}; } } }
`,
    );
    return ['-p', place.folder, '-c', path, '-e', join(place.folder, 'error.log')];
  },
};

export const apache: WebServerKind = {
  name: 'apache',
  program: 'apache2',
  doors: ['open', 'plain', 'byname', 'closed', 'login'],
  configure(place) {
    const modules = join(dirname(dirname(place.program.path)), 'lib/apache2/modules');
    const load = [
      'mpm_event',
      'authn_core',
      'authn_file',
      'authz_core',
      'authz_user',
      'auth_basic',
      'autoindex',
    ].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
    const passwords = write(place, 'htpasswd', HTPASSWD);
    const directory = (door: Door, ...lines: string[]): string =>
      `<Directory "${place.root}/${door}">\n${lines.join('\n')}\n</Directory>`;
    const path = write(
      place,
      'apache.conf',
      [
        ...load,
        `ServerRoot "${place.folder}"`,
        'ServerName 127.0.0.1',
        `Listen 127.0.0.1:${place.port}`,
        `PidFile "${place.folder}/apache.pid"`,
        `ErrorLog "${place.folder}/error.log"`,
        `DefaultRuntimeDir "${place.folder}"`,
        `DocumentRoot "${place.root}"`,
        ...(ROOT ? ['User #65534', 'Group #65534'] : []),
        directory('open', 'Options Indexes', 'IndexOptions FancyIndexing HTMLTable NameWidth=*'),
        directory('plain', 'Options Indexes'),
        directory('byname', 'Options -Indexes'),
        directory('closed', 'Options Indexes', 'Require all denied'),
        directory(
          'login',
          'Options Indexes',
          'AuthType Basic',
          'AuthName staff',
          `AuthUserFile "${passwords}"`,
          'Require valid-user',
        ),
        '',
      ].join('\n'),
    );
    return ['-f', path, '-DFOREGROUND'];
  },
};

export const lighttpd: WebServerKind = {
  name: 'lighttpd',
  program: 'lighttpd',
  doors: ['open', 'byname', 'closed'],
  configure(place) {
    const path = write(
      place,
      'lighttpd.conf',
      `server.document-root = "${place.root}"
server.bind = "127.0.0.1"
server.port = ${place.port}
server.modules = ( "mod_access", "mod_dirlisting" )
${ROOT ? 'server.username = "nobody"\nserver.groupname = "nogroup"' : ''}
$HTTP["url"] =~ "^/open/" { dir-listing.activate = "enable" }
$HTTP["url"] =~ "^/closed/" { url.access-deny = ( "" ) }
`,
    );
    const modules = join(dirname(dirname(place.program.path)), 'lib/lighttpd');
    return ['-D', '-f', path, '-m', modules];
  },
};

export const caddy: WebServerKind = {
  name: 'caddy',
  program: 'caddy',
  doors: ['open', 'byname', 'closed'],
  configure(place) {
    const path = write(
      place,
      'Caddyfile',
      `{
  admin off
  auto_https off
}
http://127.0.0.1:${place.port} {
  bind 127.0.0.1
  root * ${place.root}
  handle /open/* {
    file_server browse
  }
  handle /byname/* {
    file_server
  }
  handle {
    respond 403
  }
}
`,
    );
    return ['run', '--config', path, '--adapter', 'caddyfile'];
  },
};

/** `python3 -m http.server`: lists everything it serves, and it serves everything. */
export const python: WebServerKind = {
  name: 'python',
  program: 'python3',
  doors: ['open'],
  configure: ({ port, root }) => [
    '-m',
    'http.server',
    String(port),
    '--bind',
    '127.0.0.1',
    '--directory',
    root,
  ],
};

export const WEB_SERVERS: readonly WebServerKind[] = [nginx, apache, lighttpd, caddy, python];

export async function startSite(kind: WebServerKind, program: Program): Promise<WebServer> {
  const [port = 0] = await freePorts(1);
  let root = '';
  const server = await startServer({
    program: program.path,
    env: program.env,
    url: `http://127.0.0.1:${port}`,
    startTimeoutMs: 20_000,
    args(folder) {
      chmodSync(folder, 0o711);
      root = join(folder, 'www');
      for (const door of kind.doors) mkdirSync(join(root, door), { recursive: true });
      return kind.configure({ program, port, folder, root });
    },
  });
  return { ...server, root, doors: kind.doors };
}
