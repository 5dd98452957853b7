/** What a command's program would get: its words after the shell has read it, with stand-ins for `ajar` and the programs named. */
import { execFileSync } from 'node:child_process';

/** `located` is what `ajar locate REF` prints. Programs: gcloud, az, curl; jq encodes for real. */
export function shellWords(command: string, located = ''): readonly (readonly string[])[] {
  const script = [
    'say() { for word in "$@"; do printf "%s\\036" "$word"; done; printf "\\035"; }',
    'ajar() { printf "%s" "$LOCATED"; }',
    'jq() { "$NODE" -e \'process.stdout.write(encodeURIComponent(require("fs").readFileSync(0,"utf8")))\'; }',
    ...['gcloud', 'az', 'curl'].map((name) => `${name}() { say ${name} "$@"; }`),
    command,
  ].join('\n');
  const out = execFileSync('sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', LOCATED: located, NODE: process.execPath },
  });
  return out
    .split('\x1d')
    .filter((call) => call !== '')
    .map((call) => call.split('\x1e').slice(0, -1));
}
