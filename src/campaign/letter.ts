/** The letters of a campaign, as messages for the outbox. Masked findings only; one id for one letter. */
import { Buffer } from 'node:buffer';
import type { CampaignOutcome } from '../model/campaign.ts';
import type { Language } from '../model/language.ts';
import type { Attachment, NewMessage } from '../model/message.ts';
import type { Owner } from '../model/owner.ts';
import { oneLine, plain } from '../model/plain.ts';
import { nameOf } from './answer.ts';
import { contentsOf, type ListedFinding, listTable, placeOf } from './list.ts';
import { addressesOf, type DueNudge } from './nudge.ts';
import type { CampaignSettings } from './settings.ts';
import type { CampaignState, ListState } from './state.ts';
import { WORDS } from './words/index.ts';
import type { Letter, LetterFacts, Words } from './words/words.ts';

export interface Post {
  readonly campaign: CampaignState;
  readonly departments: readonly Owner[];
  /** Every finding of the campaign's lists, as last seen. */
  readonly findings: ReadonlyMap<string, ListedFinding>;
  readonly title: (detector: string, language: Language) => string;
  /** Makes a workbook of a list. */
  readonly workbook: (
    rows: readonly (readonly string[])[],
    name: string,
    language: Language,
  ) => Uint8Array;
  readonly settings: CampaignSettings;
}

/** Findings written out in a letter; the file has them all. */
const FINDINGS_IN_LETTER = 20;

/** The list of one department; null where letters are not sent, nobody has an address, or nobody has to answer. */
export function listLetter(post: Post, list: ListState): NewMessage | null {
  const { settings } = post;
  if (list.standing === 'answered') return null;
  const reader = readerOf(post, list.owner);
  const { words, owner } = reader;
  const facts = factsOf(post, list, words);
  const kind =
    list.findings.length === 0
      ? words.emptyList
      : list.owner === null
        ? words.orphanList
        : words.list;
  const letter = kind(facts);
  return message(post, list, {
    key: 'list',
    to: addressesOf(owner, settings),
    reader,
    letter: reader.strange ? passedOn(letter, passOn(post, list.owner)) : letter,
    facts,
    shown: list.findings,
  });
}

/** A reminder or an escalation; null as above. */
export function nudgeLetter(post: Post, nudge: DueNudge): NewMessage | null {
  const { list } = nudge;
  const reader = readerOf(post, list.owner);
  const { words } = reader;
  const facts = factsOf(post, list, words);
  const letter = nudge.step === 0 ? words.reminder(facts) : words.escalation(facts);
  return message(post, list, {
    key: nudge.key,
    to: nudge.to,
    reader,
    letter:
      reader.strange && nudge.step === 0 ? passedOn(letter, passOn(post, list.owner)) : letter,
    facts,
    shown: list.findings.filter((id) => !list.answers.has(id)),
  });
}

/** The report to the office, with the files that are given; null where it has no address. */
export function endLetter(
  { campaign, settings }: Pick<Post, 'campaign' | 'settings'>,
  outcome: CampaignOutcome,
  attachments: readonly Attachment[],
): NewMessage | null {
  const { addressed, channel, office } = settings;
  if (channel === null || (addressed && office.to.length === 0)) return null;
  const letter = WORDS[office.language].ended({
    campaign: oneLine(campaign.name),
    answered: outcome.rows.filter(({ standing }) => standing === 'answered').length,
    departments: outcome.rows.length,
    late: outcome.rows.filter(({ late }) => late).length,
    file: attachments.map(({ name }) => name).join(', '),
  });
  return {
    id: `${campaign.id}/-/end`,
    channel,
    to: office.to,
    subject: oneLine(letter.subject),
    text: paragraphs([...letter.before, ...letter.after]),
    language: office.language,
    attachments,
    about: campaign.id,
  };
}

interface Reader {
  readonly owner: Owner | null;
  readonly words: Words;
  readonly language: Language;
  /** True where the department has no address and its letters go to the office. */
  readonly strange: boolean;
}

function readerOf({ departments, settings }: Post, id: string | null): Reader {
  const owner = departments.find((one) => one.id === id) ?? null;
  const own = addressesOf(owner, { ...settings, office: { ...settings.office, to: [] } });
  const language = owner?.language ?? settings.office.language;
  return { owner, language, words: WORDS[language], strange: id !== null && own.length === 0 };
}

