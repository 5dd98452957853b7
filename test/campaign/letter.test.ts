import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { listOf } from '../../src/campaign/answer.ts';
import { endLetter, listLetter, nudgeLetter, type Post } from '../../src/campaign/letter.ts';
import { noticesOf } from '../../src/campaign/notice.ts';
import { dueNudges } from '../../src/campaign/nudge.ts';
import { outcomeOf } from '../../src/campaign/outcome.ts';
import { campaignsOf } from '../../src/campaign/state.ts';
import { outcomeEntries } from '../../src/campaign/told.ts';
import { WORDS } from '../../src/campaign/words/index.ts';
import { LANGUAGES } from '../../src/model/language.ts';
import type { Message, NewMessage } from '../../src/model/message.ts';
import {
  answerAt,
  campaignAfter,
  DEPARTMENTS,
  day,
  FINDINGS,
  LANDS,
  officeReport,
  RECORDS,
  record,
  SETTINGS,
  started,
} from './office.ts';

const findings = new Map(FINDINGS.map((finding) => [finding.id, finding]));
const title = (detector: string): string =>
  detector === 'hk.hkid' ? 'Hong Kong identity card' : detector;

/** Stands in for the renderer: the cells as they are. */
const workbook: Post['workbook'] = (rows) => Buffer.from(rows.flat().join('\n'));

function post(more: Partial<Post> = {}): Post {
  const campaign = campaignAfter();
  const given = { departments: DEPARTMENTS, findings, title, workbook, settings: SETTINGS };
  return { campaign, ...given, ...more };
}

function letterOf(owner: string | null, more: Partial<Post> = {}): NewMessage {
  const given = post(more);
  const letter = listLetter(given, listOf(given.campaign, owner));
  if (letter === null) throw new Error('no letter');
  return letter;
}

test('a list goes to the department’s contacts in its language, with the file', () => {
  const letter = letterOf('lands');
  expect(letter).toMatchObject({
    id: 'campaign-autumn/lands/list',
    channel: 'mail',
    to: ['records@lands.example', 'privacy@lands.example'],
    language: 'zh-Hant',
    about: 'campaign-autumn',
  });
  expect(letter.subject).toContain('海角地政署');
  expect(letter.text).toContain('F-l1');
  expect(letter.text).toContain('600 人');
  const file = Buffer.from(letter.attachments[0]?.base64 ?? '', 'base64').toString();
  expect(file).toContain('發現編號');
  expect(file).toContain('aws s3api put-public-access-block --bucket lands-exports');
});

test('an empty list is sent too, to be confirmed', () => {
  const letter = letterOf('parks');
  expect(letter.subject).toContain('nothing found at Parks');
  expect(letter.text).toContain('confirm');
});

test('what has no department, and whom no address is known of, goes to the office', () => {
  expect(letterOf(null).to).toEqual(['cio@gov.example']);
  const health = letterOf('health');
  expect(health.to).toEqual(['cio@gov.example']);
  expect(health.text).toContain('There is no address for 岬保健局 in owners.yaml');
});

test('a channel that knows where it leads needs no address', () => {
  const nobody = { ...SETTINGS.office, to: [] };
  const mail = post({ settings: { ...SETTINGS, office: nobody } });
  expect(listLetter(mail, listOf(mail.campaign, 'health'))).toBeNull();
  const tickets = post({ settings: { ...SETTINGS, office: nobody, addressed: false } });
  expect(listLetter(tickets, listOf(tickets.campaign, 'health'))?.to).toEqual([]);
});

test('without a channel nothing is written', () => {
  const given = post({ settings: { ...SETTINGS, channel: null } });
  expect(listLetter(given, listOf(given.campaign, 'lands'))).toBeNull();
});

test('a name with line breaks adds no line to a subject, and hides nothing in a text', () => {
  const departments = [{ ...LANDS, names: { 'zh-Hant': 'Lands\r\nBcc: all@gov.example\u202e' } }];
  const letter = letterOf('lands', { departments });
  expect(letter.subject).not.toMatch(/[\r\n\u202e]/);
  expect(letter.text).not.toContain('\u202e');
  expect(letter.text).not.toContain('\nBcc:');
});

test('a reminder shows what is left and says how much of how much', () => {
  const answers = [{ finding: 'F-l1', answer: 'fixed', reason: null, until: null }] as const;
  const campaign = campaignAfter(answerAt({ answers }, day(1)));
  const [nudge] = dueNudges(campaign, DEPARTMENTS, SETTINGS, day(4));
  if (!nudge) throw new Error('nothing is due');
  const letter = nudgeLetter(post({ campaign }), nudge);
  expect(letter?.id).toBe('campaign-autumn/lands/remind-1');
  expect(letter?.text).toContain('2 項發現中尚有 1 項');
  expect(letter?.text).toContain('F-l2');
  expect(letter?.text).not.toContain('F-l1');
});

test('the list goes as a workbook in the department’s name and language', () => {
  const seen: string[] = [];
  const letter = letterOf('lands', {
    workbook: (rows, name, language) => {
      seen.push(`${rows.length} ${name} ${language}`);
      return Buffer.from('PK');
    },
  });
  expect(seen).toEqual(['3 海角地政署 zh-Hant']);
  expect(letter.attachments[0]?.name).toBe('campaign-autumn-lands.xlsx');
  expect(letter.text).toContain('campaign-autumn-lands.xlsx');
});

test('an empty orphan queue has nobody to confirm it to', () => {
  const [campaign] = campaignsOf([started(RECORDS.slice(0, 3))]);
  if (!campaign) throw new Error('no campaign');
  expect(listOf(campaign, null).standing).toBe('answered');
  expect(listLetter(post({ campaign }), listOf(campaign, null))).toBeNull();
  expect(listLetter(post({ campaign }), listOf(campaign, 'parks'))).not.toBeNull();
});

