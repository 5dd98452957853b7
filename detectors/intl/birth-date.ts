/**
 * Date of birth: a day between 1900 and today, under a label or a header that names it.
 *
 * Written with the year first or last, in the Japanese eras (昭和60年4月1日, S60.4.1), the years of the
 * Republic (民國74年4月1日) or of the Buddha (2528 พ.ศ.), or as a month in letters. A date alone is
 * nobody's; it makes the row a person's.
 */
import type { Detector, FoundSpan, Question } from '../../src/model/detector.ts';
import { isBirthDate } from '../kit.ts';

/** The year before each era's first. */
const ERAS: Readonly<Record<string, number>> = {
  明治: 1867,
  M: 1867,
  大正: 1911,
  T: 1911,
  昭和: 1925,
  S: 1925,
  平成: 1988,
  H: 1988,
  令和: 2018,
  R: 2018,
};
const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';
const THAI_MONTHS: readonly string[] = [
  ...['มกราคม', 'กุมภาพันธ์', 'มีนาคม', 'เมษายน', 'พฤษภาคม', 'มิถุนายน'],
  ...['กรกฎาคม', 'สิงหาคม', 'กันยายน', 'ตุลาคม', 'พฤศจิกายน', 'ธันวาคม'],
];
const EARLIEST = 1900;

const FORMS: readonly (readonly [
  form: RegExp,
  read: (part: readonly string[]) => readonly number[],
])[] = [
  [
    /(?<!\d)(\d{4})[-/.年년]\s?(\d{1,2})[-/.月월]\s?(\d{1,2})(?!\d)[日일]?/g,
    ([y, m, d]) => year(y, m, d),
  ],
  [/(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)/g, ([y, m, d]) => year(y, m, d)],
  [/(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/g, ([a, b, y]) => dayFirst(a, b, y)],
  [
    /(?<!\d)(\d{1,2})[- ]([A-Z]{3})[A-Z]{0,6}[- ,]{1,2}(\d{4})(?!\d)/gi,
    ([d, m, y]) => word(d, m, y),
  ],
  [/(?<![A-Z])([A-Z]{3})[A-Z]{0,6}\.? (\d{1,2}),? (\d{4})(?!\d)/gi, ([m, d, y]) => word(d, m, y)],
  [
    new RegExp(
      `(?<!\\d)(\\d{1,2})\\s?(${THAI_MONTHS.join('|')})\\s?(?:พ\\.ศ\\.\\s?)?(\\d{4})(?!\\d)`,
      'g',
    ),
    ([d, m = '', y]) => year(y, String(THAI_MONTHS.indexOf(m) + 1), d),
  ],
  [/(?<!\d)(\d{1,2}) tháng (\d{1,2}),? năm (\d{4})(?!\d)/gi, ([d, m, y]) => year(y, m, d)],
  [
    /(明治|大正|昭和|平成|令和|(?<![A-Z])[MTSHR])\s?(\d{1,2}|元)[年.\-/]\s?(\d{1,2})[月.\-/]\s?(\d{1,2})(?!\d)日?/g,
    ([era = '', y = '', m, d]) => [
      (ERAS[era] ?? Number.NaN) + (y === '元' ? 1 : Number(y)),
      Number(m),
      Number(d),
    ],
  ],
  [
    /(?:民國|民国)\s?(\d{1,3})年?[./-]?(\d{1,2})[月./-](\d{1,2})(?!\d)日?/g,
    ([y, m, d]) => [1911 + Number(y), Number(m), Number(d)],
  ],
];

function year(y = '', m = '', d = ''): readonly number[] {
  // Buddhist years are 543 ahead; nobody is born after next year otherwise.
  const read = Number(y);
  return [read > 2400 && read < 2600 ? read - 543 : read, Number(m), Number(d)];
}

/** `31/12/1980`, and `12/31/1980` where only that is a date. */
function dayFirst(a = '', b = '', y = ''): readonly number[] {
  return Number(b) > 12 ? year(y, a, b) : year(y, b, a);
}

function word(d = '', m = '', y = ''): readonly number[] {
  const at = MONTHS.indexOf(m.toUpperCase());
  return [Number(y), at >= 0 && at % 3 === 0 ? at / 3 + 1 : 0, Number(d)];
}

const LABELS =
  'date of birth|birth ?date|birthday|d\\.?o\\.?b\\.?|born|出生日期|出生年月日|生日|生於|生于|生年月日|생년월일|출생|' +
  'วันเกิด|ngày sinh|tarikh lahir|tanggal lahir';
const LABELLED = new RegExp(LABELS, 'i');
const LABEL = new RegExp(`(?:${LABELS})[^\\d明大昭平令民MTSHR]{0,12}$`, 'i');

function find({ text, where, beside }: Question): readonly FoundSpan[] {
  const folded = /[^\x20-\x7e]/.test(text) ? text.normalize('NFKC') : text;
  // Folding that changes the length would shift what is found.
  const searched = folded.length === text.length ? folded : text;
  const found: FoundSpan[] = [];
  if (where === 'around' && !LABELLED.test(searched)) return found;
  for (const [form, read] of FORMS) {
    for (const match of searched.matchAll(form)) {
      const { 0: date, index } = match;
      const [y = 0, m = 0, d = 0] = read(match.slice(1));
      if (y < EARLIEST || !isBirthDate(y, m, d)) continue;
      const end = index + date.length;
      if (where === 'cell' && searched.trim() !== date.trim()) continue;
      if (where === 'around') {
        if (beside !== null && index < beside.end && end > beside.start) continue;
        if (!LABEL.test(searched.slice(Math.max(0, index - 40), index))) continue;
      }
      found.push({ start: index, end, form: 'full' });
    }
  }
  return found;
}

const birthDate: Detector = {
  id: 'intl.birth-date',
  title: 'Date of birth',
  source:
    'eras by the Era Name Act of Japan (元号法) and cabinet orders; Taiwan +1911; Thailand ' +
    '+543.',
  kind: 'attribute',
  alone: 'none',
  shapes: [],
  hints: [
    ...['date of birth', 'birth date', 'birthdate', 'birthday', 'DOB', 'd.o.b.', 'born'],
    ...['出生日期', '出生年月日', '生日', '生年月日', '출생', '생년월일', 'วันเกิด', 'วันเดือนปีเกิด'],
    ...['Ngày sinh', 'Tarikh Lahir', 'tanggal lahir', 'जन्म तिथि', 'kapanganakan'],
  ],
  passRate: { plausible: 1, proved: 1 },
  judge: () => 'no',
  find,
  examples: {
    yes: [
      '1985-04-01',
      '1/4/1985',
      '昭和60年4月1日',
      'S60.4.1',
      '民國74年4月1日',
      '2528-04-01',
      '1 Apr 1985',
      'April 1, 1985',
      '1985년 4월 1일',
      '1 เมษายน 2528',
      '1 tháng 4 năm 1985',
    ],
    no: ['1985-13-01', '2999-01-01', '昭和60年13月1日', '1785-04-01', 'Room 1, 1985'],
  },
};
export default birthDate;
