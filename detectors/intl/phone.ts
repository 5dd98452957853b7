/**
 * Telephone number: international (`+852 …`) or national in the countries whose offices we serve.
 *
 * Numbering plans come from libphonenumber's metadata. Eight digits of Hong Kong, Macau or Singapore
 * have no structure of their own, so they count only with the country code, written 4-4, or under
 * a word; mobile forms that nothing else has (138…, 090-, 09…, 010-) stand alone.
 */
import metadata from 'libphonenumber-js/metadata.max.json';
import type { Confidence, Detector, Match, Quick } from '../../src/model/detector.ts';
import { DigitPattern } from '../digits.ts';

/** A country's entry in the metadata: calling code, …, national prefix at 5, number types at 11. */
type Plan = readonly unknown[];
const PLANS = metadata.countries as unknown as Readonly<Record<string, Plan>>;
const CALLING_CODES = metadata.country_calling_codes as Readonly<Record<string, readonly string[]>>;

interface Numbering {
  readonly source: string;
  readonly callingCode: string;
  readonly prefix: string;
  /** National numbers of every kind that the plan assigns. */
  readonly numbers: DigitPattern;
}

const numberings = new Map<string, Numbering>();

/** The library takes 10 µs a number, a regular expression a tenth, a table a hundredth. Plans are compiled when first asked for. */
function numbering(country: string): Numbering {
  const known = numberings.get(country);
  if (known) return known;
  const plan = PLANS[country] ?? [];
  const types = Array.isArray(plan[11]) ? plan[11] : [];
  const patterns = types.flatMap((type: unknown) => (Array.isArray(type) ? [String(type[0])] : []));
  // Small countries have no types of their own, only the general pattern.
  const all = patterns.length > 0 ? patterns : [String(plan[2])];
  const made = {
    source: all.join('|'),
    callingCode: String(plan[0]),
    prefix: typeof plan[5] === 'string' ? plan[5] : '',
    numbers: new DigitPattern(all.join('|')),
  };
  numberings.set(country, made);
  return made;
}

/** A way in which numbers are written nationally. */
interface Form {
  /** What it begins with, one of these. */
  readonly heads: string;
  readonly written: RegExp;
  /** Never bare digits. */
  readonly isGrouped: boolean;
  /** Of bare digits so many are of the form, and no other number of them. */
  readonly bareDigits?: number;
  /** The countries in which it can be one, tried in order. */
  readonly countries: readonly string[];
  readonly alone: 'none' | Confidence;
}

/** National forms, in order. */
const FORMS: readonly Form[] = [
  {
    heads: '0123456789',
    written: /^\d{4}[ -]\d{4}$/,
    isGrouped: true,
    countries: ['HK', 'SG', 'MO'],
    alone: 'medium',
  },
  {
    heads: '2356789',
    written: /^[235-9]\d{7}$/,
    isGrouped: false,
    bareDigits: 8,
    countries: ['HK', 'SG', 'MO'],
    alone: 'none',
  },
  {
    heads: '1',
    written: /^1[3-9]\d[ -]?\d{4}[ -]?\d{4}$/,
    isGrouped: false,
    countries: ['CN'],
    alone: 'medium',
  },
  {
    heads: '0',
    written: /^0[789]0-\d{4}-\d{4}$/,
    isGrouped: true,
    countries: ['JP'],
    alone: 'medium',
  },
  {
    heads: '0',
    written: /^01[016789]-\d{3,4}-\d{4}$/,
    isGrouped: true,
    countries: ['KR'],
    alone: 'medium',
  },
  {
    heads: '0',
    written: /^09\d{2}-?\d{3}-?\d{3}$/,
    isGrouped: false,
    countries: ['TW'],
    alone: 'medium',
  },
  {
    heads: '(0',
    written: /^\(?0\d{1,4}\)?[ -]?\d{1,4}[ -]?\d{3,4}(?:[ -]?\d{3,4})?$/,
    isGrouped: false,
    countries: ['JP', 'KR', 'TW', 'CN'],
    alone: 'low',
  },
  {
    heads: '(0',
    written: /^\(?0\d/,
    isGrouped: false,
    countries: ['MY', 'TH', 'ID', 'VN', 'PH', 'AU', 'NZ', 'GB', 'IN', 'LK', 'DE', 'FR'],
    alone: 'none',
  },
  {
    heads: '(23456789',
    written: /^\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}$/,
    isGrouped: true,
    countries: ['US'],
    alone: 'low',
  },
];

/** By the code of the first character. */
const FORMS_BY_HEAD: readonly (readonly Form[])[] = Array.from({ length: 128 }, (_, code) =>
  FORMS.filter(({ heads }) => heads.includes(String.fromCharCode(code))),
);

