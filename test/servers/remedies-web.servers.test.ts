/** The printed commands of web servers, on real ones installed as their distribution does it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePorts } from '../../localstack/servers/process.ts';
import type { Finding } from '../../src/model/finding.ts';
import { asked } from './asked.ts';
import { type Machine, startMachine } from './installed.ts';
import { type Desk, noteCommand, openDesk, programsOf, uniqueSteps } from './printed.ts';

// Made up, with right check digits.
const PEOPLE = ['Q372145(7)', 'U104226(A)', 'O551907(2)'];
const LIST = `Name,HKID\n${PEOPLE.map((id) => `Person,${id}`).join('\n')}\n`;

interface Kind {
  readonly name: string;
  /** Names of the recipes that have to be asked for. */
  readonly needs: readonly string[];
  readonly packages: readonly string[];
  /** What `systemctl reload` does in place of systemd. */
  readonly reload: string;
  /** Shell: writes the site, starts the server. */
  readonly start: (port: number, www: string) => string;
  /** What the sentence beside a command tells a person to do, once the command has run. */
  readonly byHand?: (port: number) => string;
}

const KINDS: readonly Kind[] = [
  {
    name: 'nginx',
    needs: ['nginx'],
    packages: ['nginx'],
    reload: 'echo "nginx is reloaded by itself" >&2; exit 1',
    start: (
      port,
      www,
    ) => `mkdir -p /var/log/nginx /var/lib/nginx /etc/nginx/snippets /etc/nginx/sites-enabled
printf 'server { listen 127.0.0.1:${port}; root ${www}; location /open/ { autoindex on; } }\\n' > /etc/nginx/sites-enabled/lands
nginx`,
    byHand: () =>
      `sed -i 's#location /open/#include snippets/ajar-closed.conf; location /open/#' /etc/nginx/sites-enabled/lands`,
  },
  {
    name: 'apache',
    needs: ['apache', 'apache-layout'],
    packages: ['apache-layout', 'apache2'],
    reload: '[ "$*" = "reload apache2" ] && exec apachectl graceful',
    start: (port, www) => `mkdir -p /run/lock /run/apache2 /var/log/apache2
cd /usr/sbin; printf 'Listen 127.0.0.1:${port}\\n' > /etc/apache2/ports.conf
for one in mpm_event authz_core authz_host authn_core autoindex dir; do ln -sf ../mods-available/$one.load /etc/apache2/mods-enabled/; done
printf 'ServerName 127.0.0.1\\n<VirtualHost 127.0.0.1:${port}>\\nDocumentRoot ${www}\\n<Directory ${www}>\\nOptions Indexes\\nRequire all granted\\n</Directory>\\n</VirtualHost>\\n' > /etc/apache2/sites-enabled/lands.conf
apachectl start`,
  },
  {
    name: 'caddy',
    needs: ['caddy'],
    packages: ['caddy'],
    reload: '[ "$*" = "reload caddy" ] && exec caddy reload --config /etc/caddy/Caddyfile',
    start: (port, www) => `mkdir -p /etc/caddy
printf '{\\n admin unix//run/caddy.sock\\n auto_https off\\n}\\nhttp://127.0.0.1:${port} {\\n bind 127.0.0.1\\n root * ${www}\\n file_server browse\\n}\\n' > /etc/caddy/Caddyfile
caddy start --config /etc/caddy/Caddyfile > /dev/null 2>&1`,
    byHand: () => `sed -i 's#^ bind.*#&\\n respond /open/* 403#' /etc/caddy/Caddyfile`,
  },
  {
    name: 'lighttpd',
    needs: ['lighttpd'],
    packages: ['lighttpd'],
    reload: '[ "$*" = "reload lighttpd" ] && kill -USR1 "$(cat /run/lighttpd.pid)"',
    start: (port, www) => `mkdir -p /etc/lighttpd/conf-enabled
printf 'server.modules = ( "mod_access", "mod_dirlisting" )\\nserver.document-root = "${www}"\\nserver.bind = "127.0.0.1"\\nserver.port = ${port}\\nserver.pid-file = "/run/lighttpd.pid"\\ndir-listing.activate = "enable"\\ninclude "/etc/lighttpd/conf-enabled/*.conf"\\n' > /etc/lighttpd/lighttpd.conf
lighttpd -f /etc/lighttpd/lighttpd.conf`,
  },
];

