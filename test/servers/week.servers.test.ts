/**
 * The week of the office's order, played with real commands on real servers: twelve exposures of five
 * departments, a scan, the campaign, answers of every kind, fixes by the printed commands as they
 * stand, proofs, one that opens again, one that is late, the report. Each number of the report is
 * worked out again here from what was planted and from plain unsigned requests.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CampaignOutcome, CampaignRow, PeopleRange } from '../../src/model/campaign.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { FindingRecord } from '../../src/model/lifecycle.ts';
import type { Report } from '../../src/model/report.ts';
import { CREDENTIALS, type S3ServerUnderTest, startS3 } from '../kit/s3-servers.ts';
import { type MailServer, startMailServer } from '../notify/receivers.ts';
import { asked } from './asked.ts';
import { type Desk, openDesk } from './printed.ts';

const NEEDED = ['seaweedfs', 'versitygw', 'ceph'] as const;
type ServerName = (typeof NEEDED)[number];
const isAsked = NEEDED.every(asked) && asked('aws');
const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
const CLOCK = resolve(import.meta.dirname, '../kit/clock.mjs');

type Door = 'policy' | 'numbered' | 'acl' | 'object';

interface Exposure {
  readonly server: ServerName;
  readonly bucket: string;
  readonly owner: string | null;
  readonly door: Door;
  /** Made-up people by number, the last left out. */
  readonly people: readonly [from: number, to: number];
}

const EXPOSURES: readonly Exposure[] = [
  { server: 'seaweedfs', bucket: 'lands-forms', owner: 'lands', door: 'policy', people: [0, 20] },
  { server: 'seaweedfs', bucket: 'lands-maps', owner: 'lands', door: 'numbered', people: [10, 30] },
  { server: 'seaweedfs', bucket: 'health-labs', owner: 'health', door: 'policy', people: [30, 45] },
  {
    server: 'seaweedfs',
    bucket: 'health-old',
    owner: 'health',
    door: 'numbered',
    people: [40, 50],
  },
  { server: 'seaweedfs', bucket: 'roads-a', owner: 'roads', door: 'policy', people: [50, 60] },
  { server: 'versitygw', bucket: 'roads-b', owner: 'roads', door: 'policy', people: [55, 70] },
  { server: 'versitygw', bucket: 'homes-a', owner: 'homes', door: 'policy', people: [70, 90] },
  { server: 'versitygw', bucket: 'homes-b', owner: 'homes', door: 'numbered', people: [85, 95] },
  // Some of Lands' people are Housing's too.
  { server: 'versitygw', bucket: 'homes-c', owner: 'homes', door: 'policy', people: [0, 8] },
  { server: 'ceph', bucket: 'lands-scans', owner: 'lands', door: 'acl', people: [20, 35] },
  { server: 'ceph', bucket: 'health-xray', owner: 'health', door: 'object', people: [45, 52] },
  { server: 'ceph', bucket: 'tmp-move', owner: null, door: 'policy', people: [90, 100] },
];

const DEPARTMENTS = ['lands', 'health', 'roads', 'homes', 'school'];

const OWNERS = `owners:
  - { id: lands, name: Lands Department, names: { zh-Hant: 海角地政署 }, language: zh-Hant, contact: clerk@lands.example }
  - { id: health, name: Cape Health Office, language: ja, contact: clerk@health.example }
  - { id: roads, name: Roads Department, language: zh-Hans, contact: clerk@roads.example }
  - { id: homes, name: Housing Office, contact: clerk@homes.example, escalation: [head@homes.example, chief@homes.example] }
  - { id: school, name: Schools, contact: clerk@school.example }
rules:
  - { owner: lands, bucket: "lands-*" }
  - { owner: health, bucket: "health-*" }
  - { owner: roads, bucket: "roads-*" }
  - { owner: homes, bucket: "homes-*" }
  - { owner: school, bucket: "school-*" }
`;

/** A made-up Hong Kong identity number with its right check digit. */
function person(number: number): string {
  const digits = String(200_000 + number * 7919).slice(-6);
  const sum = [...digits].reduce(
    (total, digit, at) => total + Number(digit) * (7 - at),
    36 * 9 + 25 * 8,
  );
  const check = (11 - (sum % 11)) % 11;
  return `P${digits}(${check === 10 ? 'A' : check})`;
}

