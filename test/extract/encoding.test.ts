import { expect, test } from 'vitest';
import { detectEncoding } from '../../src/extract/encoding.ts';
import { encode } from '../kit/encode.ts';
import { extractBytes } from '../kit/pieces.ts';

const TAIWAN =
  '姓名,電話,地址\n陳大文,0912345678,台北市信義區市府路45號\n林怡君,0987654321,高雄市三民區建國路12號\n';
const CHINA =
  '姓名,电话,住址\n张伟,13800138000,北京市朝阳区建国路12号\n王芳,13912345678,广东省深圳市南山区\n';
const JAPAN =
  '氏名,電話番号,住所\n山田太郎,0312345678,東京都新宿区西新宿2-8-1\n佐藤花子,0687654321,大阪府大阪市北区梅田\n';
const KANA = 'ﾔﾏﾀﾞ ﾀﾛｳ,1234567,ｱ\nｻﾄｳ ﾊﾅｺ,7654321,ｲ\nｽｽﾞｷ ｲﾁﾛｳ,2345678,ｳ\n';
const KOREA =
  '이름,전화번호,주소\n김철수,01012345678,서울특별시 종로구\n이영희,01087654321,부산광역시 해운대구\n';
const FRANCE = 'nom;prénom;téléphone\nLefèvre;Hélène;0612345678\nGarçon;François;0687654321\n';
const GERMANY = 'Name;Straße;PLZ\nMüller;Königstraße 5;70173\nJäger;Grünweg 12;80331\n';
const RUSSIA = 'фамилия;имя;телефон\nИванов;Иван;89161234567\nПетрова;Анна;89167654321\n';

test.each([
  ['big5', TAIWAN],
  ['gb18030', CHINA],
  ['gb18030', TAIWAN],
  ['shift_jis', JAPAN],
  ['shift_jis', KANA],
  ['euc-jp', JAPAN],
  ['euc-kr', KOREA],
  ['windows-1252', FRANCE],
  ['windows-1252', GERMANY],
  ['windows-1251', RUSSIA],
  ['koi8-r', RUSSIA],
  ['utf-16le', JAPAN],
  ['utf-16be', TAIWAN],
])('%s is known by its bytes and its cells come out as written: %#', async (encoding, source) => {
  const bytes = encode(source, encoding);
  const { cells, gaps } = await extractBytes(bytes);
  expect(gaps).toEqual([]);
  expect(cells.map((cell) => cell.text)).toEqual(source.trim().split(/[,;\n]/));
  expect(detectEncoding(bytes)?.encoding).toBe(encoding);
});

test.each([
  ['big5', '陳大文\n林志明\n黃淑芬\n'],
  ['gb18030', '张伟\n王芳\n李秀英\n'],
  ['shift_jis', '山田太郎\n佐藤一郎\n鈴木花子\n'],
  ['euc-jp', '山田太郎\n佐藤一郎\n鈴木花子\n'],
  ['euc-kr', '김철수\n이영희\n박지성\n'],
])('a short list of names in %s is enough', (encoding, source) => {
  expect(detectEncoding(encode(source, encoding))?.encoding).toBe(encoding);
});

test.each(['utf-16le', 'utf-16be'])(
  '%s without a mark and without a character beyond ASCII is read',
  async (encoding) => {
    const { pieces, gaps } = await extractBytes(encode('HKID K482913(1) seen\n', encoding));
    expect(gaps).toEqual([]);
    expect(new TextDecoder().decode(pieces[0]?.text)).toBe('HKID K482913(1) seen\n');
  },
);

test('a mark of UTF-16 is believed and is no text', async () => {
  const { pieces } = await extractBytes(encode(`\ufeff陳大文 91230001\n`, 'utf-16be'));
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(pieces[0]?.text)).toBe(
    '陳大文 91230001\n',
  );
});

test('ISO-2022-JP is known by its escapes', async () => {
  const bytes = Buffer.from('1b2442 3b33 4544 1b2842 20 39313233'.replaceAll(' ', ''), 'hex');
  const { pieces } = await extractBytes(bytes);
  expect(new TextDecoder().decode(pieces[0]?.text)).toBe('山田 9123');
});

test('ISO-2022-KR is known by its designation, and its shifts are undone', async () => {
  // 이름 between the shifts, as EUC-KR without its highest bits (RFC 1557).
  const hangul = encode('이름', 'euc-kr').map((byte) => byte & 0x7f);
  const bytes = Buffer.concat([
    Buffer.from('\x1b$)C\n\x0e'),
    hangul,
    Buffer.from('\x0f 91230001\n'),
  ]);
  const { pieces, gaps } = await extractBytes(bytes);
  expect(new TextDecoder().decode(pieces[0]?.text).trim()).toBe('이름 91230001');
  expect(gaps).toEqual([]);
});

