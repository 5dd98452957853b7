/**
 * The four questions that a case asks, answered from facts.
 *
 * `anonymousRead`: an unsigned request from any internet host gets the data of at least one object;
 * `anonymousWrite`: it can create, overwrite or delete one, or change an ACL or policy; `public`: the
 * provider's own meaning of the word, which "any holder of some account" satisfies too.
 */
import type { AccessFact, Action, Answer, Audience, Because } from '../model/access.ts';

export interface Judgement {
  readonly anonymousRead: Answer;
  readonly anonymousList: Answer;
  readonly anonymousWrite: Answer;
  readonly public: Answer;
  readonly because: readonly Because[];
}

/** A yes anywhere decides, else an unknown anywhere, else no. */
export function strongest(answers: Iterable<Answer>): Answer {
  let result: Answer = 'no';
  for (const answer of answers) {
    if (answer === 'yes') return 'yes';
    if (answer === 'unknown') result = 'unknown';
  }
  return result;
}

/** The strongest answer for these audiences and actions, on any part of the asset. */
export function answerOf(
  facts: readonly AccessFact[],
  audiences: readonly Audience[],
  actions: readonly Action[],
): Answer {
  return strongest(
    facts
      .filter((fact) => audiences.includes(fact.audience) && actions.includes(fact.action))
      .map((fact) => fact.answer),
  );
}

/** `public` is what the provider calls so; it is not derived from the anonymous answers. */
export function judgementOf(facts: readonly AccessFact[], isPublic: Answer): Judgement {
  return {
    anonymousRead: answerOf(facts, ['anyone'], ['read']),
    anonymousList: answerOf(facts, ['anyone'], ['list']),
    anonymousWrite: answerOf(facts, ['anyone'], ['write', 'write-acl']),
    public: isPublic,
    because: reasons(facts),
  };
}

/** What opens comes first; what is not asked (reading an ACL) and closed anyway is left out. */
function reasons(facts: readonly AccessFact[]): readonly Because[] {
  const asked = facts.filter(
    (fact) => fact.action !== 'read-acl' && !(fact.action === 'write-acl' && fact.answer === 'no'),
  );
  const order: readonly Answer[] = ['yes', 'unknown', 'no'];
  const sorted = order.flatMap((answer) => asked.filter((fact) => fact.answer === answer));
  return distinct(sorted.map((fact) => fact.because));
}

/** All four unknown, for one reason. */
export function unjudged(because: Because): Judgement {
  return {
    anonymousRead: 'unknown',
    anonymousList: 'unknown',
    anonymousWrite: 'unknown',
    public: 'unknown',
    because: [because],
  };
}

/** Several roads to the same objects: open when one of them is. */
export function either(...judgements: readonly Judgement[]): Judgement {
  return {
    anonymousRead: strongest(judgements.map((one) => one.anonymousRead)),
    anonymousList: strongest(judgements.map((one) => one.anonymousList)),
    anonymousWrite: strongest(judgements.map((one) => one.anonymousWrite)),
    public: strongest(judgements.map((one) => one.public)),
    because: distinct(judgements.flatMap((one) => one.because)),
  };
}

export function distinct(reasons: readonly Because[]): readonly Because[] {
  if (reasons.length < 2) return reasons;
  const seen = new Map(reasons.map((reason) => [JSON.stringify(reason), reason]));
  return [...seen.values()];
}