/** What a department is called in that language. */
export function departmentName(
  departments: readonly Owner[],
  id: string | null,
  language: Language,
): string {
  if (id === null) return WORDS[language].orphans;
  const owner = departments.find((one) => one.id === id);
  return oneLine(owner?.names?.[language] ?? owner?.name ?? id);
}

function factsOf(post: Post, list: ListState, words: Words): LetterFacts {
  const { campaign, departments, settings } = post;
  const { language } = readerOf(post, list.owner);
  const { atLeast, atMost } = list.people;
  const office = oneLine(settings.office.name);
  const count = new Intl.NumberFormat(words.locale).format(atMost);
  return {
    department: list.owner === null ? office : departmentName(departments, list.owner, language),
    office,
    campaign: oneLine(campaign.name),
    due: longDate(campaign.due, words),
    findings: list.findings.length,
    people: words.people(count, atLeast === atMost ? 'exactly' : 'at most'),
    left: list.findings.filter((id) => !list.answers.has(id)).length,
    replyTo: settings.office.to[0] ?? '',
    file: fileName(campaign, list),
  };
}

function fileName(campaign: CampaignState, list: ListState): string {
  return `${campaign.id}-${nameOf(list.owner)}.xlsx`.replace(/[^\p{L}\p{N}._-]+/gu, '-');
}

/** In the machine's own time zone, as the due day was set. */
function longDate(iso: string, words: Words): string {
  return new Intl.DateTimeFormat(words.locale, { dateStyle: 'long' }).format(new Date(iso));
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Draft {
  readonly key: string;
  readonly to: readonly string[];
  readonly reader: Reader;
  readonly letter: Letter;
  readonly facts: LetterFacts;
  /** Findings to write out. */
  readonly shown: readonly string[];
}

function message(post: Post, list: ListState, draft: Draft): NewMessage | null {
  const { campaign, findings, settings } = post;
  const { key, to, reader, letter, facts, shown } = draft;
  if (settings.channel === null || (settings.addressed && to.length === 0)) return null;
  const { words, language } = reader;
  const title = (detector: string): string => post.title(detector, language);
  const entries = shown
    .slice(0, FINDINGS_IN_LETTER)
    .flatMap((id, i) => entryText(findings.get(id), i + 1, words, title));
  const rest = shown.length - Math.min(shown.length, FINDINGS_IN_LETTER);
  const rows = listTable({ list, findings, words, title });
  const file: Attachment = {
    name: facts.file,
    type: XLSX,
    base64: Buffer.from(post.workbook(rows, facts.department, language)).toString('base64'),
  };
  return {
    id: `${campaign.id}/${nameOf(list.owner)}/${key}`,
    channel: settings.channel,
    to,
    subject: oneLine(letter.subject),
    text: paragraphs([
      ...letter.before,
      ...entries,
      ...(rest > 0 ? [words.more(rest)] : []),
      ...letter.after,
    ]),
    language,
    attachments: [file],
    about: campaign.id,
  };
}

/** For the office, in the office's language. */
function passOn({ departments, settings }: Post, owner: string | null): string {
  const { language } = settings.office;
  return WORDS[language].passOn(departmentName(departments, owner, language));
}

function passedOn(letter: Letter, line: string): Letter {
  return { ...letter, before: [line, ...letter.before] };
}

function paragraphs(parts: readonly string[]): string {
  return `${parts.map(plain).join('\n\n')}\n`;
}

function entryText(
  finding: ListedFinding | undefined,
  number: number,
  words: Words,
  title: (detector: string) => string,
): readonly string[] {
  if (!finding) return [];
  const { colon, labels } = words;
  const part = finding.slice === '*' ? '' : ` (${oneLine(finding.slice)})`;
  const close = finding.remedy.find(({ purpose }) => purpose === 'close');
  const lines = [
    `${number}. ${finding.id}  ${words.severity[finding.severity]}  ${oneLine(placeOf(finding))}${part}`,
    `   ${labels.who}${colon}${words.readers[finding.verdict.read]}`,
    `   ${labels.contents}${colon}${oneLine(contentsOf(finding, title))}`,
    `   ${labels.people}${colon}${new Intl.NumberFormat(words.locale).format(finding.people.atMost)}`,
    `   ${labels.deadline}${colon}${longDate(finding.deadline, words)}`,
    ...(close && close.command !== ''
      ? [
          `   ${labels.close}${colon}`.trimEnd(),
          ...close.command.split('\n').map((line) => `     ${line}`),
        ]
      : []),
  ];
  return [lines.join('\n')];
}
