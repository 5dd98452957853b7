/** Campaigns over a real store and a real mail server; what a person types, by the real program. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type AnswerFlags, answerCampaign } from '../../src/cli/campaign/answer.ts';
import {
  atDesk,
  type Desk,
  listCsv,
  outcomeNow,
  pick,
  sendNow,
  waitingLines,
} from '../../src/cli/campaign/desk.ts';
import { endCampaign } from '../../src/cli/campaign/end.ts';
import { remindCampaign } from '../../src/cli/campaign/remind.ts';
import { startCampaign } from '../../src/cli/campaign/start.ts';
import type { Entry } from '../../src/model/ledger.ts';
import { mailYaml, type Seed, seedOffice } from '../campaign/seed.ts';
import { encode } from '../kit/encode.ts';
import { type MailServer, startMailServer, startReceiver } from '../notify/receivers.ts';

// Real processes one after the other, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Office {
  readonly folder: string;
  readonly server: MailServer;
  /** The real program. */
  ajar(...args: string[]): Promise<Ran>;
  /** The work of one command, in this process. */
  desk<T>(work: (desk: Desk) => Promise<T>): Promise<T>;
}

/** A folder as a scan leaves it, and a mail server. */
async function office(seed: Seed = {}, onMail?: () => null): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-campaign-'));
  const server = await startMailServer({}, onMail);
  onTestFinished(async () => {
    await server.close();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  await seedOffice(folder, { yaml: mailYaml(), ...seed });
  vi.stubEnv('TEST_SMTP_URL', `smtp://127.0.0.1:${server.port}`);
  return {
    folder,
    server,
    ajar: (...args) => ended(spawn(process.execPath, [main, ...args], { cwd: folder })),
    desk: (work) =>
      atDesk({ config: join(folder, 'ajar.yaml'), store: undefined }, (desk) =>
        work({ ...desk, tell: () => undefined }),
      ),
  };
}

async function ended(child: ChildProcess): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stdout, stderr };
}

const recipients = ({ server }: Office): readonly string[] =>
  server.mails.map(({ to }) => to.join(' ')).sort();

async function entriesOf({ archive }: Desk): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of archive.entries()) entries.push(entry);
  return entries;
}

const START = { due: '7d', name: 'autumn', by: 'cio' };
const start = (here: Office, flags = START): Promise<unknown> =>
  here.desk((desk) => startCampaign(desk, flags));

const NO_FLAGS: AnswerFlags = {
  owner: undefined,
  all: undefined,
  finding: undefined,
  answer: undefined,
  reason: undefined,
  until: undefined,
  file: undefined,
  by: 'clerk',
};
const answer = (here: Office, flags: Partial<AnswerFlags>): Promise<readonly string[]> =>
  here.desk((desk) => answerCampaign(desk, pick(desk, undefined), { ...NO_FLAGS, ...flags }));

test('starting sends every department its list once, however often it is started', async () => {
  const here = await office();
  const first = await here.ajar('campaign', 'start', '--due', '7d', '--by', 'cio');
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain('0 of 4 lists answered');
  expect(first.stderr).toContain('Without an address in owners.yaml: health');
  const all = [
    'cio@gov.example',
    'cio@gov.example',
    'office@parks.example',
    'records@lands.example privacy@lands.example',
  ];
  expect(recipients(here)).toEqual(all);
  const again = await here.ajar('campaign', 'start', '--due', '9d');
  expect(again.stderr).toContain('nothing is started anew');
  expect(recipients(here)).toEqual(all);
  const entries = await here.desk(entriesOf);
  expect(entries.filter(({ kind }) => kind === 'campaign.started')).toHaveLength(1);
  expect(entries.filter(({ kind }) => kind === 'message.sent')).toHaveLength(4);
  const told = entries.filter(({ kind }) => kind === 'told').map(({ body }) => body);
  expect(told).toEqual([
    { whom: 'owner', id: 'lands', channel: 'mail', reference: null },
    { whom: 'privacy-officer', id: 'lands', channel: 'mail', reference: null },
  ]);
});

