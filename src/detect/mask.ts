/**
 * What evidence may show of a value: its first characters and its shape. At least five characters
 * at the end stay hidden, so that never the check digit nor the last four can be read, and at
 * least 10,000 candidates remain (four free digits and the check digit that follows from them).
 */
import type { Detector, Match } from '../model/detector.ts';

const HIDDEN = 5;
/** A longer value (an MRZ) is cut: its tail is stars anyway. */
const MAX_SHOWN = 40;

/** `A123456(3)` → `A12****(*)`, `someone@example.org` → `s******@e******.***`. */
export function maskMatch(rule: Detector, match: Match): string {
  if (match.folded.includes('@')) return maskAddress(match.folded);
  const total = match.folded.replace(/[^0-9A-Z*#?_]/g, '').length;
  const shows = rule.shows ?? (rule.kind === 'contact' ? 1 : rule.kind === 'attribute' ? 0 : 3);
  let left = Math.max(0, Math.min(shows, total - HIDDEN));
  let masked = '';
  // In `XXXX XXXX 1234` the X hides a digit already.
  const folded = match.folded
    .slice(0, MAX_SHOWN)
    .replace(/X{2,}/g, (run) => '*'.repeat(run.length));
  for (const sign of folded) {
    if (/[0-9A-Z]/.test(sign) && left > 0) {
      masked += sign;
      left--;
    } else if (/[-+ ./()[\]]/.test(sign)) {
      masked += sign;
    } else {
      // After the first hidden sign nothing shows: a mask in the source hides no later digit of ours.
      left = 0;
      masked += '*';
    }
  }
  return match.folded.length > MAX_SHOWN ? `${masked}…` : masked;
}

/** First letter of name and domain. A fixed number of stars: the length of a name tells it from others. */
function maskAddress(address: string): string {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  return `${local.length > 1 ? local.charAt(0) : ''}***@${domain.charAt(0)}***`;
}
