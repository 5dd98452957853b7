/** Facts from access-control documents, in short. */
import type { AccessFact, Action, Answer, Audience, Because, Slice } from '../model/access.ts';

/** A reason as data. */
export function because(code: string, params: Readonly<Record<string, string>> = {}): Because {
  return { code, params };
}

/** One fact an action, all from one entry of a document. */
export function configFacts(
  audience: Audience,
  actions: readonly Action[],
  answer: Answer,
  reason: Because,
  slice: Slice | null = null,
): readonly AccessFact[] {
  return actions.map((action) => ({
    audience,
    action,
    answer,
    source: 'config',
    slice,
    because: reason,
  }));
}

/** The facts, and a `no` for each of these actions on which they say nothing about anyone. */
export function withNo(
  facts: readonly AccessFact[],
  actions: readonly Action[],
  reason: Because,
): readonly AccessFact[] {
  const silent = actions.filter(
    (action) => !facts.some((fact) => fact.audience === 'anyone' && fact.action === action),
  );
  return [...facts, ...configFacts('anyone', silent, 'no', reason)];
}

/** What a document that could not be read leaves open. */
export function unreadFacts(
  actions: readonly Action[],
  document: string,
  detail: string,
): readonly AccessFact[] {
  return configFacts('anyone', actions, 'unknown', because('config.denied', { document, detail }));
}
