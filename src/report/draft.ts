/**
 * The draft of a notification to an authority, in Markdown: what ajar knows, masked, and a clear
 * blank wherever a person must write. Late shows as late.
 */
import type { Clock } from '../model/clock.ts';
import type { Language } from '../model/language.ts';
import type {
  Assessed,
  Entry,
  EntryKind,
  FindingSeen,
  ProofSummary,
  Told,
} from '../model/ledger.ts';
import type { FindingRecord, StatusChange } from '../model/lifecycle.ts';
import { oneLine } from '../model/plain.ts';
import { EN } from './draft/en.ts';
import { JA } from './draft/ja.ts';
import type { DraftWords } from './draft/words.ts';
import { ZH_HANS } from './draft/zh-hans.ts';
import { ZH_HANT } from './draft/zh-hant.ts';
import { type Locale, localeOf } from './locale.ts';
import { becauseTexts, peopleText, whoCanRead } from './words.ts';

const WORDS: Readonly<Record<Language, DraftWords>> = {
  en: EN,
  'zh-Hant': ZH_HANT,
  'zh-Hans': ZH_HANS,
  ja: JA,
};

export interface Draft {
  readonly record: FindingRecord;
  readonly clock: Clock;
  /** The ledger's, of this finding, in order. */
  readonly entries: readonly Entry[];
  /** ISO 8601: first knowledge. */
  readonly known: string;
  /** The department's name in the language; null where nobody has it yet. */
  readonly department: string | null;
  readonly language: Language;
  /** English titles of the office's own detectors. */
  readonly titles: Readonly<Record<string, string>>;
  readonly now: Date;
}

