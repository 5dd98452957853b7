/**
 * Before the server suite: every server that was asked for is there, or the suite fails with the
 * command that brings it. After it: what ran, and what documents, ajar and plain requests said.
 *
 * `AJAR_SERVERS=nginx,ceph` asks for those; unset, for all that are installed by default. `available`
 * asks for those of them that this machine can have: what it cannot is named, with the reason, among
 * those that did not run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosen, type Installed, install, RECIPES } from '../../localstack/servers/install.ts';
import { agreement, OUTCOMES, type Outcome, outcomes } from './outcome.ts';
import { COMMANDS, type CommandOutcome, commandOutcomes } from './printed.ts';

export default function setup(): () => void {
  const startedAt = Date.now();
  const wanted = (process.env.AJAR_SERVERS ?? '').split(',').filter((name) => name !== '');
  const whatThereIs = wanted.join() === 'available';
  const tried = chosen(whatThereIs ? [] : wanted).map((recipe) => {
    const result = install(recipe);
    say(installedText(result));
    return { recipe, state: result.state };
  });
  const missing = tried.filter(({ state }) => state === 'missing').map(({ recipe }) => recipe);
  const asked = tried.filter(({ state }) => state !== 'missing').map(({ recipe }) => recipe);
  if (missing.length > 0 && !whatThereIs) {
    const names = missing.map(({ name }) => name).join(' ');
    throw new Error(
      `servers that were asked for could not be had: ${names}; see above, or run: node localstack/servers/install.ts ${names}`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'ajar-outcomes-'));
  const file = join(folder, 'outcomes.ndjson');
  process.env[OUTCOMES] = file;
  const commands = join(folder, 'commands.ndjson');
  process.env[COMMANDS] = commands;
  process.env.AJAR_SERVERS_RUN = asked.map(({ name }) => name).join(',');
  return () => {
    print(
      outcomes(file).toSorted((a, b) => (a.server < b.server ? -1 : Number(a.server > b.server))),
    );
    printCommands(commandOutcomes(commands));
    const names = asked.map(({ name }) => name);
    const others = RECIPES.map(({ name }) => name).filter((name) => !names.includes(name));
    say(`ran: stand-ins, ${names.join(', ')}; did not run: ${others.join(', ') || 'none'}`);
    say(`${Math.round((Date.now() - startedAt) / 1000)} s, installing included`);
    rmSync(folder, { recursive: true, force: true });
  };
}

function installedText({ name, state, seconds, detail }: Installed): string {
  return `server ${name.padEnd(21)} ${state.padEnd(9)} ${seconds} s  ${detail}`;
}

/** Printed commands: which ran as they stand, which could not and why. */
function printCommands(all: readonly CommandOutcome[]): void {
  const counts = new Map<string, number>();
  for (const { server, cause, purpose, programs, outcome } of all) {
    const row = [server, cause, purpose, programs.join('+'), outcome].join('\t');
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  const rows = [...counts].map(([row, count]) => [...row.split('\t'), String(count)]).sort();
  table(['server', 'cause', 'purpose', 'programs', 'printed command', 'times'], rows);
}

function print(all: readonly Outcome[]): void {
  const rows = all.map((one) => [
    one.server,
    one.row,
    one.config,
    one.probe,
    one.verdict,
    one.plain,
    agreement(one),
  ]);
  table(['server', 'state', 'by documents', 'by requests', 'verdict', 'plain', 'together'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  for (const row of [head, ...rows]) {
    say(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
