/**
 * kill -9 at random points of `campaign start` and `campaign remind`: real processes, a real store, a
 * real mail server. Afterwards the command is run to its end, and then nothing may be lost and
 * nothing may have arrived twice.
 *
 * `node test/campaign/killing.ts 50 SEED` plays many rounds and prints what it saw.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { campaignsOf } from '../../src/campaign/state.ts';
import type { Entry } from '../../src/model/ledger.ts';
import type { Message } from '../../src/model/message.ts';
import { messageId } from '../../src/notify/mail.ts';
import { openStore } from '../../src/store/open.ts';
import { type Mail, startMailServer } from '../notify/receivers.ts';
import { mailYaml, seedOffice } from './seed.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
/** The server takes its time over each mail, so that kills hit between handing over and noting. */
const MAIL_MS = 60;
/** Three departments and the office's own queue. */
const LISTS = 4;

export type Verb = 'start' | 'remind';

export interface Round {
  readonly verb: Verb;
  readonly killedAtMs: readonly number[];
  /** What went wrong, in words; empty where all held. */
  readonly problems: readonly string[];
  readonly sent: number;
  readonly unsure: number;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Child {
  readonly code: number | null;
  readonly ms: number;
  readonly stderr: string;
}

async function run(folder: string, port: number, verb: Verb, killAfterMs?: number): Promise<Child> {
  const begun = Date.now();
  const args = verb === 'start' ? ['start', '--due', '7d'] : ['remind'];
  const child = spawn(process.execPath, [MAIN, 'campaign', ...args], {
    cwd: folder,
    env: { ...process.env, TEST_SMTP_URL: `smtp://127.0.0.1:${port}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const timer =
    killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  clearTimeout(timer);
  return { code, ms: Date.now() - begun, stderr };
}

/** How long the command takes when nobody ends it, on this machine as busy as it is now. */
export async function undisturbedMs(verb: Verb): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-kill-'));
  const server = await startMailServer({}, slowly);
  try {
    await seedOffice(folder, seedFor(verb));
    return (await run(folder, server.port, verb)).ms;
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const slowly = async (): Promise<null> => {
  await new Promise((done) => setTimeout(done, MAIL_MS));
  return null;
};

const seedFor = (verb: Verb) => ({
  yaml: mailYaml(),
  ...(verb === 'remind' ? { startedDaysAgo: 10 } : {}),
});

/** One or two kills, then the command to its end. */
export async function playRound(verb: Verb, tookMs: number, next: () => number): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-kill-'));
  const server = await startMailServer({}, slowly);
  try {
    await seedOffice(folder, seedFor(verb));
    // Before that it is still loading, and a kill would prove nothing.
    const at = (): number => Math.round(tookMs * (0.3 + 0.7 * next()));
    const killedAtMs = next() < 0.5 ? [at()] : [at(), at()];
    for (const ms of killedAtMs) await run(folder, server.port, verb, ms);
    const last = await run(folder, server.port, verb);
    const problems =
      last.code === 0 ? [] : [`the last run ended with ${last.code}: ${last.stderr}`];
    const { messages, entries } = await read(folder);
    return {
      verb,
      killedAtMs,
      problems: [...problems, ...judge(verb, messages, entries, server.mails)],
      sent: messages.filter(({ state }) => state === 'sent').length,
      unsure: messages.filter(({ state }) => state === 'unsure').length,
    };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function read(
  folder: string,
): Promise<{ messages: readonly Message[]; entries: readonly Entry[] }> {
  const store = await openStore(join(folder, 'store.db'));
  try {
    const entries: Entry[] = [];
    for await (const entry of store.entries()) entries.push(entry);
    return { messages: await store.messages(), entries };
  } finally {
    await store.close();
  }
}

/** Each letter is there once, is in the ledger once, and arrived once, or at most once where nobody knows. */
export function judge(
  verb: Verb,
  messages: readonly Message[],
  entries: readonly Entry[],
  mails: readonly Mail[],
): readonly string[] {
  const problems: string[] = [];
  const check = (what: string, found: unknown, wanted: unknown): void => {
    if (found !== wanted) problems.push(`${what}: ${found}, expected ${wanted}`);
  };
  check('messages', messages.length, LISTS - (verb === 'remind' ? 1 : 0));
  const kinds = (kind: Entry['kind']): readonly Entry[] =>
    entries.filter((one) => one.kind === kind);
  check('campaign.started', kinds('campaign.started').length, 1);
  const [campaign] = campaignsOf(entries);
  check('lists', campaign?.lists.length, LISTS);
  if (verb === 'remind') check('campaign.escalated', kinds('campaign.escalated').length, LISTS - 1);
  const arrived = (id: string): number => {
    const header = messageId(id, 'ajar@cio.example');
    return mails.filter(({ raw }) => raw.includes(header)).length;
  };
  for (const { id, state } of messages) {
    const count = arrived(id);
    const noted = (kind: Entry['kind']): number =>
      kinds(kind).filter(({ subject }) => subject === id).length;
    if (state === 'sent') {
      check(`${id} arrived`, count, 1);
      check(`${id} noted as sent`, noted('message.sent'), 1);
    } else if (state === 'unsure') {
      if (count > 1) problems.push(`${id}: arrived ${count} times`);
      check(`${id} noted as unsure`, noted('message.unsure'), 1);
    } else {
      problems.push(`${id}: is ${state}`);
    }
  }
  check(
    'mails',
    mails.length,
    messages.reduce((sum, { id }) => sum + arrived(id), 0),
  );
  return problems;
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 50);
  const seed = Number(process.argv[3] ?? 1);
  const next = random(seed);
  const took = { start: await undisturbedMs('start'), remind: await undisturbedMs('remind') };
  console.log(`seed ${seed}; undisturbed: start ${took.start} ms, remind ${took.remind} ms`);
  let [kills, unsure, wrong] = [0, 0, 0];
  for (let i = 0; i < rounds; i++) {
    const verb: Verb = i % 2 === 0 ? 'start' : 'remind';
    const round = await playRound(verb, took[verb], next);
    kills += round.killedAtMs.length;
    unsure += round.unsure;
    wrong += round.problems.length > 0 ? 1 : 0;
    const words = round.problems.length > 0 ? round.problems.join('; ') : 'held';
    console.log(
      `${i + 1} ${verb} killed at ${round.killedAtMs.join(', ')} ms: ${round.sent} sent, ${round.unsure} unsure: ${words}`,
    );
  }
  console.log(`${rounds} rounds, ${kills} kills: ${unsure} messages unsure, ${wrong} rounds wrong`);
  if (wrong > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