/** Ends with a line break. */
export function renderDraft(draft: Draft): string {
  const words = WORDS[draft.language];
  const locale = localeOf({ language: draft.language, titles: draft.titles });
  const blocks = [
    head(draft, words),
    time(draft, words, locale),
    section(words.who.head, [
      field(words.who.organisation, draft.department ?? words.blank),
      field(words.who.contact, words.blank),
      field(words.who.officer, words.blank),
    ]),
    happened(draft, words, locale),
    data(draft, words, locale),
    section(words.harm.head, [field(words.harm.ask, words.blank)]),
    measures(draft, words, locale),
    section(words.affected.head, [field(words.affected.ask, words.blank)]),
    timeline(draft, words, locale),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Nothing from outside may become markup, or a second line. */
function plainly(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`);
}

function field(name: string, value: string): string {
  const shown = /^_+$/.test(value) ? value : plainly(value);
  return `- **${name}**: ${shown}`;
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...lines].join('\n');
}

function head({ clock, record }: Draft, words: DraftWords): string {
  const { rule } = clock;
  const lines = [
    `# ${words.title}`,
    '',
    `> ${words.notice}`,
    '',
    field(words.to, `${rule.authority} (${rule.regulator})`),
    field(words.under, `${rule.law} (${words.stage[rule.stage]})`),
    `${field(words.reference, record.finding.id)}, ${words.blank}`,
  ];
  return lines.join('\n');
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** In hours below two days, else in days; begun ones count. */
function spanText(ms: number, { deadline }: DraftWords): string {
  return ms < 2 * DAY_MS
    ? deadline.hours(Math.ceil(ms / HOUR_MS))
    : deadline.days(Math.ceil(ms / DAY_MS));
}

function time({ clock, known, now }: Draft, words: DraftWords, locale: Locale): string {
  const { deadline } = words;
  const { latest, told, state, rule } = clock;
  const minute = (iso: string): string => locale.words.minute(iso);
  const lines = [field(deadline.known, minute(known))];
  const span = clock.due === null || clock.due === latest ? '' : `${minute(clock.due)} – `;
  const due = latest === null ? deadline.asSoonAsPracticable : `${span}${minute(latest)}`;
  lines.push(field(deadline.due, due));
  if (!clock.assessed) lines.push(`- ${deadline.assessment}`);
  if (rule.verifiedOn === null) lines.push(`- ${words.unverified}`);
  if (told) {
    const at = minute(told.at);
    lines.push(`- **${state === 'told-late' ? deadline.toldLate(at) : deadline.told(at)}**`);
  } else if (latest !== null) {
    const left = Date.parse(latest) - now.getTime();
    const text =
      left < 0 ? deadline.late(spanText(-left, words)) : deadline.left(spanText(left, words));
    lines.push(`- **${text}**`);
  }
  if (state === 'late' || state === 'told-late')
    lines.push(field(deadline.lateReason, words.blank));
  return section(deadline.head, lines);
}

function happened(draft: Draft, words: DraftWords, locale: Locale): string {
  const { finding, status } = draft.record;
  const { what } = words;
  const part = finding.slice === '*' ? '' : `, ${finding.slice}`;
  const closed = draft.entries.findLast(
    ({ kind, body }) => kind === 'finding.proof' && (body as ProofSummary).result === 'closed',
  );
  const now =
    status === 'fixed' && closed
      ? what.closed(locale.words.minute(closed.at))
      : what.open[finding.verdict.read];
  const since =
    finding.since === null
      ? `- ${what.sinceUnknown}`
      : field(what.since, locale.words.day(finding.since));
  return section(what.head, [
    field(what.place, `${finding.asset.id}${part}`),
    field(what.readers, whoCanRead(finding, locale)),
    ...becauseTexts(finding, locale).map((text) => field(what.cause, text)),
    since,
    field(what.state, now),
    field(what.accessed, words.blank),
  ]);
}

function data({ record }: Draft, words: DraftWords, locale: Locale): string {
  const { finding } = record;
  const kinds = finding.detectors.map(({ id, form, people }) => {
    const note = form === 'full' ? '' : `, ${locale.words.code.form[form]}`;
    return `  - ${plainly(`${locale.title(id)}${note}: ${locale.words.count(people)}`)}`;
  });
  const samples = finding.samples.map(({ masked }) => `  - ${plainly(masked)}`);
  return section(words.data.head, [
    field(words.data.people, `${peopleText(finding.people, locale)} (${words.data.peopleNote})`),
    `- **${words.data.kinds}**:`,
    ...kinds,
    ...(samples.length > 0 ? [`- **${words.data.samples}**:`, ...new Set(samples)] : []),
    field(words.data.special, words.blank),
  ]);
}

/** What was done about it: answers of people, and proofs. */
function isMeasure({ kind, body }: Entry): boolean {
  if (kind === 'finding.proof') return true;
  const { to } = body as StatusChange;
  return (
    kind === 'finding.status' && ['acknowledged', 'accepted', 'not-ours', 'fixed'].includes(to)
  );
}

function measures({ entries }: Draft, words: DraftWords, locale: Locale): string {
  const lines = entries
    .filter(isMeasure)
    .map((entry) => `- ${locale.words.minute(entry.at)}: ${plainly(entryWords(entry, words))}`);
  return section(words.measures.head, [
    ...(lines.length > 0 ? lines : [`- ${words.measures.none}`]),
    field(words.measures.further, words.blank),
    field(words.measures.prevention, words.blank),
  ]);
}

function entryWords({ kind, body }: Entry, { timeline: say }: DraftWords): string {
  if (kind === 'finding.seen') return say.seen(body as FindingSeen);
  if (kind === 'finding.status') return say.status(body as StatusChange);
  if (kind === 'finding.proof') return say.proof(body as ProofSummary);
  if (kind === 'finding.assessed') return say.assessed(body as Assessed);
  return kind === 'told' ? say.told(body as Told) : kind;
}

/** What an authority wants to know; how the office runs its campaigns is its own matter. */
const SHOWN: readonly EntryKind[] = [
  'finding.seen',
  'finding.status',
  'finding.proof',
  'finding.assessed',
  'told',
];

function timeline({ entries }: Draft, words: DraftWords, locale: Locale): string {
  const { timeline: say } = words;
  const shown = entries.filter(({ kind }) => SHOWN.includes(kind));
  const rows = shown.map((entry) => {
    const cells = [locale.words.minute(entry.at), entry.by, entryWords(entry, words)];
    return `| ${cells.map(plainly).join(' | ')} |`;
  });
  const last = shown.at(-1);
  return section(say.head, [
    `| ${say.at} | ${say.by} | ${say.what} |`,
    '| --- | --- | --- |',
    ...rows,
    ...(last ? ['', words.proofOf(last.hash, last.chain, last.seq)] : []),
  ]);
}
