/**
 * Backblaze B2: a bucket is allPublic or allPrivate; public means that files download by name,
 * while listing asks for a key. Source: reference/exposure.md section 2, marked there as unverified.
 */
import { ACTIONS } from '../model/access.ts';
import { because, configFacts, unreadFacts, withNo } from './fact.ts';
import { type Json, pick } from './input.ts';
import { answerOf, type Judgement, judgementOf } from './judgement.ts';

const PUBLIC = ['allpublic', 'public', 'public-read'];
const PRIVATE = ['allprivate', 'private', 'restricted', 'snapshot', 'share', 'shared'];

/** Judges one case of the exposure case format. */
export function judgeB2Case(input: Json): Judgement {
  const given = pick(input, 'bucketType', 'type', 'acl', 'bucketInfoType') ?? 'allPrivate';
  const type = typeof given === 'string' ? given : '';
  if (PUBLIC.includes(type.toLowerCase())) {
    const facts = configFacts('anyone', ['read'], 'yes', because('b2.public'));
    const all = withNo(facts, ACTIONS, because('b2.no-list'));
    return judgementOf(all, answerOf(all, ['anyone'], ACTIONS));
  }
  if (PRIVATE.includes(type.toLowerCase())) {
    return judgementOf(withNo([], ACTIONS, because('b2.private', { type })), 'no');
  }
  const unread = unreadFacts(['read'], 'bucketType', 'it has no known value');
  return judgementOf(withNo(unread, ACTIONS, because('b2.no-list')), 'unknown');
}
