/**
 * Passport number of a country without a detector of its own: one or two letters and six to eight
 * digits, a letter, seven digits and a letter (Singapore, the Philippines), or nine digits (Taiwan, the
 * United States, the United Kingdom).
 *
 * A passport's number has at most nine characters; no check digit stands outside the machine
 * readable zone. Counts only beside a hint or under a header. What Hong Kong, China, Japan or Korea
 * give is left to their own detectors.
 */
import type { Detector, Quick } from '../../src/model/detector.ts';

/** `hk.passport`, `cn.passport`, `jp.passport`, `kr.passport`. */
const OWN = /^(?:[EGDSPHMKRO]\d{8}|[HK]J\d{7}|E[A-Z]\d{7}|[A-Z]{2}\d{7})$/;

/** Of a letter and eight digits what is none of theirs. */
const PATTERN = '[ABCFIJLNQT-Z]\\d{8}';

/** Of other forms all are taken, or with two letters and seven digits or more none. */
function quick(compact: string): Quick {
  const rules = { judgement: 'plausible', alone: 'none' } as const;
  if (!/^[A-Z]{1,2}\d{7,8}$/.test(compact) || compact.length === 8) return rules;
  return { ...rules, patterns: [{ pattern: PATTERN }] };
}

const passport: Detector = {
  id: 'intl.passport',
  title: 'Passport number',
  source: 'ICAO Doc 9303, part 4 (document number of at most nine characters).',
  kind: 'document',
  alone: 'none',
  shapes: ['l1..2d6..8', 'ld7l', 'd9'],
  masks: ['lm4d3..4', 'ld4m3..4', 'lm4d3l', 'm5d4'],
  hints: [
    ...['passport no', 'passport number', 'passport #', 'passport', 'pasport', 'nombor pasport'],
    ...['護照號碼', '護照', '护照号码', '护照', '旅券番号', '旅券', '여권번호', '여권'],
    ...['หนังสือเดินทาง', 'hộ chiếu', 'số hộ chiếu', 'paspor', 'nomor paspor', 'पासपोर्ट'],
  ],
  against: ['order no', 'part no', 'expiry', 'expires', 'visa no', '訂單', '回鄉證', '签证'],
  passRate: { plausible: 1, proved: 0 },
  judge: ({ compact }) => (compact.length > 9 || OWN.test(compact) ? 'no' : 'plausible'),
  quick: ({ compact }) => quick(compact),
  examples: {
    yes: ['K4820615P', 'A48206157', 'B4820615', 'AA482061', '482061573'],
    no: ['K04839215', 'TR4839215', 'ABC482061', '48206157'],
  },
};
export default passport;
