/**
 * Facts → verdict.
 *
 * Documents and real requests are two witnesses. An open door is open whichever of them saw it; a
 * closed one needs a document that says so, because a refused request proves only that this request,
 * from this address, was refused. What neither of them knows is `unknown`, never `closed`.
 */
import {
  ACTIONS,
  type AccessFact,
  type Action,
  type ActionVerdict,
  type Because,
  type Slice,
  type State,
  sliceCovers,
  sliceText,
  type Verdict,
} from '../model/access.ts';
import { becauseText } from '../model/because.ts';
import { distinct } from './judgement.ts';

/**
 * Reasons of one kind that a verdict keeps: a bucket with a thousand objects that were asked for
 * one by one would else give a thousand, and the facts hold them all anyway.
 */
const SAME_KIND = 5;

/** Folds what is known of one asset, action by action. An action without facts is `unknown`. */
export function evaluate(facts: readonly AccessFact[]): Verdict {
  const verdicts = ACTIONS.map((action) => [action, fold(action, facts)] as const);
  return Object.fromEntries(verdicts) as Record<Action, ActionVerdict>;
}

function sentence(disagreements: readonly string[]): string | null {
  if (disagreements.length === 0) return null;
  const more = disagreements.length - SAME_KIND;
  const shown = disagreements.slice(0, SAME_KIND).join('; ');
  return more > 0 ? `${shown}; and ${more} more like these` : shown;
}

interface Witnesses {
  /** Configuration and assumptions. */
  readonly documents: readonly AccessFact[];
  readonly probes: readonly AccessFact[];
  /** Probes that got through, less those a listed address would explain. */
  readonly entered: readonly AccessFact[];
  /** Probes that got through, perhaps only because this address is one of the listed ones. */
  readonly doubtful: readonly AccessFact[];
}

function fold(action: Action, facts: readonly AccessFact[]): ActionVerdict {
  const own = facts.filter((fact) => fact.action === action);
  // Most buckets are shut by every document that was read, and nothing has to be weighed.
  if (own.some(isWholeNo) && own.every(isShut)) {
    const because = fewOfAKind(distinct(own.map((fact) => fact.because)));
    return { state: 'closed', slices: [], because, disagreement: null };
  }
  const witnesses = hear(own);
  const opening = [
    ...witnesses.documents.filter((fact) => fact.audience === 'anyone' && fact.answer === 'yes'),
    ...witnesses.entered,
  ];
  const slices = mergeSlices(opening.map((fact) => fact.slice));
  const state = stateOf(witnesses, slices);
  const disagreements = [
    ...unexpectedlyOpen(witnesses).map(openAgainstDocuments),
    ...unexpectedlyRefused(witnesses).map(refusedAgainstDocuments),
  ];
  return {
    state,
    slices: state === 'partly-open' && slices !== 'all' ? slices : [],
    because: reasons(state, witnesses),
    disagreement: sentence([...new Set(disagreements)]),
  };
}

function hear(facts: readonly AccessFact[]): Witnesses {
  const documents = facts.filter((fact) => fact.source !== 'probe');
  if (documents.length === facts.length) {
    return { documents, probes: [], entered: [], doubtful: [] };
  }
  const probes = facts.filter((fact) => fact.source === 'probe');
  const through = probes.filter((fact) => fact.audience === 'anyone' && fact.answer === 'yes');
  const limits = documents.filter(
    (fact) => fact.audience === 'network-limited' && fact.answer === 'yes',
  );
  const granted = documents.filter((fact) => fact.audience === 'anyone' && fact.answer === 'yes');
  const explained = (probe: AccessFact): boolean =>
    !granted.some((fact) => covers(fact.slice, probe.slice)) &&
    limits.some((fact) => covers(fact.slice, probe.slice));
  return {
    documents,
    probes,
    entered: through.filter((probe) => !explained(probe)),
    doubtful: through.filter(explained),
  };
}

function stateOf(witnesses: Witnesses, slices: readonly Slice[] | 'all'): State {
  if (slices === 'all') return 'open';
  if (slices.length > 0) return 'partly-open';
  const all = [...witnesses.documents, ...witnesses.probes];
  if (all.some((fact) => fact.audience === 'any-account' && fact.answer === 'yes')) {
    return 'open-to-any-account';
  }
  const outsiders = witnesses.documents.filter(
    (fact) => fact.audience === 'anyone' || fact.audience === 'any-account',
  );
  if (outsiders.some((fact) => fact.answer === 'unknown')) return 'unknown';
  return witnesses.documents.some(isWholeNo) ? 'closed' : 'unknown';
}

function isShut({ audience, answer, source }: AccessFact): boolean {
  const outside = audience === 'anyone' || audience === 'any-account';
  return outside && answer === 'no' && source !== 'probe';
}

function isWholeNo(fact: AccessFact): boolean {
  return fact.audience === 'anyone' && fact.answer === 'no' && fact.slice === null;
}