function numbers([from, to]: Exposure['people']): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

function union(exposures: readonly Exposure[]): number {
  return new Set(exposures.flatMap(({ people }) => numbers(people))).size;
}

function policyOf({ bucket, door }: Exposure): string {
  const grant = (Sid: string, Action: string, Resource: string): object => ({
    ...(door === 'policy' && { Sid }),
    Effect: 'Allow',
    Principal: '*',
    Action,
    Resource,
  });
  const arn = `arn:aws:s3:::${bucket}`;
  const Statement = [
    grant('Read', 's3:GetObject', `${arn}/*`),
    grant('List', 's3:ListBucket', arn),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

async function open(server: S3ServerUnderTest, exposure: Exposure): Promise<void> {
  const { bucket, door } = exposure;
  const { client } = server;
  if (door === 'policy' || door === 'numbered') {
    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policyOf(exposure) }));
    return;
  }
  await client.send(new PutObjectAclCommand({ Bucket: bucket, Key: KEY, ACL: 'public-read' }));
  if (door === 'acl') {
    await client.send(new PutBucketAclCommand({ Bucket: bucket, ACL: 'public-read' }));
  }
}

const KEY = 'register/people.csv';

if (!isAsked) {
  test('the week: not asked for in this run (it needs seaweedfs, versitygw, ceph and aws)', () => {});
} else {
  week();
}

