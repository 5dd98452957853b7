/**
 * Postal address of Hong Kong, Singapore, Japan, China, Taiwan or Korea.
 *
 * Two parts of an address must stand together: a street and a number, a block and a unit, a
 * prefecture and a 番地. A postal code alone is noise. Singapore's unit and postal code together name
 * about one household. Looked for under a header that names it and beside an identifier.
 */
import type { Detector, FoundSpan, Question } from '../../src/model/detector.ts';

/** What a form cannot do without, which is found out in a hundredth of the time, and the form. */
const FORMS: readonly (readonly [needs: RegExp, form: RegExp])[] = [
  // Hong Kong, Chinese: street or estate, then a number or a flat.
  [
    /[道街路徑里邨苑村園廈]/,
    /(?:香港|九龍|新界)?[\p{Script=Han}]{1,16}(?:道|街|路|徑|里|邨|苑|村|花園|大廈)[\p{Script=Han}\dA-Z -]{0,24}?(?:\d{1,5}[A-Z]?號|[\dA-Z一二三四五六七八九十]{1,4}(?:樓|座|室))[\p{Script=Han}\dA-Z ]{0,12}/gu,
  ],
  // Hong Kong, English.
  [
    /floor|block|tower|\/F/i,
    /(?:Flat|Room|Rm|Unit|Shop)\.? ?[A-Z0-9]{1,6},? {1,2}(?:\d{1,2}(?:\/F|(?:st|nd|rd|th) Floor)|Block [A-Z0-9]{1,3}|Tower [A-Z0-9]{1,3})[A-Za-z0-9 ,.'/-]{0,80}/gi,
  ],
  // Singapore: block and unit, or unit and postal code in sectors 01–82.
  [
    /#/,
    /(?:Blk|Block)\.? ?\d{1,4}[A-Z]? [A-Za-z0-9 ,.'-]{2,50}?#\d{2}-\d{1,5}(?:[, ]{1,3}(?:S\(?|Singapore )\d{6}\)?)?/gi,
  ],
  [
    /#/,
    /#\d{2}-\d{1,5}[A-Za-z0-9 ,.'-]{0,40}?(?:S\(?|Singapore )(?:0[1-9]|[1-7]\d|8[0-2])\d{4}(?!\d)\)?/gi,
  ],
  // Japan.
  [
    /[都道府県]/,
    /(?:〒? ?\d{3}-\d{4} ?)?(?:東京都|北海道|(?:京都|大阪)府|[\p{Script=Han}]{2,3}県)[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ヶケ]{1,16}?[一-十\d]{1,4}(?:丁目|番地?|号|-\d{1,4})[\d番地号\- 　]{0,12}/gu,
  ],
  // China.
  [
    /[省区市].*[路街道巷村弄].*[号弄]/s,
    /[\p{Script=Han}]{2,6}(?:省|自治区|市)[\p{Script=Han}\d]{2,24}?(?:路|街|道|巷|村|弄)[\p{Script=Han}]{0,6}\d{1,5}(?:号|弄)[\p{Script=Han}\d-]{0,20}/gu,
  ],
  // Taiwan.
  [
    /[縣市].*[路街道].*號/s,
    /(?:[\p{Script=Han}]{2}(?:縣|市))[\p{Script=Han}]{1,4}(?:區|鄉|鎮|市)[\p{Script=Han}\d]{1,14}?(?:路|街|大道)(?:[一二三四五六七八九十\d]{1,2}段)?(?:\d{1,4}巷)?(?:\d{1,4}弄)?\d{1,4}(?:之\d{1,3})?號(?:[\d一二三四五六七八九十]{1,3}樓)?/gu,
  ],
  // Korea.
  [
    /[시도]/,
    /[가-힣]{2,6}(?:시|도) ?[가-힣]{1,5}(?:구|군|시) ?[가-힣\d]{1,12}(?:로|길|동) ?\d{1,4}(?:-\d{1,4})?/gu,
  ],
];

/** Longer texts are no address. */
const MAX_CELL = 200;

function find({ text, where, beside }: Question): readonly FoundSpan[] {
  if (where === 'cell' && text.length > MAX_CELL) return [];
  const found: FoundSpan[] = [];
  for (const [needs, form] of FORMS) {
    if (!needs.test(text)) continue;
    for (const { 0: address, index } of text.matchAll(form)) {
      const end = index + address.length;
      const overlaps = beside !== null && index < beside.end && end > beside.start;
      if (overlaps || found.some((one) => index < one.end && end > one.start)) continue;
      found.push({ start: index, end, form: 'full' });
    }
  }
  return found;
}

const address: Detector = {
  id: 'intl.address',
  title: 'Postal address',
  source: 'Hongkong Post and SingPost addressing guides, Japan Post, GB/T 23705, Chunghwa Post.',
  kind: 'attribute',
  alone: 'none',
  shapes: [],
  hints: [
    ...[
      'address',
      'home address',
      'residential address',
      'mailing address',
      'correspondence address',
    ],
    ...[
      '地址',
      '住址',
      '通訊地址',
      '通讯地址',
      '居住地址',
      '戶籍地址',
      '户籍地址',
      '家庭住址',
      '住宅地址',
    ],
    ...['住所', '現住所', '주소', '거주지', 'ที่อยู่', 'địa chỉ', 'alamat', 'tirahan', 'पता'],
  ],
  against: [
    'e-mail address',
    'email address',
    'ip address',
    'mac address',
    'web address',
    '電郵地址',
  ],
  passRate: { plausible: 1, proved: 1 },
  judge: () => 'no',
  find,
  examples: {
    yes: [
      '九龍旺角彌敦道789號12樓B室',
      'Flat B, 12/F, 789 Nathan Road, Kowloon',
      'Blk 123 Ang Mo Kio Ave 3 #04-56 S(560123)',
      '東京都千代田区丸の内9丁目9番9号',
      '广东省深圳市南山区科技路99号3栋',
      '臺北市中正區重慶南路一段999號3樓',
      '서울특별시 종로구 세종대로 999',
    ],
    no: ['999077', '〒100-0001', 'Nathan Road', '南山区'],
  },
};
export default address;
