/**
 * A finding's way out: which commands close this door, keep it shut and prove it.
 *
 * What to type is data beside each provider's probes ({@link RemedyData}); here it is only chosen
 * and put in order, so a new provider needs no line in this folder.
 */
import type { Because } from '../model/access.ts';
import type { Asset } from '../model/asset.ts';
import { becauseText } from '../model/because.ts';
import type { RemedyStep } from '../model/finding.ts';
import type { Provider, RemedyData, RemedySubject } from '../model/provider.ts';

export { consequences } from './consequences.ts';
export { deadlineFrom } from './deadline.ts';

/** What a person does first stands first: shut the door, keep it shut, take the data away, prove it. */
const PURPOSES: readonly RemedyStep['purpose'][] = ['close', 'guard', 'remove', 'prove'];

/** Stands in where a verdict gives no reason, so that the proof is printed all the same. */
const NO_REASON: Because = { code: 'no-reason', params: {} };

/** References as the store gives them out; anything else would be shell code in a printed command. */
const REFERENCE = /^[\w.:-]{1,128}$/;

/**
 * The steps for one finding, `close` → `guard` → `remove` → `prove`.
 *
 * Within a purpose the order is that of the reasons; for one reason, data made for exactly that
 * code comes before data for its family, and within one RemedyData its own order holds (least
 * first). A command is printed once. `keyRefs` are locator references of exposed objects; empty
 * means the whole asset. Reasons that no RemedyData answers are shown as a step without command
 * when nothing else closes the door, so that a finding never lacks a way out.
 */
export function composeRemedy(
  asset: Asset,
  verdictBecause: readonly Because[],
  keyRefs: readonly string[],
  provider: Pick<Provider, 'remedies' | 'prove'>,
): readonly RemedyStep[] {
  // A sample without a reference (a whole stream, a folder) carries an empty one.
  const refs = keyRefs.filter((ref) => ref !== '');
  const keys = refs.length > 0 ? refs.map(locateCommand) : [null];
  const reasons = verdictBecause.length > 0 ? verdictBecause : [NO_REASON];
  const steps: RemedyStep[] = [];
  for (const because of reasons) {
    const subjects = keys.map((key): RemedySubject => ({ asset, because, key }));
    const chosen = remediesFor(because.code, provider.remedies);
    const found = subjects.map((subject) => chosen.flatMap((data) => data.steps(subject)));
    steps.push(...found.flat());
    // An open bucket is proved by one object; objects with doors of their own need a proof each.
    const perKey = found.some((list, index) => namesKey(list, keys[index] ?? null));
    const toProve = perKey ? subjects : subjects.slice(0, 1);
    steps.push(...toProve.map((subject) => provider.prove(subject)));
  }
  const onlyHeld = verdictBecause.length > 0 && verdictBecause.every(isHeld);
  if (verdictBecause.some(isHeld)) steps.push(...takeAway(asset, verdictBecause.filter(isHeld)));
  if (!onlyHeld && !steps.some((step) => step.purpose === 'close')) {
    steps.unshift(withoutCommand(asset, verdictBecause));
  }
  return inOrder(onlyOnce(steps));
}

/** The proof that closes a finding; the requests beside it only show a person the same. */
export function provedBy(finding: string): RemedyStep {
  return {
    purpose: 'prove',
    what: 'Have it closed: every request without credentials that got through is made again, for old versions and other addresses too, and the answers are signed and noted. Nothing else closes it.',
    command: `ajar prove ${finding}`,
  };
}

/** Exact codes first, then families from the narrowest to the widest; equals keep the provider's order. */
function remediesFor(code: string, remedies: readonly RemedyData[]): readonly RemedyData[] {
  return remedies
    .map((data) => ({ data, rank: bestMatch(code, data.causes) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ data }) => data);
}

/** How narrowly the causes name this code: −1 not at all, else by matched length, an exact name above all. */
function bestMatch(code: string, causes: readonly string[]): number {
  const ranks = causes.map((cause) => {
    if (cause === code) return Number.MAX_SAFE_INTEGER;
    if (!cause.endsWith('*')) return -1;
    const family = cause.slice(0, -1);
    return code.startsWith(family) ? family.length : -1;
  });
  return Math.max(-1, ...ranks);
}

/** Shell-ready: the key itself may hold an identifier, so a printed command never does. */
function locateCommand(ref: string): string {
  if (!REFERENCE.test(ref))
    throw new Error('a locator reference has letters, digits and .:_- only');
  return `"$(ajar locate ${ref})"`;
}

function namesKey(steps: readonly RemedyStep[], key: string | null): boolean {
  return (
    key !== null && steps.some((step) => step.purpose === 'close' && step.command.includes(key))
  );
}

function withoutCommand(asset: Asset, verdictBecause: readonly Because[]): RemedyStep {
  const reasons = verdictBecause.map(becauseText).join('; ');
  const why = reasons === '' ? '' : ` (${reasons})`;
  return {
    purpose: 'close',
    what:
      `No ready-made command is known for this ${asset.kind}${why}. Take the public permission ` +
      `away from ${asset.name} where it was given, then run the proof below.`,
    command: '',
  };
}

function isHeld({ code }: Because): boolean {
  return code.startsWith('held.');
}

/** A contract or a purpose has ended: closing the door is not enough, and the keeper may be a stranger. */
function takeAway(asset: Asset, held: readonly Because[]): readonly RemedyStep[] {
  return held.map((because) => ({
    purpose: 'remove',
    what:
      `${sentenceCase(becauseText(because))}. Take over what must be kept, have whoever keeps ` +
      `${asset.name} delete the rest with old versions and backups, and have them confirm it in writing.`,
    command: '',
  }));
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function onlyOnce(steps: readonly RemedyStep[]): readonly RemedyStep[] {
  const seen = new Set<string>();
  return steps.filter((step) => {
    // The proof may be the same request as a step before it says; it stays, as a step of its own.
    const same = step.purpose === 'prove' ? 'prove' : 'act';
    const key = `${same}\n${step.command === '' ? step.what : step.command.trim()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function inOrder(steps: readonly RemedyStep[]): readonly RemedyStep[] {
  return PURPOSES.flatMap((purpose) => steps.filter((step) => step.purpose === purpose));
}