function week(): void {
  let folder: string;
  let mail: MailServer;
  let report: Report;
  const servers = new Map<ServerName, S3ServerUnderTest>();
  const desks = new Map<ServerName, Desk>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ajar-week-'));
    mail = await startMailServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] });
    await Promise.all(
      NEEDED.map(async (name) => {
        const server = await startS3(name);
        servers.set(name, server);
        const { accessKeyId, secretAccessKey } = server.keys;
        const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
        desks.set(name, openDesk(['aws'], keys));
      }),
    );
    for (const exposure of EXPOSURES) {
      const server = serverOf(exposure.server);
      await server.createBucket(
        exposure.bucket,
        exposure.door === 'acl' || exposure.door === 'object',
      );
      const rows = numbers(exposure.people).map((one) => `Made Up ${one},${person(one)}`);
      await server.put(exposure.bucket, KEY, `name,HKID\n${rows.join('\n')}\n`);
      await open(server, exposure);
    }
    const targets = NEEDED.map((name) => {
      const server = serverOf(name);
      const own = Object.fromEntries(
        Object.keys(CREDENTIALS).map((role) => [role, `${name}_${role}`.toUpperCase()]),
      );
      return { uri: server.url.replace(/^http/, 's3+http'), name, credentials: own };
    });
    writeFileSync(join(folder, 'owners.yaml'), OWNERS);
    writeFileSync(
      join(folder, 'ajar.yaml'),
      `owners: owners.yaml
targets: ${JSON.stringify(targets)}
channels:
  mail: { type: mail, url: "smtp://127.0.0.1:${mail.port}", from: "ajar <ajar@cio.example>", tls: none }
campaign:
  office: { name: CIO Office, email: cio@cio.example }
`,
    );
  }, 240_000);
  afterAll(async () => {
    for (const desk of desks.values()) desk.clear();
    for (const server of servers.values()) await server.stop();
    await mail?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function serverOf(name: ServerName): S3ServerUnderTest {
    const server = servers.get(name);
    if (!server) throw new Error(`${name} did not start`);
    return server;
  }

  /** One command, `day` days after the beginning; it may end with any of `codes`. */
  async function ajar(day: number, codes: readonly number[], ...args: string[]): Promise<string> {
    const credentials = NEEDED.flatMap((name) => {
      const { accessKeyId, secretAccessKey } = serverOf(name).keys;
      const of = { accessKeyId, secretAccessKey };
      return Object.entries(of).map(([role, value]) => [`${name}_${role}`.toUpperCase(), value]);
    });
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        ...Object.fromEntries(credentials),
        AWS_EC2_METADATA_DISABLED: 'true',
        NODE_OPTIONS: `--import ${JSON.stringify(CLOCK)}`,
        AJAR_TEST_DAYS: String(day),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const code = await new Promise<number | null>((done) => child.on('close', done));
    expect(codes, `ajar ${args.join(' ')}: ${code}\n${err}\n${out}`).toContain(code);
    for (const one of [0, 20, 50, 99]) expect(out + err).not.toContain(person(one));
    return out;
  }

  const findingOf = (bucket: string): Finding => {
    const found = report.findings.filter(({ asset }) => asset.name === bucket);
    expect(found, bucket).toHaveLength(1);
    return found[0] as Finding;
  };
  const exposureOf = (bucket: string): Exposure =>
    EXPOSURES.find((one) => one.bucket === bucket) as Exposure;
  const records = async (day: number): Promise<readonly FindingRecord[]> =>
    JSON.parse(await ajar(day, [0], 'findings', '--format', 'json')) as FindingRecord[];
  const statusOf = async (day: number, bucket: string): Promise<string> => {
    const record = (await records(day)).find(({ finding }) => finding.asset.name === bucket);
    return record?.status ?? 'none';
  };

  /** Does a plain request without credentials get the register, or the list that leads to it? */
  async function isOpen({ server, bucket }: Exposure): Promise<boolean> {
    const base = `${serverOf(server).url}/${bucket}`;
    const answers = await Promise.all([fetch(`${base}/${KEY}`), fetch(`${base}?list-type=2`)]);
    for (const answer of answers) await answer.body?.cancel();
    return answers.some(({ status }) => status === 200);
  }

  /** Fixes by the printed commands, as they stand. */
  async function fix(bucket: string): Promise<void> {
    const desk = desks.get(exposureOf(bucket).server);
    const steps = findingOf(bucket).remedy.filter(
      ({ purpose, command }) => purpose === 'close' && command !== '',
    );
    expect(steps.length, bucket).toBeGreaterThan(0);
    for (const { command } of steps) {
      // References are opened by the store that lies there.
      const ran = await desk?.run(`cd '${folder}' && ${command}`);
      expect([command, ran?.code, ran?.stderr]).toEqual([command, 0, ran?.stderr]);
    }
    expect(await isOpen(exposureOf(bucket)), `${bucket} after its commands`).toBe(false);
  }

  test('day 0: the scan finds what was planted, and nobody counts twice', {
    timeout: 180_000,
  }, async () => {
    await ajar(0, [1, 4], 'scan', '--quiet');
    report = JSON.parse(readFileSync(join(folder, 'ajar-report/report.json'), 'utf8')) as Report;
    expect(report.findings.map(({ asset }) => asset.name).toSorted()).toEqual(
      EXPOSURES.map(({ bucket }) => bucket).toSorted(),
    );
    for (const exposure of EXPOSURES) {
      const { people, owner } = findingOf(exposure.bucket);
      const count = numbers(exposure.people).length;
      expect([exposure.bucket, people, owner?.id ?? null]).toEqual([
        exposure.bucket,
        { atLeast: count, atMost: count },
        exposure.owner,
      ]);
    }
    for (const { id, people } of report.departments) {
      expect([id, people]).toEqual([id, union(EXPOSURES.filter(({ owner }) => owner === id))]);
    }
    expect(report.people).toBe(union(EXPOSURES));
  });

  test('day 0: every department gets its list, even an empty one', {
    timeout: 60_000,
  }, async () => {
    await ajar(0, [0], 'campaign', 'start', '--due', '7d', '--name', 'week', '--by', 'CIO');
    // A second start starts nothing anew and sends nothing twice.
    await ajar(0, [0], 'campaign', 'start', '--due', '7d', '--name', 'week', '--by', 'CIO');
    expect(mail.mails.map(({ to }) => to.join()).toSorted()).toEqual(
      [...DEPARTMENTS.map((id) => `clerk@${id}.example`), 'cio@cio.example'].toSorted(),
    );
    for (const { raw } of mail.mails) {
      for (const exposure of EXPOSURES) expect(raw).not.toContain(person(exposure.people[0]));
    }
  });

  test('days 1 and 2: answers of every kind', { timeout: 120_000 }, async () => {
    await ajar(
      1,
      [0],
      'campaign',
      'answer',
      '--owner',
      'school',
      '--all',
      'nothing-to-report',
      '--by',
      'School clerk',
    );
    const list = await ajar(1, [0], 'campaign', 'list', 'lands');
    const said = new Map([
      [findingOf('lands-forms').id, 'FIXED '],
      [findingOf('lands-maps').id, '已修復'],
      [findingOf('lands-scans').id, 'acknowledged'],
    ]);
    writeFileSync(join(folder, 'lands.csv'), filled(list, said));
    await ajar(1, [0], 'campaign', 'answer', '--file', 'lands.csv', '--by', 'Lands clerk');
    const answer = (day: number, owner: string, bucket: string, ...rest: string[]) =>
      ajar(
        day,
        [0],
        'campaign',
        'answer',
        '--owner',
        owner,
        '--finding',
        findingOf(bucket).id,
        ...rest,
        '--by',
        `${owner} clerk`,
      );
    await answer(1, 'health', 'health-labs', '--answer', 'fixed');
    const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    const why = `Patient ${person(40)} moves with the new system`;
    await answer(
      2,
      'health',
      'health-old',
      '--answer',
      'accepted',
      '--reason',
      why,
      '--until',
      until,
    );
    await answer(2, 'health', 'health-xray', '--answer', 'acknowledged');
    await answer(2, 'roads', 'roads-a', '--answer', 'not-ours', '--reason', 'built by Housing');
    await answer(2, 'roads', 'roads-b', '--answer', 'fixed');
    expect(await statusOf(2, 'health-old')).toBe('accepted');
    expect(await statusOf(2, 'roads-a')).toBe('not-ours');
    // What somebody says is a claim.
    expect(await statusOf(2, 'health-labs')).not.toBe('fixed');
  });

  test('day 2: the printed commands close the doors, and only a proof says so', {
    timeout: 240_000,
  }, async () => {
    for (const bucket of FIXED) await fix(bucket);
    const out = await ajar(2, [1], 'prove', '--all', '--by', 'CIO', '--format', 'ndjson');
    expect(out).not.toBe('');
    for (const exposure of EXPOSURES) {
      const status = await statusOf(2, exposure.bucket);
      expect([exposure.bucket, status === 'fixed']).toEqual([
        exposure.bucket,
        !(await isOpen(exposure)),
      ]);
    }
    // Claimed, and still open.
    expect(await statusOf(2, 'roads-b')).not.toBe('fixed');
  });

  test('day 3: what opens again is reopened, what is not ours finds its owner', {
    timeout: 90_000,
  }, async () => {
    await open(serverOf('seaweedfs'), exposureOf('lands-maps'));
    await ajar(3, [1], 'prove', findingOf('lands-maps').id, '--by', 'CIO');
    expect(await statusOf(3, 'lands-maps')).toBe('reopened');
    await ajar(
      3,
      [0],
      'findings',
      'assign',
      findingOf('roads-a').id,
      '--owner',
      'homes',
      '--by',
      'CIO',
    );
  });

  test('days 6 to 9: who is silent is reminded, then the chain is climbed, then the answer is late', {
    timeout: 90_000,
  }, async () => {
    const before = mail.mails.length;
    await ajar(6.5, [0], 'campaign', 'remind', '--by', 'cron');
    await ajar(6.5, [0], 'campaign', 'remind', '--by', 'cron');
    const reminded = mail.mails.slice(before).map(({ to }) => to.join());
    expect(reminded.toSorted()).toEqual(['cio@cio.example', 'clerk@homes.example']);
    const then = mail.mails.length;
    await ajar(9, [0], 'campaign', 'remind', '--by', 'cron');
    const climbed = mail.mails.slice(then).flatMap(({ to }) => to);
    expect(climbed).toContain('head@homes.example');
    expect(climbed.some((to) => /lands|health|roads|school/.test(to))).toBe(false);
    await ajar(
      9,
      [0],
      'campaign',
      'answer',
      '--owner',
      'homes',
      '--finding',
      findingOf('homes-a').id,
      '--answer',
      'fixed',
      '--all',
      'acknowledged',
      '--by',
      'Homes clerk',
    );
  });

  test('day 10: the report to the office holds what can be worked out without it', {
    timeout: 90_000,
  }, async () => {
    await ajar(10, [0], 'campaign', 'end', '--by', 'CIO');
    const outcome = JSON.parse(
      await ajar(10, [0], 'campaign', 'report', '--format', 'json'),
    ) as CampaignOutcome;
    const doors = await Promise.all(
      EXPOSURES.map(async (one) => ({ one, isOpen: await isOpen(one) })),
    );
    const openOf = (own: readonly Exposure[]): readonly Exposure[] =>
      doors.filter((door) => door.isOpen && own.includes(door.one)).map(({ one }) => one);
    for (const id of [...DEPARTMENTS, null]) {
      const row = outcome.rows.find(({ owner }) => owner === id) as CampaignRow;
      const own = EXPOSURES.filter(({ owner }) => owner === id);
      expect([id, row.findings]).toEqual([id, own.length]);
      expect([id, row.fixed]).toEqual([id, own.length - openOf(own).length]);
      expect([id, row.fixed + row.claimed + row.open + row.accepted + row.notOurs]).toEqual([
        id,
        own.length,
      ]);
      expect([id, row.late]).toEqual([id, id === 'homes' || id === null]);
      contains(row.peopleThen, union(own));
      contains(row.peopleNow, union(openOf(own)));
    }
    const count = (field: 'claimed' | 'accepted' | 'notOurs'): readonly (string | null)[] =>
      outcome.rows.filter((row) => row[field] > 0).map(({ owner }) => owner);
    // What Roads said was tried and found untrue; what Housing says nobody has tried yet.
    expect(count('claimed')).toEqual(['homes']);
    expect(count('accepted')).toEqual(['health']);
    expect(count('notOurs')).toEqual(['roads']);
    contains(outcome.peopleThen, union(EXPOSURES));
    contains(outcome.peopleNow, union(openOf(EXPOSURES)));
    expect(outcome.peopleThen).toEqual({ atLeast: union(EXPOSURES), atMost: union(EXPOSURES) });
  });

  test('the ledger holds, and a changed entry shows', { timeout: 60_000 }, async () => {
    await ajar(10, [0], 'ledger', 'verify');
    const page = await ajar(10, [0], 'findings', 'show', findingOf('lands-maps').id);
    for (const word of ['fixed', 'reopened', 'CIO']) expect(page).toContain(word);
    const store = readFileSync(join(folder, '.ajar/store.db'));
    for (const one of [0, 40, 99]) {
      expect(store.includes(person(one)) || store.includes(person(one).slice(0, 7))).toBe(false);
    }
  });
}

const FIXED = ['lands-forms', 'lands-maps', 'lands-scans', 'health-labs', 'health-xray'];

function contains({ atLeast, atMost }: PeopleRange, truth: number): void {
  expect(atLeast).toBeLessThanOrEqual(truth);
  expect(atMost).toBeGreaterThanOrEqual(truth);
}

/** The list as the clerk sends it back: the column `answer` filled in by finding. */
function filled(csv: string, said: ReadonlyMap<string, string>): string {
  const bare = csv.replace(/^\uFEFF/, '');
  const records = bare.match(/(?:"(?:[^"]|"")*"|[^"\r\n])+(?:\r?\n|$)/g) ?? [];
  const cells = records.map((record) =>
    (record.trimEnd().match(/(?:"(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []).map((cell) =>
      cell.replace(/,$/, ''),
    ),
  );
  const heads =
    cells.find((row) => row.some((cell) => /^"?answer"?$|答覆|答复|回答|回覆|回复/.test(cell))) ??
    [];
  const at = heads.findIndex((cell) => /^"?answer"?$|答覆|答复|回答|回覆|回复/.test(cell));
  return cells
    .map((row) => {
      const id = row.map((cell) => cell.replaceAll('"', '')).find((cell) => said.has(cell));
      return id === undefined
        ? row
        : row.map((cell, n) => (n === at ? (said.get(id) ?? '') : cell));
    })
    .map((row) => row.join(','))
    .join('\r\n');
}