function utf32(text: string, little: boolean): Buffer {
  const bytes = Buffer.alloc([...text].length * 4);
  for (const [at, char] of [...text].entries()) {
    const code = char.codePointAt(0) ?? 0;
    if (little) bytes.writeUInt32LE(code, at * 4);
    else bytes.writeUInt32BE(code, at * 4);
  }
  return bytes;
}

test.each([true, false])('UTF-32 needs no mark (little end first: %s)', async (little) => {
  const { cells, gaps } = await extractBytes(utf32(TAIWAN, little));
  expect(gaps).toEqual([]);
  expect(cells.map((cell) => cell.text)).toEqual(TAIWAN.trim().split(/[,;\n]/));
});

test('numbers of 32 bits are no UTF-32', () => {
  const numbers = new Uint8Array(Uint32Array.from({ length: 500 }, (_, at) => at * 7).buffer);
  expect(detectEncoding(numbers)).toBe(null);
});

const THAI = 'ชื่อ,โทรศัพท์\nสมชาย ใจดี,0812345678\nสมหญิง รักไทย,0898765432\n';

/** TIS-620: the Thai block, moved. */
function tis620(text: string): Buffer {
  return Buffer.from(
    [...text].map((char) => {
      const code = char.charCodeAt(0);
      return code < 0x80 ? code : code - 0x0e00 + 0xa0;
    }),
  );
}

test.each([THAI, 'สมหญิง รักไทย\n', 'ที่อยู่: กรุงเทพ 10200\n'])(
  'TIS-620 is known by where its vowels stand: %#',
  async (source) => {
    const { pieces } = await extractBytes(tis620(source));
    const text = pieces.map((piece) => new TextDecoder().decode(piece.text)).join('');
    expect(text.replace(/[\u001e\u001f]/g, '')).toBe(
      source.replace(/[,\n]/g, (sign) => (pieces[0]?.text.includes(0x1f) ? '' : sign)),
    );
  },
);

test.each([
  ['windows-1251', RUSSIA],
  ['koi8-r', RUSSIA],
  [
    'windows-1253',
    'όνομα;επώνυμο;τηλέφωνο\nΓιώργος;Παπαδόπουλος;2101234567\nΜαρία;Νικολάου;2107654321\n',
  ],
  ['windows-1252', GERMANY],
])('%s is not taken for Thai', (encoding, source) => {
  const bytes = encode(source, encoding);
  expect(detectEncoding(bytes)?.encoding).not.toBe('windows-874');
});

test('a legacy encoding that starts behind a megabyte of ASCII is found', async () => {
  const ascii = Buffer.from('1,Ann,91230001\n'.repeat(100_000));
  const { cells } = await extractBytes(Buffer.concat([ascii, encode(TAIWAN, 'big5')]));
  expect(cells.some((cell) => cell.text === '林怡君')).toBe(true);
});

test('a torn byte in UTF-8 becomes a question mark and moves nothing', async () => {
  const bytes = Buffer.from('姓名 陳大文 A\nline two 91230001 林怡君\n');
  bytes[0] = 0xff;
  const { pieces } = await extractBytes(bytes);
  expect(pieces[0]?.text).toHaveLength(bytes.length);
  expect(Buffer.from(pieces[0]?.text ?? []).indexOf('91230001')).toBe(bytes.indexOf('91230001'));
});

test('a declaration in the text counts where it can hold', () => {
  const page = '<html><head><meta charset="euc-kr"></head><body>漢字</body></html>';
  expect(detectEncoding(encode(page, 'euc-kr'))?.encoding).toBe('euc-kr');
  const lying = '<html><head><meta charset="utf-16"></head><body>é</body></html>';
  expect(detectEncoding(encode(lying, 'windows-1252'))?.encoding).toBe('windows-1252');
});

test.each(['big5', 'gb18030', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1252'])(
  'whatever is guessed for stray bytes, ASCII digits stay: written in %s',
  async (encoding) => {
    const strange = encoding === 'windows-1252' ? 'é9123ü0001ñ' : encode('中', encoding);
    const filler = typeof strange === 'string' ? encode(strange, encoding) : strange;
    for (let round = 0; round < 20; round += 1) {
      const line = Buffer.from(`${'x'.repeat(round)}\n`);
      const digits = Buffer.from(`9123${String(round).padStart(4, '0')}`);
      const { pieces } = await extractBytes(
        Buffer.concat([line, filler, digits, filler, digits, line]),
      );
      const text = pieces.map((piece) => new TextDecoder().decode(piece.text)).join('');
      expect(text.split(digits.toString())).toHaveLength(3);
    }
  },
);
