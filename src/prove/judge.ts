/**
 * What the answers to unsigned requests prove.
 *
 * A refusal closes, and so does the answer that nothing is there. Everything else that is no data (a
 * timeout, a busy server, a redirect, a page that is shown for any address) proves nothing, and
 * nothing is not closed.
 */
import type { AccessFact } from '../model/access.ts';
import { becauseText } from '../model/because.ts';
import type { ProofResult } from '../model/ledger.ts';

/** One request group: the list, the whole, or one object. */
export interface Judged {
  readonly result: ProofResult;
  /** One sentence, not masked. */
  readonly because: string;
  /** Closed because it is not there any more. */
  readonly gone: boolean;
}

/** Facts of requests without credentials; documents and assumptions prove nothing here. */
export function probesOf(facts: readonly AccessFact[]): readonly AccessFact[] {
  return facts.filter(({ source, audience }) => source === 'probe' && audience === 'anyone');
}

/** The service itself says that there is no such thing. */
function isGone({ answer, because }: AccessFact): boolean {
  const { status = '' } = because.params;
  return answer === 'unknown' && because.code === 'probe.unclear' && /^4(?:04|10)$/.test(status);
}

/** Null without a fact: nothing was asked. */
export function judge(facts: readonly AccessFact[]): Judged | null {
  const open = facts.find(({ answer }) => answer === 'yes');
  if (open) return made('open', open);
  const unclear = facts.find((fact) => fact.answer === 'unknown' && !isGone(fact));
  if (unclear) return made('unknown', unclear);
  const [first] = facts;
  if (!first) return null;
  const gone = facts.find(isGone);
  return gone ? { ...made('closed', gone), gone: true } : made('closed', first);
}

function made(result: ProofResult, { because }: AccessFact): Judged {
  return { result, because: becauseText(because), gone: false };
}

/** Of two request groups the one that says more against being closed. */
export function worse(a: Judged, b: Judged | null): Judged {
  if (b === null) return a;
  const order: readonly ProofResult[] = ['open', 'unknown', 'closed'];
  return order.indexOf(b.result) < order.indexOf(a.result) ? b : a;
}

export interface Subject extends Judged {
  /** `*` or a locator reference. */
  readonly ref: string;
  readonly version: string | null;
  readonly action: 'list' | 'read';
  /** It was open to a request without credentials when it was found. */
  readonly wasOpen: boolean;
}

/** All subjects together: one answer is open, one doubt is unknown, and closed needs all refused. */
export function conclude(subjects: readonly Subject[]): Pick<Judged, 'result' | 'because'> {
  const named = (result: ProofResult): readonly Subject[] =>
    subjects.filter((subject) => subject.result === result);
  const open = named('open');
  if (open.length > 0) {
    return { result: 'open', because: `${groups(open)} still answered without credentials` };
  }
  const [unclear] = named('unknown');
  if (unclear) return { result: 'unknown', because: unclear.because };
  if (!subjects.some(({ wasOpen }) => wasOpen)) {
    return {
      result: 'unknown',
      because:
        'no request without credentials got through when it was found, so that a refusal proves nothing now; scan it again, the documents decide',
    };
  }
  const gone = subjects.filter((subject) => subject.gone);
  const refused = subjects.filter((subject) => !subject.gone);
  const parts = [
    refused.length > 0 ? `${groups(refused)} refused` : '',
    gone.length > 0 ? `${groups(gone)} not there any more` : '',
  ];
  return { result: 'closed', because: parts.filter((part) => part !== '').join(', ') };
}

/** `the list and 3 objects`. */
function groups(subjects: readonly Subject[]): string {
  const objects = subjects.filter(({ ref }) => ref !== '*').length;
  const parts = [
    subjects.some(({ ref, action }) => ref === '*' && action === 'list') ? 'the list' : '',
    subjects.some(({ ref, action }) => ref === '*' && action === 'read') ? 'the content' : '',
    objects > 0 ? `${objects} object${objects === 1 ? '' : 's'}` : '',
  ];
  return parts.filter((part) => part !== '').join(' and ');
}