const plansByForm = new Map<Form, readonly Numbering[]>();

function plansOf(form: Form): readonly Numbering[] {
  const known = plansByForm.get(form);
  if (known) return known;
  const made = form.countries.map(numbering);
  plansByForm.set(form, made);
  return made;
}

interface Reading {
  /** E.164. */
  readonly number: string;
  readonly alone: 'none' | Confidence;
}

/** The last reading: judge, ceiling and canonical form are asked of one match in turn. */
let last: { folded: string; reading: Reading | null } = { folded: '', reading: null };

function read(folded: string): Reading | null {
  if (last.folded !== folded) last = { folded, reading: interpret(folded) };
  return last.reading;
}

/** Latitude and longitude as ISO 6709 writes them: `+513030-0000731`. */
const COORDINATES = /^\+(?:\d{4}|\d{6})-\d{5}(?:\d\d)?$/;

/** Of two groups of four digits: pages or years from and to, closer than two telephone numbers that one would write as one: `2769-2794`. */
const RANGE_MOST = 200;

function isRange(folded: string): boolean {
  if (folded.length !== 9 || folded.charAt(4) !== '-') return false;
  const length = Number(folded.slice(5)) - Number(folded.slice(0, 4));
  return length >= 0 && length <= RANGE_MOST;
}

const PLUS = 43;
const ZERO = 48;
/** More than any match has. */
const MAX_DIGITS = 64;
/** The digits of the match at hand, 0 to 9, and as text. */
const digits = new Uint8Array(MAX_DIGITS);
let digitText = '';

function interpret(folded: string): Reading | null {
  let count = 0;
  let hasPlus = false;
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    if (code >= ZERO && code <= ZERO + 9 && count < MAX_DIGITS) digits[count++] = code - ZERO;
    else if (code === PLUS) hasPlus = true;
  }
  const isBare = count === folded.length;
  digitText = isBare ? folded : folded.replace(/[^0-9]/g, '');
  if (hasPlus) {
    if (folded.startsWith('+') && COORDINATES.test(folded)) return null;
    const number = international(count);
    return number ? { number, alone: 'high' } : null;
  }
  for (const form of FORMS_BY_HEAD[folded.charCodeAt(0)] ?? []) {
    if (isBare && form.isGrouped) continue;
    const fits = isBare && form.bareDigits ? count === form.bareDigits : form.written.test(folded);
    if (!fits) continue;
    for (const plan of plansOf(form)) {
      const number = national(0, count, plan);
      if (number) return { number, alone: isRange(folded) ? 'low' : form.alone };
    }
  }
  return null;
}

function international(count: number): string | null {
  for (let length = 1; length <= 3; length++) {
    const countries = CALLING_CODES[digitText.slice(0, length)];
    for (const country of countries ?? []) {
      const number = national(length, count, numbering(country));
      if (number) return number;
    }
  }
  return null;
}

/** E.164, with or without the prefix that a country dials inland: `+44 (0)20 …`. */
function national(from: number, to: number, plan: Numbering): string | null {
  const { callingCode, prefix, numbers } = plan;
  if (numbers.fits(digits, from, to)) return `+${callingCode}${digitText.slice(from, to)}`;
  if (prefix === '' || !digitText.startsWith(prefix, from)) return null;
  const rest = from + prefix.length;
  return numbers.fits(digits, rest, to) ? `+${callingCode}${digitText.slice(rest, to)}` : null;
}

/** Forms that one plan or a few in order decide, with which first digits they do, and with which it is none. */
const QUICK: readonly (readonly [
  form: RegExp,
  heads: string,
  never: string,
  countries: readonly string[],
  alone: 'none' | Confidence,
])[] = [
  [/^\d{8}$/, '2356789', '14', ['HK', 'SG', 'MO'], 'none'],
  // With a hyphen it may be a range.
  [/^\d{4} \d{4}$/, '123456789', '', ['HK', 'SG', 'MO'], 'medium'],
  [/^\d{11}$|^\d{3}[ -]\d{4}[ -]\d{4}$/, '1', '23456789', ['CN'], 'medium'],
];
/** Forms of their own for numbers that no zero leads, and what does not begin such. */
const UNLED: readonly (readonly [form: RegExp, never: string])[] = [
  [/^\d{4}-\d{4}$/, ''],
  [/^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/, '1'],
];
/** Countries whose numbers stand in our tables with their codes, which no other country shares. */
const WITH_CODE = ['HK', 'SG', 'MO', 'CN', 'TW', 'MY', 'JP', 'KR', 'TH', 'PH', 'VN', 'IN'];
/** Digits of E.164 at most, and a few more, behind a calling code. */
const NATIONAL_MOST = 16;