/** A request that got through where the documents, all of them read, say that it could not. */
function unexpectedlyOpen(
  witnesses: Witnesses,
): readonly { readonly probe: AccessFact; readonly document: AccessFact }[] {
  if (witnesses.entered.length === 0) return [];
  const said = witnesses.documents.filter((fact) => fact.audience === 'anyone');
  return witnesses.entered.flatMap((probe) => {
    const granted = said.some((fact) => fact.answer === 'yes' && speaksOf(fact, probe));
    const open = said.some((fact) => fact.answer === 'unknown');
    const document = said.find((fact) => fact.answer === 'no' && covers(fact.slice, probe.slice));
    return granted || open || !document ? [] : [{ probe, document }];
  });
}

/** A request that was refused where the documents say that it should have got through. */
function unexpectedlyRefused(
  witnesses: Witnesses,
): readonly { readonly probe: AccessFact; readonly document: AccessFact }[] {
  if (witnesses.probes.length === 0) return [];
  const said = witnesses.documents.filter((fact) => fact.audience === 'anyone');
  const refused = witnesses.probes.filter(
    (fact) => fact.audience === 'anyone' && fact.answer === 'no',
  );
  return refused.flatMap((probe) => {
    const document = said.find((fact) => fact.answer === 'yes' && speaksOf(fact, probe));
    const expected = said.some(
      (fact) =>
        fact.answer === 'no' &&
        fact.slice?.kind === 'object' &&
        fact.slice.pattern === probe.slice?.pattern,
    );
    return document && !expected ? [{ probe, document }] : [];
  });
}

/** What a document says of one old version holds for no other, nor for the current object. */
function speaksOf(document: AccessFact, probe: AccessFact): boolean {
  const version = document.slice?.version;
  return (
    (version === undefined || version === probe.slice?.version) &&
    covers(document.slice, probe.slice)
  );
}

function openAgainstDocuments(pair: {
  readonly probe: AccessFact;
  readonly document: AccessFact;
}): string {
  return `the documents say no (${becauseText(pair.document.because)}), the real request got through (${becauseText(pair.probe.because)})`;
}

function refusedAgainstDocuments(pair: {
  readonly probe: AccessFact;
  readonly document: AccessFact;
}): string {
  return `the documents say ${sliceText(pair.document.slice)} is open (${becauseText(pair.document.because)}), the real request did not get through (${becauseText(pair.probe.because)})`;
}

/** What decided comes first; then what else is known; a `no` is left out where the door is open anyway. */
function reasons(state: State, witnesses: Witnesses): readonly Because[] {
  const { documents, probes, doubtful } = witnesses;
  const outside = (fact: AccessFact): boolean =>
    fact.audience === 'anyone' || fact.audience === 'any-account';
  const yes = documents.filter((fact) => outside(fact) && fact.answer === 'yes');
  const no = documents.filter((fact) => outside(fact) && fact.answer === 'no');
  const unknown = documents.filter((fact) => outside(fact) && fact.answer === 'unknown');
  const others = documents.filter((fact) => !outside(fact) && fact.answer !== 'no');
  const contradicted = unexpectedlyOpen(witnesses).map((pair) => pair.document);
  const open = state === 'open' || state === 'partly-open' || state === 'open-to-any-account';
  const ordered = [
    ...yes.filter((fact) => fact.audience === 'anyone'),
    ...probes.filter((fact) => fact.answer === 'yes'),
    ...yes.filter((fact) => fact.audience === 'any-account'),
    ...unknown,
    ...(open ? contradicted : no),
    ...probes.filter((fact) => fact.answer !== 'yes'),
    ...others,
  ].map((fact) => fact.because);
  const doubt: readonly Because[] =
    doubtful.length > 0 ? [{ code: 'probe.maybe-listed', params: {} }] : [];
  return fewOfAKind(distinct([...ordered, ...doubt]));
}

function fewOfAKind(all: readonly Because[]): readonly Because[] {
  const count = new Map<string, number>();
  return all.filter(({ code }) => {
    count.set(code, (count.get(code) ?? 0) + 1);
    return (count.get(code) ?? 0) <= SAME_KIND;
  });
}

/** Is `inner` surely within `outer`? Null is the whole asset. */
function covers(outer: Slice | null, inner: Slice | null): boolean {
  if (outer === null) return true;
  if (inner === null) return isWhole(outer);
  if (inner.kind === 'object') return sliceCovers(outer, inner.pattern);
  if (outer.kind === 'object') return false;
  if (!outer.except.every((pattern) => inner.except.includes(pattern))) return false;
  if (outer.pattern === inner.pattern) return true;
  const prefix = outer.pattern.endsWith('*') ? outer.pattern.slice(0, -1) : null;
  return prefix !== null && !/[*?]/.test(prefix) && inner.pattern.startsWith(prefix);
}

function isWhole(slice: Slice): boolean {
  return slice.kind === 'keys' && /^\*+$/.test(slice.pattern) && slice.except.length === 0;
}

/** Drops slices that lie within others; `all` when together they are the whole asset. */
function mergeSlices(slices: readonly (Slice | null)[]): readonly Slice[] | 'all' {
  const parts: Slice[] = [];
  for (const slice of slices) {
    if (slice === null || isWhole(slice)) return 'all';
    if (parts.some((part) => covers(part, slice))) continue;
    const kept = parts.filter((part) => !covers(slice, part));
    parts.splice(0, parts.length, ...kept, slice);
  }
  return parts;
}
