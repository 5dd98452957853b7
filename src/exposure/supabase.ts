/**
 * Supabase Storage: a public bucket serves `/object/public/BUCKET/KEY` to anyone; listing and
 * writing follow the row-level security policies of `storage.objects` for the role `anon`, whose key
 * is published with the application. Source: reference/exposure.md section 2.
 */
import { ACTIONS, type AccessFact, type Action } from '../model/access.ts';
import { because, configFacts, unreadFacts, withNo } from './fact.ts';
import { type Json, list, pick, readSwitch, record, texts } from './input.ts';
import { answerOf, type Judgement, judgementOf } from './judgement.ts';

const COMMANDS: Readonly<Record<string, readonly Action[]>> = {
  select: ['read', 'list'],
  insert: ['write'],
  update: ['write'],
  delete: ['write'],
  all: ['read', 'list', 'write'],
};

/** Conditions that hold for every object of the bucket that the case is about. */
const OWN_BUCKET = /^[\s(]*(true|bucket_id\s*=\s*'[^']*'(::text)?)[\s)]*$/i;

/** Judges one case of the exposure case format. */
export function judgeSupabaseCase(input: Json): Judgement {
  const bucket = record(pick(input, 'bucket')) ?? input;
  const open = readSwitch(pick(bucket, 'public', 'isPublic'), 'public');
  const rls = readSwitch(pick(input, 'rlsEnabled', 'rowLevelSecurity', 'rls'), 'rlsEnabled');
  const facts: AccessFact[] = [];
  if (open.state === 'denied') facts.push(...unreadFacts(['read'], 'public', open.detail));
  else if (open.value)
    facts.push(...configFacts('anyone', ['read'], 'yes', because('supabase.public')));
  if (rls.state === 'read' && rls.value === false) {
    facts.push(
      ...configFacts('anyone', ['read', 'list', 'write'], 'yes', because('supabase.no-rls')),
    );
  }
  facts.push(...list(pick(input, 'policies', 'rlsPolicies')).flatMap(policyFacts));
  const all = withNo(facts, ACTIONS, because('supabase.none'));
  return judgementOf(all, answerOf(all, ['anyone'], ACTIONS));
}

function policyFacts(value: unknown): readonly AccessFact[] {
  const policy = record(value);
  if (!policy) return unreadFacts(['read', 'list', 'write'], 'policy', 'it is no object');
  const roles = texts(pick(policy, 'roles', 'role', 'to')).map((role) => role.toLowerCase());
  // A policy that names no role is for PUBLIC, which `anon` belongs to.
  if (roles.length > 0 && !roles.includes('anon') && !roles.includes('public')) return [];
  const command = pick(policy, 'command', 'cmd', 'operation', 'for') ?? 'all';
  const actions = COMMANDS[String(command).toLowerCase()];
  if (!actions) return unreadFacts(['read', 'list', 'write'], 'policy', 'it has no known command');
  const name = String(pick(policy, 'name', 'policyname') ?? 'a policy');
  const condition = pick(policy, 'using', 'definition', 'qual', 'check', 'withCheck');
  const judged =
    condition === undefined ||
    condition === true ||
    (typeof condition === 'string' && OWN_BUCKET.test(condition));
  return judged
    ? configFacts('anyone', actions, 'yes', because('supabase.policy', { name }))
    : configFacts('anyone', actions, 'unknown', because('supabase.policy-if', { name }));
}