/** All that has a calling code and neither of what a country dials inland nor, as far as the patterns before it know, a number. */
function foreign({ callingCode, prefix }: Numbering): string {
  const others = [...'0123456789'].filter((digit) => digit !== prefix.charAt(0)).join('');
  return `\\+${callingCode}[${others}]\\d{0,${NATIONAL_MOST}}`;
}

function quick(folded: string): Quick | null {
  const pattern = (country: string, before = ''): string =>
    `${before}(?:${numbering(country).source})`;
  if (/^\+[\d -]+$/.test(folded) && !/^\+(?:\d{4}|\d{6})-\d{5}(?:\d\d)?$/.test(folded)) {
    const patterns = [
      ...WITH_CODE.map((country) => ({
        pattern: pattern(country, `\\+${numbering(country).callingCode}`),
      })),
      ...WITH_CODE.map((country) => ({ pattern: foreign(numbering(country)), refuses: true })),
    ];
    return { judgement: 'plausible', alone: 'high', patterns, otherwise: 'ask' };
  }
  if (folded.includes('+')) return null;
  // Ten bare digits may be a mobile number of Taiwan.
  const isLow = /^\d+$/.test(folded) && folded.length !== 10;
  const most = isLow ? { most: 'low' as const } : {};
  const found = QUICK.find(([form]) => form.test(folded));
  if (!found) {
    const never = UNLED.find(([form]) => form.test(folded))?.[1] ?? '123456789';
    return { judgement: 'plausible', alone: 'none', never, passes: 'ask', ...most };
  }
  const [, heads, never, countries, alone] = found;
  const patterns = countries.map((country) => ({
    pattern: pattern(country),
    prefix: `+${numbering(country).callingCode}`,
  }));
  return { judgement: 'plausible', alone, heads, never, patterns, ...most };
}

const phone: Detector = {
  id: 'intl.phone',
  title: 'Telephone number',
  source: 'ITU-T E.164; Google libphonenumber metadata, by way of libphonenumber-js.',
  kind: 'contact',
  alone: 'high',
  shapes: [
    '{+}d7..15*',
    '{+}d1..3^(d1..4)^d5..10*',
    '(^{+}d1..3^)^d7..11*',
    '{+}d1..3~d1..4~d3..4~d3..4',
    'd8',
    'd4~d4',
    'd9..11',
    'd2..4~d3..4~d3..4',
    'd3~d4~d4',
    'd4~d2~d4',
    '(d2..4)^d3..4^d3..4',
    'd2..4(d2..4)d4',
  ],
  boundary: '_-.+*',
  masks: ['{+}d1..3^d1..4?m4..8', 'd4~m4', 'd3~m4~d4', 'd3m4d4', 'd3-m4-d4', 'm4~d4'],
  hints: [
    ...['phone', 'telephone', 'tel', 'tel no', 'mobile', 'mobile no', 'cell', 'contact no', 'fax'],
    ...['whatsapp', 'handphone', 'HP', 'contact number', 'phone number', 'telefon', 'teléfono'],
    ...['電話', '電話號碼', '手提', '手提電話', '手機', '手機號碼', '聯絡電話', '住宅電話', '傳真'],
    ...[
      '电话',
      '手机',
      '手机号',
      '联系电话',
      '联系方式',
      '聯絡方式',
      '携帯',
      '携帯電話',
      '電話番号',
    ],
    ...['휴대폰', '전화', '전화번호', '연락처', '핸드폰', 'โทร', 'โทรศัพท์', 'มือถือ', 'No HP'],
    ...[
      'nomor telepon',
      'no telefon',
      'telefon bimbit',
      'số điện thoại',
      'điện thoại',
      'फ़ोन',
      'मोबाइल',
    ],
  ],
  against: [
    'amount',
    'price',
    'total',
    'quantity',
    'population',
    '金額',
    '金额',
    '价格',
    '數量',
    '合計',
  ],
  passRate: { plausible: 0.4, proved: 0 },
  judge: ({ folded }) => (read(folded) ? 'plausible' : 'no'),
  aloneFor: ({ folded }: Match) =>
    /[*#?_X]/.test(folded) ? 'low' : (read(folded)?.alone ?? 'none'),
  // Eight bare digits are worth little alone.
  aloneAtMost: ['high', 'high', 'high', 'high', 'low'],
  canonical: ({ folded, compact }) => read(folded)?.number ?? compact,
  quick: ({ folded }) => quick(folded),
  examples: {
    yes: ['+852 9263 4178', '9263 4178', '+65 8247 3916', '090-3472-6185', '13862749051'],
    no: ['+852 1263 4178', '1263 4178', '+999 1234 5678', '090-34726-185'],
  },
};
export default phone;