test('two starts and two senders at once send every list once', async () => {
  const here = await office();
  const both = ['campaign', 'start', '--due', '7d', '--by', 'cio'];
  const ran = await Promise.all([here.ajar(...both), here.ajar(...both)]);
  expect(ran.map(({ code }) => code)).toEqual([0, 0]);
  await here.ajar('outbox', 'send');
  expect(here.server.mails).toHaveLength(4);
  expect(
    new Set(here.server.mails.map(({ raw }) => /Message-ID:\s*(\S+)/i.exec(raw)?.[1])).size,
  ).toBe(4);
  const entries = await here.desk(entriesOf);
  expect(entries.filter(({ kind }) => kind === 'campaign.started')).toHaveLength(1);
  expect(entries.filter(({ kind }) => kind === 'message.sent')).toHaveLength(4);
});

test('from a real scan to the letters, no raw value is anywhere', async () => {
  const hook = await startReceiver(200);
  onTestFinished(() => hook.close());
  vi.stubEnv('HOOK_KEY', 'k');
  const ops = `  ops: { type: webhook, url: "http://127.0.0.1:${hook.port}/", secretFrom: HOOK_KEY }`;
  const yaml = `${mailYaml().replace('campaign:', `${ops}\ncampaign:`)}notify: [{ channel: ops }]\n`;
  const here = await office({ yaml });
  // Made up; the check digits are right.
  const raw = ['Q372145(7)', 'A123456(3)', 'B123456(9)'];
  mkdirSync(join(here.folder, 'data'));
  const rows = raw.map((hkid, i) => `Person ${i},${hkid}`).join('\n');
  writeFileSync(join(here.folder, 'data', `${raw[0]}.csv`), `Name,HKID\n${rows}\n`);
  const scanned = await here.ajar('scan', './data', '--quiet', '--format', 'json');
  expect(scanned.code).toBe(1);
  await here.desk(async (desk) => {
    const { messages } = await startCampaign(desk, { due: '7d', name: 'real', by: 'cio' });
    await sendNow(desk, true, messages);
    const letters = await desk.archive.messages(['sent']);
    const orphans = letters.find(({ id }) => id.endsWith('/orphans/list'));
    expect(orphans?.text).toContain('folder data');
    const { read, utils } = await import('@e965/xlsx');
    const files = letters.flatMap(({ attachments }) =>
      attachments.map(({ base64 }) => {
        const book = read(Buffer.from(base64, 'base64'));
        return Object.values(book.Sheets).map((sheet) => utils.sheet_to_csv(sheet));
      }),
    );
    const notices = hook.requests.map(({ body }) => body);
    expect(notices).toHaveLength(1);
    const all = JSON.stringify([letters, files, notices, await entriesOf(desk)]);
    for (const hkid of raw) expect(all).not.toContain(hkid.slice(1, 7));
  });
});

test('a second campaign beside one that runs needs a name of its own', async () => {
  const here = await office();
  await start(here);
  const unnamed = here.desk((desk) =>
    startCampaign(desk, { due: '7d', name: undefined, by: 'cio' }),
  );
  await expect(unnamed).rejects.toThrow(/campaign-autumn runs until .*--name/);
  await start(here, { ...START, name: 'second' });
  await expect(here.desk(async (desk) => pick(desk, undefined))).rejects.toThrow(
    'several campaigns run: say which of campaign-autumn, campaign-second',
  );
});

