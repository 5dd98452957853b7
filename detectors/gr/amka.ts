/**
 * AMKA (Αριθμός Μητρώου Κοινωνικής Ασφάλισης) of Greece: DDMMYY, four digits, a Luhn digit.
 */
import type { Detector } from '../../src/model/detector.ts';
import { isShortBirthDate, luhnSum, passesSum, shortDatePattern } from '../kit.ts';

const SUM = luhnSum(11);
const PATTERNS = [{ pattern: `${shortDatePattern('ddmmyy')}\\d{5}` }];

const amka: Detector = {
  id: 'gr.amka',
  title: 'Greece AMKA',
  source: 'Law 3655/2008, article 153; IDIKA, AMKA.',
  kind: 'person',
  alone: 'low',
  shapes: ['d11', 'd6~d5'],
  masks: ['d6m5', 'm6d5', 'm7d4'],
  hints: ['AMKA', 'Α.Μ.Κ.Α.', 'ΑΜΚΑ', 'κοινωνικής ασφάλισης', 'αριθμός μητρώου'],
  against: ['ΑΦΜ', 'τηλέφωνο', 'παραγγελία', 'τιμολόγιο'],
  passRate: { plausible: 0.004, proved: 0.004 },
  judge: ({ compact }) => {
    const [day, month, yy] = [0, 2, 4].map((at) => Number(compact.slice(at, at + 2)));
    const isBorn = isShortBirthDate(yy ?? 0, month ?? 0, day ?? 0);
    return isBorn && passesSum(compact, SUM) ? 'proved' : 'no';
  },
  quick: () => ({ judgement: 'proved', alone: 'low', sum: SUM, patterns: PATTERNS }),
  examples: { yes: ['17038448209'], no: ['17038448200', '17138448206'] },
};
export default amka;