test('a letter writes out twenty findings and leaves the others to the file', () => {
  const many = Array.from({ length: 25 }, (_, i) => ({ ...FINDINGS[0], id: `F-${i}` }));
  const campaign = campaignAfter();
  const list = { ...listOf(campaign, 'lands'), findings: many.map(({ id }) => id) };
  const all = new Map(many.map((one) => [one.id, one as (typeof FINDINGS)[number]]));
  const letter = listLetter(post({ findings: all, departments: [] }), list);
  expect(letter?.text).toContain('20. F-19');
  expect(letter?.text).toContain('5 more in the attached file');
  expect(letter?.text).not.toContain('F-20 ');
});

test('the office gets the report at the end', () => {
  const campaign = campaignAfter();
  const report = officeReport();
  const outcome = outcomeOf({
    campaign,
    departments: DEPARTMENTS,
    records: RECORDS,
    started: report,
    latest: report,
    settings: SETTINGS,
    refuted: new Map(),
    now: day(10),
  });
  const file = { name: 'campaign-autumn.csv', type: 'text/csv', base64: '' };
  const letter = endLetter({ campaign, settings: SETTINGS }, outcome, [file]);
  expect(letter).toMatchObject({ id: 'campaign-autumn/-/end', to: ['cio@gov.example'] });
  expect(letter?.text).toContain('0 of 4 lists were answered, 4 late');
});

test.each(LANGUAGES)('no sentence of %s is left empty or has a hole in it', (language) => {
  const words = WORDS[language];
  const facts = {
    department: 'Parks',
    office: 'CIO',
    campaign: 'Autumn',
    due: '28 Nov',
    findings: 2,
    people: '5',
    left: 1,
    replyTo: 'cio@gov.example',
    file: 'list.csv',
  };
  const letters = [
    words.list(facts),
    words.emptyList(facts),
    words.orphanList(facts),
    words.reminder(facts),
    words.reminder({ ...facts, left: 0 }),
    words.escalation(facts),
    words.escalation({ ...facts, left: 0 }),
    words.ended({ campaign: 'Autumn', answered: 1, departments: 2, late: 1, file: 'a.html' }),
    words.notice({ fresh: 1, reopened: 2, late: 3, people: '5' }),
  ];
  for (const { subject, before, after } of letters) {
    for (const part of [subject, ...before, ...after]) {
      expect(part.trim()).not.toBe('');
      expect(part).not.toMatch(/undefined|null|NaN|\[object/);
    }
  }
});

const NOTICE = { channel: 'ops', on: ['new', 'reopened', 'late'], to: [], language: 'en' } as const;
const notices = (records = RECORDS, before: string | null = null, now = day(0)) =>
  noticesOf({
    settings: [NOTICE],
    report: officeReport(),
    before,
    records,
    title,
    departments: DEPARTMENTS,
    now,
  });

test('a scan that found nothing new, open again or late is quiet', () => {
  const old = RECORDS.map((one) => ({ ...one, firstRun: 'run-0', status: 'open' as const }));
  expect(notices(old, '2025-11-19T08:00:00.000Z')).toEqual([]);
});

test('what is new is told once a run and channel', () => {
  const [notice] = notices();
  expect(notice).toMatchObject({ id: 'run-run-1/ops/1', channel: 'ops', subject: 'ajar: 4 new' });
  expect(notice?.text).toContain('F-l1  high  Lands Department  s3 lands-exports');
});

test('what is late is told in the run after its deadline, and not again', () => {
  const old = RECORDS.map((one) => ({ ...one, firstRun: 'run-0', status: 'open' as const }));
  const deadline = new Date(old[0]?.finding.deadline ?? '');
  const hour = 60 * 60 * 1000;
  const after = new Date(deadline.getTime() + hour);
  const [notice] = notices(old, new Date(deadline.getTime() - hour).toISOString(), after);
  expect(notice?.subject).toBe('ajar: 4 late');
  expect(notices(old, after.toISOString(), new Date(after.getTime() + hour))).toEqual([]);
});

test('what was proved closed and is open again is told', () => {
  const reopened = record(FINDINGS[0] ?? RECORDS[0]?.finding ?? never(), 'reopened', {
    firstRun: 'run-0',
    statusAt: officeReport().run.startedAt,
  });
  expect(notices([reopened], officeReport().run.startedAt)[0]?.subject).toBe('ajar: 1 open again');
});

function never(): never {
  throw new Error('the office has findings');
}

const sent = (letter: NewMessage): Message => ({
  ...letter,
  state: 'sending',
  attempts: 1,
  nextAt: day(0).toISOString(),
  error: null,
});
const context = { campaigns: [campaignAfter()], departments: DEPARTMENTS, settings: SETTINGS };

test('a list that arrived tells the department and its privacy officer', () => {
  const entries = outcomeEntries(sent(letterOf('lands')), 'sent', context);
  expect(entries.map(({ kind, body }) => [kind, 'whom' in body ? body.whom : null])).toEqual([
    ['message.sent', null],
    ['told', 'owner'],
    ['told', 'privacy-officer'],
  ]);
});

test.each(['health', 'parks', null])(
  'a list that went to the office or was empty tells %s nothing',
  (owner) => {
    const entries = outcomeEntries(sent(letterOf(owner)), 'sent', context);
    expect(entries.map(({ kind }) => kind)).toEqual(['message.sent']);
  },
);

test('what failed or is unsure told nobody', () => {
  for (const outcome of ['failed', 'unsure'] as const) {
    const entries = outcomeEntries(sent(letterOf('lands')), outcome, context);
    expect(entries.map(({ kind }) => kind)).toEqual([`message.${outcome}`]);
  }
});