test('the list that went out comes back as a file, and the office sees who is left', async () => {
  const here = await office();
  await start(here);
  const csv = await here.desk((desk) => listCsv(desk, pick(desk, 'autumn'), 'lands'));
  const lines = csv.split(/\r\n(?=lands,|$)/);
  const reply = [
    lines[0],
    `${lines[1]?.slice(0, -3)},已修復,,`,
    `${lines[2]?.slice(0, -3)},接受風險,系統五月搬遷,2099/5/1`,
    '',
  ].join('\r\n');
  const file = join(here.folder, 'reply.csv');
  writeFileSync(file, reply);
  expect(await answer(here, { file })).toEqual([
    'lands: answered; said fixed: 1, "ajar prove" closes them',
  ]);
  const outcome = await here.desk((desk) => outcomeNow(desk, pick(desk, 'autumn')));
  expect(outcome.rows[0]).toMatchObject({
    owner: 'lands',
    standing: 'answered',
    answeredBy: 'clerk',
    claimed: 1,
    accepted: 1,
    fixed: 0,
    open: 0,
  });
  const waiting = await here.desk((desk) => waitingLines(desk, pick(desk, 'autumn')));
  expect(waiting.map((line) => line.trim().split(':')[0])).toEqual(['health', 'parks', 'orphans']);
});

test.each([
  ['big5', '已修復'],
  ['utf-16le', '已修復'],
])('the list as a spreadsheet saves it in %s is read', async (encoding, fixed) => {
  const here = await office();
  await start(here);
  const csv = await here.desk((desk) => listCsv(desk, pick(desk, 'autumn'), 'lands'));
  const lines = csv.replace('\ufeff', '').split(/\r\n(?=lands,|$)/);
  const filled = lines.map((line) =>
    line.startsWith('lands,') ? `${line.slice(0, -3)},${fixed},,` : line,
  );
  const mark = encoding === 'utf-16le' ? '\ufeff' : '';
  const file = join(here.folder, 'reply.csv');
  writeFileSync(file, encode(mark + filled.join('\r\n'), encoding));
  expect(await answer(here, { file })).toEqual([
    'lands: answered; said fixed: 2, "ajar prove" closes them',
  ]);
});

