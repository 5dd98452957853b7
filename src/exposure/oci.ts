/**
 * Oracle Cloud Object Storage: one setting a bucket. Pre-authenticated requests are bearer links and
 * are not anonymous access. Source: reference/exposure.md section 2.
 */
import { ACTIONS } from '../model/access.ts';
import { because, configFacts, unreadFacts, withNo } from './fact.ts';
import { type Json, list, pick } from './input.ts';
import { answerOf, type Judgement, judgementOf } from './judgement.ts';

/** Judges one case of the exposure case format. */
export function judgeOciCase(input: Json): Judgement {
  const type = pick(input, 'publicAccessType', 'publicAccess', 'accessType') ?? 'NoPublicAccess';
  const known = typeof type === 'string' ? type.toLowerCase() : '';
  const links = list(pick(input, 'preauthenticatedRequests', 'preauthRequests', 'pars'));
  const bearer =
    links.length > 0 ? configFacts('link-holder', ['read'], 'yes', because('oci.link')) : [];
  const opened = openedBy(known);
  if (opened === null) {
    const unread = unreadFacts(['read', 'list'], 'publicAccessType', 'it has no known value');
    return judgementOf(withNo(unread, ACTIONS, because('oci.write.never')), 'unknown');
  }
  const facts = withNo(
    [
      ...configFacts('anyone', opened, 'yes', because('oci.type', { type: String(type) })),
      ...bearer,
    ],
    ACTIONS,
    because('oci.closed', { type: String(type) }),
  );
  return judgementOf(facts, answerOf(facts, ['anyone'], ACTIONS));
}

function openedBy(type: string): readonly ('read' | 'list')[] | null {
  if (type === 'objectread') return ['read', 'list'];
  if (type === 'objectreadwithoutlist') return ['read'];
  return type === 'nopublicaccess' ? [] : null;
}