for (const kind of KINDS) {
  const missing = kind.needs.filter((name) => !asked(name));
  if (missing.length > 0) {
    test(`${kind.name}: ${missing.join(', ')} not asked for in this run`, () => {
      const outcome = `not run: AJAR_SERVERS=${missing.join(',')} asks for it`;
      noteCommand({ server: kind.name, cause: 'all', purpose: 'all', programs: [], outcome });
    });
    continue;
  }

  describe(kind.name, () => {
    let machine: Machine | null = null;
    let desk: Desk;
    let url = '';
    let findings: readonly Finding[] = [];

    beforeAll(async () => {
      machine = await startMachine(kind.packages, kind.reload);
      if (!machine) return;
      const { www } = machine;
      mkdirSync(join(www, 'open', 'forms'), { recursive: true });
      writeFileSync(join(www, 'open', 'forms', 'list.csv'), LIST);
      const [port = 0] = await freePorts(1);
      machine.run(kind.start(port, www));
      desk = openDesk([], {}, machine);
      url = `http://127.0.0.1:${port}/open/`;
      await answers(url, 200);
      findings = await desk.scan([{ uri: url }]);
    }, 120_000);
    afterAll(() => {
      desk?.clear();
      machine?.stop();
    });

    test('every command, verbatim: the list and the files are refused, the files stay', async () => {
      if (!machine) {
        const outcome = 'not run: this machine lets nobody mount';
        noteCommand({ server: kind.name, cause: 'all', purpose: 'all', programs: [], outcome });
        return;
      }
      expect(findings).toHaveLength(1);
      const [finding] = findings;
      const all = uniqueSteps(findings).filter(({ command }) => command !== '');
      const cause = finding?.verdict.reasons[0]?.code ?? '';
      const runAll = async (): Promise<void> => {
        for (const { command, purpose } of all.filter((step) => step.purpose === 'close')) {
          const ran = await desk.run(command);
          expect([command, ran.code, ran.stderr]).toEqual([command, 0, ran.stderr]);
          const programs = programsOf(command);
          const outcome = programs.includes('systemctl') ? 'ran, systemctl stood in' : 'ran';
          noteCommand({ server: kind.name, cause, purpose, programs, outcome });
        }
      };
      await runAll();
      if (kind.byHand) {
        machine.run(kind.byHand(Number(new URL(url).port)));
        await runAll();
      }
      await answers(url, 403);
      await answers(`${url}forms/list.csv`, 403);
      expect(machine.run(`cat ${machine.www}/open/forms/list.csv`), 'the data is intact').toBe(
        LIST,
      );
      const { statement, became } = await desk.prove(finding?.id ?? '');
      expect([statement.because, became]).toEqual([statement.because, 'fixed']);
      for (const { command } of all.filter((step) => step.purpose === 'prove')) {
        const ran = await desk.run(command);
        expect(ran.stdout.trim(), ran.stderr).toMatch(/^403$|closed, 0 open, 0 unknown$/);
        noteCommand({
          server: kind.name,
          cause,
          purpose: 'prove',
          programs: programsOf(command),
          outcome: 'ran',
        });
      }
    }, 120_000);
  });
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

/** A server takes a moment to start and to reload. */
async function answers(url: string, status: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const got = await statusOf(url);
      if (got !== status) throw new Error(`${url} answers ${got}`);
    },
    { timeout: 20_000, interval: 100 },
  );
}
