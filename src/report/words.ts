/** What the report's codes mean, in the reader's words. */
import type { State } from '../model/access.ts';
import type { Claim, Skip } from '../model/coverage.ts';
import type { Finding, PeopleCount } from '../model/finding.ts';
import { EN } from './languages/en.ts';
import type { Locale } from './locale.ts';

export const STATES: readonly State[] = [
  'open',
  'partly-open',
  'open-to-any-account',
  'unknown',
  'closed',
];

/** `1,204 people`, `1,204 to 3,000 people`, `at least 1,204 people` when nothing bounds it. */
export function peopleText(people: PeopleCount, { words }: Locale): string {
  const { atLeast, atMost } = people;
  if (atMost === atLeast) return words.people(atLeast);
  if (atMost < atLeast || !Number.isFinite(atMost)) return words.say.peopleAtLeast(atLeast);
  return words.say.peopleRange(atLeast, atMost);
}

/** For narrow columns: `1,204 people` or `≥ 1,204 people`. */
export function peopleFigure(people: PeopleCount, { words }: Locale): string {
  const figure = words.people(people.atLeast);
  return people.atMost === people.atLeast ? figure : `≥ ${figure}`;
}

/** Who can read it, as a sentence without its full stop. */
export function whoCanRead(finding: Pick<Finding, 'verdict'>, { words }: Locale): string {
  const { read, list } = finding.verdict;
  return words.say.who[read] + words.say.listing[list];
}

/** The same in a few words, for a row. */
export function whoBriefly(finding: Pick<Finding, 'verdict'>, { words }: Locale): string {
  const { read, list } = finding.verdict;
  return words.say.whoBriefly[read === 'open' && list !== 'open' ? 'addressOnly' : read];
}

/** Why it is as urgent as it is: the facts the severity was made of. */
export function severityReason(finding: Finding, locale: Locale): string {
  const { say } = locale.words;
  const kinds = [...new Set(finding.detectors.map((each) => locale.title(each.id)))];
  const door =
    finding.verdict.read === 'unknown'
      ? say.unknownDoor
      : say.readableBy(whoBriefly(finding, locale));
  return [
    door,
    peopleText(finding.people, locale),
    kinds.length === 0 ? say.personalData : listText(kinds, 3, locale),
    say.confidenceOf(finding.confidence),
  ].join(say.semicolon);
}

/** What the points were given for: `open to anyone`, `identity number`, `31,204`. */
export function scoreValue(part: Finding['score'][number], { words }: Locale): string {
  const { code, value } = part;
  const states: Readonly<Record<string, string>> = words.code.state;
  const kinds: Readonly<Record<string, string>> = words.code.kind;
  if (code === 'who' || code === 'listable') return own(states, value);
  if (code === 'what') return own(kinds, value);
  if (code === 'beside') {
    return value
      .split('+')
      .map((kind) => own(kinds, kind))
      .join(' + ');
  }
  // How they can be guessed is for `ajar findings show`; that they can be is the part's own name.
  if (code === 'guessable') return '';
  if (code === 'lapsed') return words.day(value);
  if (code === 'people' || code === 'duration') return words.count(Number(value));
  return value;
}

function own(table: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(table, key) ? (table[key] ?? key) : key;
}

/** How we know that it is open, in the reader's language where the reasons are there as data. */
export function becauseTexts(finding: Finding, locale: Locale): readonly string[] {
  const { because, reasons } = finding.verdict;
  // English sentences are kept with the finding; they are those that were true when it was written.
  if (locale.language === 'en' || reasons.length === 0) return because;
  return [...new Set(reasons.map((reason) => locale.because(reason)))];
}

/** What was read of a place in that state, and what that allows one to say. */
export function claimText(
  claim: Claim,
  read: State | undefined,
  { words, language }: Locale,
): string {
  if (language === 'en') return claim.text;
  const { say } = words;
  if (claim.basis === 'none') return read === 'closed' ? say.claimNone : say.claimUnread;
  if (claim.objectsListed === 0) return say.claimNothing;
  if (claim.basis === 'everything') return say.claimEverything(claim.objectsListed);
  const share = claim.atMost === null ? null : words.share(claim.atMost);
  return say.claimSample(claim.objectsRead, claim.objectsListed, share);
}

/** Why objects were left out; the scanner keeps the sentence in English. */
export function skipText(skip: Skip, { words }: Locale): string {
  return own(words.code.skip, skip.reason);
}

/** `a, b and 2 more` */
export function listText(items: readonly string[], most: number, { words }: Locale): string {
  return words.say.list(items.slice(0, most), Math.max(0, items.length - most));
}

/** Stands as the reason where a person gave the finding to a department, whatever owners.yaml says. */
export const BY_HAND = 'by hand';

/** Why this department: the scanner keeps it in English, with the rule in the words of owners.yaml. */
export function ownerReasonText(reason: string, { words, language }: Locale): string {
  if (reason === BY_HAND) return words.say.byHand;
  if (language === 'en') return reason;
  if (reason === EN.say.noRule) return words.say.noRule;
  return reason.startsWith('by ') ? words.say.byRule(reason.slice(3)) : reason;
}
