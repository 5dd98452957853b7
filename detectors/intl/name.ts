/**
 * Personal name, in Chinese, Japanese or Korean script or romanised (`CHAN Tai Man`, `Lim, Ah Kow`).
 *
 * A name alone is nobody's secret and is never reported by itself: it is looked for under a header
 * that names it and beside an identifier, where it makes the row a person's. Characters that
 * offices hide (`陳○明`, `王**`, `홍*동`) count as characters. Never shown, not even in part.
 */
import type { Detector, FoundSpan, Question } from '../../src/model/detector.ts';
import { CHINESE, CHINESE_DOUBLE, JAPANESE, KOREAN, ROMANISED } from '../surnames.ts';

const HIDDEN = '○〇*＊●x';
const GIVEN = `[\\p{Script=Han}${HIDDEN}]`;
const CHINESE_NAME = `(?:(?:${CHINESE_DOUBLE.join('|')})${GIVEN}{1,2}|[${CHINESE}]${GIVEN}{1,2})`;
const JAPANESE_NAME = `(?:${JAPANESE.join('|')})[ 　]?[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}々${HIDDEN}]{1,4}`;
const KANA_NAME = '[ァ-ヶー]{2,8}[ 　][ァ-ヶー]{2,8}';
const KOREAN_NAME = `(?:남궁|황보|제갈|선우|[${KOREAN}])[가-힣${HIDDEN}]{1,2}`;
const NATIVE = `${CHINESE_NAME}|${JAPANESE_NAME}|${KANA_NAME}|${KOREAN_NAME}`;
const LATIN = "[A-Z][A-Za-z'’-]{0,19}(?:,? [A-Z][A-Za-z'’-]{0,19}){1,4}";

const NATIVE_CELL = new RegExp(`^(?:${NATIVE})$`, 'u');
const LATIN_CELL = new RegExp(`^${LATIN}$`);
/** Names beside an identifier: bounded by what is no letter, or between the words of a form. */
const LABEL =
  '姓名|名字|申請人|申请人|學生|学生|病人|患者|員工|员工|業主|业主|租客|市民|客戶|客户|氏名|名前|様|성명|이름|성함|投訴人|受助人';
const TITLE = '先生|女士|小姐|太太|同學|同学|君|さん|様|氏|씨|님|身份|身分|證|电话|電話|手機|手机';
const NATIVE_AT = new RegExp(
  `(?:(?<=(?:${LABEL})[:： ]{0,3})|(?<![\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hangul}]))` +
    `(?:${NATIVE})(?=${TITLE}|[^\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}]|$)`,
  'uy',
);

/** By UTF-16 unit: may a name in its own script begin with it? */
const FIRSTS = new Uint8Array(2 ** 16);
for (const surname of [...CHINESE_DOUBLE, ...JAPANESE, ...CHINESE, ...KOREAN, ...'남황제선']) {
  FIRSTS[surname.charCodeAt(0)] = 1;
}
FIRSTS.fill(1, 0x30a1, 0x30fd);
/** By UTF-16 unit: may no name begin behind it? Ideographs, syllables and kana that end no label. */
const CLOSED = new Uint8Array(2 ** 16);
for (const [from, to] of [
  [0x30a1, 0x30fb],
  [0x4e00, 0xa000],
  [0xac00, 0xd7a4],
] as const) {
  CLOSED.fill(1, from, to);
}
for (const label of LABEL.split('|')) CLOSED[label.charCodeAt(label.length - 1)] = 0;

const LATIN_AROUND = new RegExp(`(?<![A-Za-z])${LATIN}(?![A-Za-z])`, 'g');

/** Holds no script of its own. */
const ASCII = /^[\x00-\x7f]*$/;

/** `CHAN Tai Man`, `Chan, Tai-man`, `Tai Man CHAN`: some word is a surname, at an end. */
function hasSurname(text: string): boolean {
  const words = text.toUpperCase().split(/,? /);
  return ROMANISED.has(words[0] ?? '') || ROMANISED.has(words.at(-1) ?? '');
}

/** A header that can only mean people, so that any name in it is one. */
const PEOPLE =
  /full|first|last|given|family|sur|applicant|patient|student|staff|employee|holder|member|owner|guardian|parent|tenant|resident|payee/i;

function inCell({ text, header }: Question): readonly FoundSpan[] {
  const cell = text.normalize('NFKC').trim();
  const isName =
    NATIVE_CELL.test(cell) || (LATIN_CELL.test(cell) && (hasSurname(cell) || PEOPLE.test(header)));
  return isName ? [{ start: 0, end: text.length, form: 'full' }] : [];
}

function around({ text, beside }: Question): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  const add = (start: number, end: number): void => {
    const overlaps = beside !== null && start < beside.end && end > beside.start;
    if (!overlaps) found.push({ start, end, form: 'full' });
  };
  if (!ASCII.test(text)) eachNative(text, add);
  for (const { 0: name, index } of text.matchAll(LATIN_AROUND)) {
    if (hasSurname(name)) add(index, index + name.length);
  }
  return found;
}

/** Names in their own script, half open. Asking the pattern of the few places where one may begin takes a tenth of a search. */
function eachNative(text: string, add: (start: number, end: number) => void): void {
  for (let at = 0; at < text.length; at++) {
    if (FIRSTS[text.charCodeAt(at)] !== 1) continue;
    if (at > 0 && CLOSED[text.charCodeAt(at - 1)] === 1) continue;
    NATIVE_AT.lastIndex = at;
    if (!NATIVE_AT.test(text)) continue;
    add(at, NATIVE_AT.lastIndex);
    at = NATIVE_AT.lastIndex - 1;
  }
}

const name: Detector = {
  id: 'intl.name',
  title: 'Personal name',
  source:
    'surnames.ts; order and writing as in the registers of Hong Kong, Singapore, Taiwan, ' +
    'Japan and Korea.',
  kind: 'attribute',
  alone: 'none',
  shapes: [],
  hints: [
    ...['name', 'full name', 'surname', 'given name', 'first name', 'last name', 'family name'],
    ...['姓名', '名字', '中文姓名', '英文姓名', '姓氏', '申請人', '申请人', '學生姓名', '学生姓名'],
    ...['氏名', '名前', 'フリガナ', 'ふりがな', 'カナ氏名', '성명', '이름', '성함', 'ชื่อ', 'ชื่อ-สกุล'],
    ...['Họ tên', 'Họ và tên', 'Nama', 'nama penuh', 'nama lengkap', 'pangalan', 'नाम'],
  ],
  against: [
    ...[
      'file name',
      'filename',
      'user name',
      'username',
      'product name',
      'company name',
      'host name',
    ],
    ...[
      'hostname',
      'domain name',
      'bucket name',
      'account name',
      'name of building',
      'street name',
    ],
    ...[
      '公司名稱',
      '公司名称',
      '產品名稱',
      '产品名称',
      '品名',
      '商品名',
      '会社名',
      '部署名',
      '제품명',
      '회사명',
    ],
  ],
  passRate: { plausible: 1, proved: 1 },
  judge: () => 'no',
  find: (question) => (question.where === 'cell' ? inCell(question) : around(question)),
  examples: {
    yes: [
      '陳大文',
      '歐陽小明',
      '佐藤 花子',
      'サトウ ハナコ',
      '김민수',
      'CHAN Tai Man',
      'Lim, Ah Kow',
    ],
    no: ['地政總署', '東京タワー', 'Green Tea Latte', '이용약관동의'],
  },
};
export default name;
