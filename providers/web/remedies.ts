/**
 * How a listing is switched off and the files behind it are closed, program by program.
 *
 * Switching the list off leaves every file open to who knows its name, so both are said: the list
 * is the least, a login or a refusal is what closes. The program is known by the form of its list.
 */
import type { Asset } from '../../src/model/asset.ts';
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData, RemedySubject } from '../../src/model/provider.ts';
import { quoted } from '../shell.ts';

type Steps = (asset: Asset) => readonly RemedyStep[];

function close(what: string, command: string): RemedyStep {
  return { purpose: 'close', what, command };
}

/** The path as the server's configuration has it. */
function pathOf(asset: Asset): string {
  return decodeURI(new URL(asset.url).pathname);
}

/** Text in a configuration file within double quotes. */
function inQuotes(text: string): string {
  return text.replace(/["\\$]/g, '\\$&');
}

/** Text that stands for itself in a regular expression within double quotes. */
function inPattern(text: string): string {
  const hex = (sign: string): string => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return text.replace(/["$\\.*+?^()[\]{}|]/g, hex);
}

const nginx: Steps = (asset) => [
  close(
    'Switch the list off: autoindex off; wherever it is on.',
    "sudo grep -RlE 'autoindex[[:space:]]+on;' /etc/nginx | sudo xargs -r sed -i --follow-symlinks -E 's/autoindex[[:space:]]+on;/autoindex off;/' && sudo nginx -t && sudo nginx -s reload",
  ),
  close(
    'The files stay open to who knows a name: refuse the path until it has a login. Write the rule, then put "include snippets/ajar-closed.conf;" into the server block of this host.',
    // No location: nginx refuses a second one of a path, and the first decides before a regular one.
    `printf '%s\\n' ${quoted(`if ($uri ~ "^${inPattern(pathOf(asset))}") { return 403; }`)} | sudo tee /etc/nginx/snippets/ajar-closed.conf && sudo nginx -t && sudo nginx -s reload`,
  ),
];

const apache: Steps = (asset) => [
  close(
    'Switch the list off (Options -Indexes) and refuse the path until it has a login. On Red Hat the file goes to /etc/httpd/conf.d and a2enconf is left out.',
    `printf '%s\\n' ${quoted(`<Location "${inQuotes(pathOf(asset))}">`)} 'Options -Indexes' 'Require all denied' '</Location>' | sudo tee /etc/apache2/conf-available/ajar-closed.conf && sudo a2enconf ajar-closed && sudo apachectl configtest && sudo systemctl reload apache2`,
  ),
];

const iis: Steps = (asset) => {
  const site = quoted(`Default Web Site${pathOf(asset).replace(/\/$/, '')}`);
  const appcmd = '"$env:windir\\system32\\inetsrv\\appcmd.exe"';
  return [
    close(
      'Switch directory browsing off (PowerShell on the server; put the name of the site in place of Default Web Site).',
      `& ${appcmd} set config ${site} /section:directoryBrowse /enabled:false`,
    ),
    close(
      'The files stay open to who knows a name: switch anonymous authentication off for the path.',
      `& ${appcmd} set config ${site} /section:anonymousAuthentication /enabled:false /commit:apphost`,
    ),
  ];
};

const caddy: Steps = (asset) => [
  close(
    'Take browse out of file_server.',
    "sudo sed -i -E 's/(file_server)[[:space:]]+browse/\\1/' /etc/caddy/Caddyfile && sudo caddy validate --config /etc/caddy/Caddyfile && sudo systemctl reload caddy",
  ),
  close(
    `The files stay open to who knows a name: put "respond ${pathOf(asset)}* 403" or basic_auth into the site block, then reload.`,
    'sudo caddy validate --config /etc/caddy/Caddyfile && sudo systemctl reload caddy',
  ),
];

const lighttpd: Steps = (asset) => [
  close(
    'Switch the list off and refuse the path until it has a login.',
    `printf '%s\\n' ${quoted(`$HTTP["url"] =^ "${inQuotes(pathOf(asset))}" { dir-listing.activate = "disable" url.access-deny = ("") }`)} | sudo tee /etc/lighttpd/conf-enabled/99-ajar-closed.conf && sudo lighttpd -tt -f /etc/lighttpd/lighttpd.conf && sudo systemctl reload lighttpd`,
  ),
];

/** Programs made for a developer's own machine: there is nothing to configure. */
const endIt: Steps = (asset) => {
  const { port, protocol } = new URL(asset.url);
  const number = port || (protocol === 'https:' ? '443' : '80');
  return [
    close(
      'End the program: it is made for one’s own machine and knows no access rules. Never start it on a public address.',
      `sudo fuser -k -n tcp ${number}`,
    ),
  ];
};

const servlet: Steps = () => [
  close(
    'Switch the list off: the parameter listings (Tomcat) or dirAllowed (Jetty) of the DefaultServlet to false, in web.xml; then add a security-constraint for the path and restart.',
    "sudo sed -i -E '/<param-name>(listings|dirAllowed)</,/<param-value>/ s/<param-value>true</<param-value>false</' \"$(find /etc /opt /var/lib -name web.xml -path '*conf*' 2>/dev/null | head -n 1)\"",
  ),
];

const bucket: Steps = (asset) => [
  close(
    'It is a bucket behind a web address: close the bucket itself. A scan of it names the grant and the command.',
    `ajar scan ${quoted(asset.url.replace(/^http/, 's3+http'))}`,
  ),
];

const PROGRAMS: Readonly<Record<string, Steps>> = {
  nginx,
  apache,
  iis,
  caddy,
  lighttpd,
  python: endIt,
  serve: endIt,
  'http-server': endIt,
  tomcat: servlet,
  jetty: servlet,
  s3: bucket,
};

const MOVE: RemedyStep = {
  purpose: 'remove',
  what: 'Move the files out of what the server serves; a backup or an export never belongs there.',
  command: '',
};

/** The program is not known by its list: what holds for all of them, in words. */
const anyServer: Steps = (asset) => [
  close(
    `Switch the server’s directory listing off and ask for a login at ${pathOf(asset)}; its documentation calls it directory browsing, autoindex or listing.`,
    '',
  ),
];

export const REMEDIES: readonly RemedyData[] = [
  {
    causes: ['web.listed'],
    steps: ({ asset, because }) => [
      ...(PROGRAMS[because.params.form ?? ''] ?? anyServer)(asset),
      MOVE,
    ],
  },
  // A file that is open without a list: only the request is known, not the program.
  {
    causes: ['web.read', 'probe.read'],
    steps: ({ asset }) => (asset.kind === 'file' ? [...anyServer(asset), MOVE] : [MOVE]),
  },
];

/** Repeats the plain request; slashes of a key stay, because Apache refuses them escaped. */
export function prove({ asset, key }: RemedySubject): RemedyStep {
  const curl = "curl -s -o /dev/null -w '%{http_code}\\n'";
  if (key !== null && asset.kind !== 'file') {
    const encoded = `"$(printf %s ${key} | jq -sRr 'split("/") | map(@uri) | join("/")')"`;
    return {
      purpose: 'prove',
      what: 'Ask for the file without credentials: 401, 403 or 404 means closed, 200 or 206 means open',
      command: `${curl} -r 0-0 ${quoted(asset.url)}${encoded}`,
    };
  }
  return {
    purpose: 'prove',
    what: 'Ask without credentials: 401, 403 or 404 means closed, 200 means open',
    command: `${curl} ${quoted(asset.url)}`,
  };
}