test('the workbook that went out is read with its answers', async () => {
  const here = await office();
  await start(here);
  const [letter] = await here.desk(async ({ archive }) =>
    (await archive.messages()).filter(({ id }) => id.endsWith('/lands/list')),
  );
  const sent = Buffer.from(letter?.attachments[0]?.base64 ?? '', 'base64');
  const { read, utils, write } = await import('@e965/xlsx');
  const book = read(sent, { dense: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error('no sheet');
  utils.sheet_add_aoa(sheet, [['已修復'], ['已知悉']], { origin: { r: 1, c: 11 } });
  const file = join(here.folder, 'reply.xlsx');
  writeFileSync(file, write(book, { type: 'buffer', bookType: 'xlsx' }));
  expect(await answer(here, { file })).toEqual([
    'lands: answered; said fixed: 1, "ajar prove" closes them',
  ]);
});

test('a workbook of one’s own is read', async () => {
  const here = await office();
  await start(here);
  const { utils, write } = await import('@e965/xlsx');
  const sheet = utils.aoa_to_sheet([
    ['發現編號', '答覆', '原因', '有效至'],
    ['F-l1', '已修復', '', ''],
    ['F-l2', '接受風險', '系統五月搬遷', new Date(Date.UTC(2099, 4, 1))],
  ]);
  const book = utils.book_new(sheet, 'lands');
  const file = join(here.folder, 'reply.xlsx');
  writeFileSync(file, write(book, { type: 'buffer', bookType: 'xlsx', cellDates: true }));
  expect((await answer(here, { file }))[0]).toContain('lands: answered');
});

test('nothing of a file with a bad line is taken, and no identifier of it is shown or kept', async () => {
  const here = await office();
  await start(here);
  // Made up; the check digit is right.
  const hkid = 'Q372145(7)';
  const file = join(here.folder, 'bad.csv');
  writeFileSync(file, `finding,answer,reason\nF-l1,fixed,\nF-l2,${hkid},\n`);
  await expect(answer(here, { file })).rejects.toThrow(/bad\.csv line 3: answer "Q/);
  await expect(answer(here, { file })).rejects.not.toThrow(/372145/);
  const reason = `belongs to the holder of ${hkid}`;
  await answer(here, { owner: 'lands', finding: ['F-l1'], answer: 'not-ours', reason });
  const entries = await here.desk(entriesOf);
  expect(entries.filter(({ kind }) => kind === 'campaign.answered')).toHaveLength(1);
  expect(JSON.stringify(entries)).not.toContain('372145');
});

test('a YAML file answers as well, an empty list is confirmed', async () => {
  const here = await office();
  await start(here);
  const file = join(here.folder, 'reply.yaml');
  writeFileSync(file, 'owner: health\nanswers:\n  - { finding: F-h1, answer: 対応済み }\n');
  expect((await answer(here, { file }))[0]).toContain('health: answered');
  const nothing = { owner: 'parks', all: 'nothing-to-report' };
  expect(await answer(here, nothing)).toEqual(['parks: answered']);
  expect((await answer(here, nothing))[0]).toContain('says nothing new');
});

test.each([
  [{}, /say who answers with --owner \(lands, health, parks, orphans\)/],
  [{ owner: 'lands' }, /say what: --all acknowledged/],
  [{ owner: 'lands', all: 'maybe' }, /--all maybe: allowed are fixed, acknowledged/],
  [{ owner: 'lands', finding: ['F-l1'] }, /--finding: say what with --answer/],
  [{ owner: 'lands', answer: 'fixed' }, /--answer: goes with --finding/],
  [{ file: 'a.csv', all: 'fixed' }, /--all: does not go with --file/],
  [{ file: 'none.csv' }, /none\.csv: there is no such file/],
  [
    { owner: 'lands', finding: ['F-l1'], answer: 'accepted', reason: 'x', until: 'soon' },
    /--until soon: allowed is a day such as/,
  ],
])('an answer that says too little is told what is missing: %j', async (flags, message) => {
  const here = await office();
  await start(here);
  await expect(answer(here, flags)).rejects.toThrow(message);
});

test('after the day the chain is climbed once a day, and the end sends the office its report', async () => {
  const here = await office({ startedDaysAgo: 10 });
  const remind = (desk: Desk) => remindCampaign(desk, pick(desk, undefined), undefined);
  const { lines } = await here.desk(remind);
  expect(lines).toContain(
    'campaign-autumn lands: escalated, step 1: head@lands.example, records@lands.example, privacy@lands.example',
  );
  expect((await here.desk(remind)).lines).toEqual([]);
  const over = await here.ajar('campaign', 'end');
  expect(over.stdout).toContain('0 of 4 lists answered; 4 late.');
  expect(recipients(here).filter((to) => to.startsWith('head@'))).toHaveLength(1);
  const mails = here.server.mails.length;
  const again = await here.desk((desk) => endCampaign(desk, pick(desk, 'autumn'), 'cio'));
  expect(again.messages).toBe(0);
  const html = await here.ajar('campaign', 'report', '--format', 'html', '--language', 'ja');
  expect(html.stdout).toContain('<html lang="ja">');
  expect(html.stdout).toContain('未回答');
  expect(here.server.mails).toHaveLength(mails);
});

test('a channel that is down keeps the messages, and says what to do', async () => {
  const here = await office();
  vi.stubEnv('TEST_SMTP_URL', '');
  await here.desk(async (desk) => {
    const lines: string[] = [];
    const telling = { ...desk, tell: (line: string) => void lines.push(line) };
    const { messages } = await startCampaign(telling, START);
    await sendNow(telling, true, messages);
    expect(lines.join('\n')).toContain('the environment variable TEST_SMTP_URL is not set');
    expect(lines.filter((line) => line.includes('TEST_SMTP_URL'))).toHaveLength(1);
    const waiting = await desk.archive.messages(['waiting']);
    expect(waiting.map(({ attempts }) => attempts)).toEqual([0, 0, 0, 0]);
  });
});

test('a process that dies between handing over and noting leaves the message unsure', async () => {
  let child: ChildProcess | undefined;
  // The server has taken the mail, and before it can say so the sender is gone.
  const here = await office({}, () => {
    child?.kill('SIGKILL');
    return null;
  });
  await start(here);
  child = spawn(process.execPath, [main, 'outbox', 'send'], { cwd: here.folder });
  expect((await ended(child)).code).toBeNull();
  child = undefined;
  const arrived = recipients(here);
  expect(arrived).toHaveLength(1);
  const rest = await here.ajar('outbox', 'send');
  expect(rest.stdout).toContain('3 sent');
  expect(here.server.mails).toHaveLength(4);
  const { stdout } = await here.ajar('outbox', 'list');
  expect(stdout).toMatch(/^unsure {3}campaign-autumn\//);
  expect(stdout).toContain('It may have arrived. Ask there, then: ajar outbox resend');
  const entries = await here.desk(entriesOf);
  expect(entries.filter(({ kind }) => kind === 'message.unsure')).toHaveLength(1);
});

test('a message that is dropped is not sent, one that is sent again is', async () => {
  const here = await office();
  await start(here);
  const id = 'campaign-autumn/parks/list';
  expect((await here.ajar('outbox', 'drop', id, '--by', 'cio')).code).toBe(0);
  expect((await here.ajar('outbox', 'send')).stdout).toContain('3 sent');
  expect(recipients(here)).not.toContain('office@parks.example');
  expect((await here.ajar('outbox', 'list')).stdout).toContain('dropped by cio');
  expect((await here.ajar('outbox', 'resend', id)).code).toBe(0);
  await here.desk((desk) => sendNow(desk, true, 1));
  expect(recipients(here)).toContain('office@parks.example');
  const twice = await here.ajar('outbox', 'resend', id);
  expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('it is sent') });
});

test('outbox test tries a channel without touching the outbox', async () => {
  const hook = await startReceiver(200);
  onTestFinished(() => hook.close());
  vi.stubEnv('HOOK_KEY', 'k');
  const yaml = `channels:\n  ops: { type: webhook, url: "http://127.0.0.1:${hook.port}/", secretFrom: HOOK_KEY }\n`;
  const here = await office({ yaml });
  expect((await here.ajar('outbox', 'test', 'ops')).stdout).toContain('was taken');
  expect(hook.requests).toHaveLength(1);
});

test.each([
  [['campaign', 'start', '--due', 'soon'], /--due soon: allowed is a number of days/],
  [['campaign', 'status'], /no campaign runs; "ajar campaign start --due 7d" starts one/],
  [['campaign'], /say what to do: start, status, answer/],
  [['outbox', 'resend', 'x'], /x: no such message/],
])('wrong use is one sentence: %j', async (args, message) => {
  const here = await office();
  const ran = await here.ajar(...args);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(message);
  expect(ran.stderr).not.toContain('    at ');
});

test.each([
  [{ ...START, due: '2020-01-01' }, /--due 2020-01-01: that day has passed/],
  [{ ...START, due: '2027-02-30' }, /--due 2027-02-30: allowed is/],
  [{ ...START, name: '!!' }, /--name !!: give a short name/],
])('a campaign that cannot be started is told why: %j', async (flags, message) => {
  await expect(start(await office(), flags)).rejects.toThrow(message);
});

test('the guides name commands that there are', async () => {
  const guide = readFileSync(resolve(import.meta.dirname, '../../docs/campaigns.md'), 'utf8');
  const named = new Set([...guide.matchAll(/ajar campaign (\w+)/g)].map((match) => match[1] ?? ''));
  const { stdout } = await ended(spawn(process.execPath, [main, 'campaign', '--help']));
  for (const name of named) expect(stdout).toContain(`ajar campaign ${name}`);
  expect(named.size).toBeGreaterThan(4);
});
