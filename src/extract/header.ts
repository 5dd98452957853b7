/** Which row of a table holds the names of its columns. */

/** Words that column headers are made of, folded; a row of short cells with one of them is a header. */
const WORDS =
  /^(id|no|nr|num(ber)?|seq|index|name|nom|nombre|nome|naam|namn|nimi|first|last|given|family|full|sur|user|e?-?mail|correo|phone|mobile|tel(ephone)?|fax|cell|address|addr|street|city|town|state|province|country|region|district|zip|postcode|postal|code|date|datum|fecha|data|dob|birth(day|date)?|born|age|sex|gender|type|kind|status|category|class|title|description|desc|note|remark|comment|value|amount|price|total|balance|account|bank|iban|card|passport|hkid|nric|ssn|nino|tax|tin|licen[cs]e|plate|department|dept|office|school|staff|employee|student|patient|customer|client|member|contact|remarks|key|lat|lon|lng|latitude|longitude|created|updated|modified|time|timestamp|url|file|path|size|order|product|quantity|qty|weight|height)s?$/;
const CJK_WORDS =
  /姓名|名字|中文名|英文名|氏名|名前|フリガナ|ふりがな|カナ|이름|성명|编号|編號|番号|번호|号码|號碼|电话|電話|전화|手机|手機|携帯|핸드폰|휴대|地址|住址|住所|주소|邮箱|電郵|電子郵件|メール|이메일|身份证|身分證|身份證|证件|證件|주민|护照|護照|旅券|여권|出生|生日|生年月日|생년월일|性别|性別|성별|年龄|年齡|年齢|나이|部门|部門|部署|부서|单位|單位|职|職|学号|學號|日期|日付|날짜|备注|備註|備考|비고|账|帳|口座|계좌|银行|銀行|은행|金额|金額|금액|序号|序號|학번|国籍|國籍|국적|登録|登錄|등록|類別|类别|種別|統一|統編|保險|保険|보험/;
const MAX_LABEL_CHARACTERS = 80;
const TITLE_ROWS = 20;

function words(cell: string): readonly string[] {
  return cell
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-zà-ÿ]+/);
}

/** Does the cell hold a word that headers are made of? */
function headerWord(cell: string): boolean {
  return CJK_WORDS.test(cell) || words(cell).some((word) => WORDS.test(word));
}

/** A short cell with letters and hardly a digit. */
function labelLike(cell: string): boolean {
  if (cell === '' || cell.length > MAX_LABEL_CHARACTERS || /@|:\/\//.test(cell)) return false;
  const digits = cell.match(/\p{Nd}/gu)?.length ?? 0;
  return /\p{L}/u.test(cell) && digits <= 3;
}

/** Cells with digits or an address sign: what a label has not. */
function dataLike(cell: string): boolean {
  return /\p{Nd}{2}|@|\p{Nd}.*\p{Nd}/u.test(cell);
}

function filled(row: readonly string[]): number {
  return row.filter((cell) => cell !== '').length;
}

/** Does `row` name the columns of the rows below it? */
function isHeader(row: readonly string[], below: readonly (readonly string[])[]): boolean {
  const cells = row.filter((cell) => cell !== '');
  const labels = cells.filter(labelLike).length;
  if (cells.length < 1 || labels < cells.length * 0.6) return false;
  if (new Set(cells).size < cells.length * 0.7) return false;
  const named = cells.filter((cell) => labelLike(cell) && headerWord(cell)).length;
  if (named >= cells.length / 3) return true;
  const sample = below.slice(0, 50);
  let unlike = 0;
  let alike = 0;
  row.forEach((cell, column) => {
    const values = sample.map((one) => one[column] ?? '').filter((value) => value !== '');
    if (values.length === 0) return;
    const data = values.filter(dataLike).length / values.length;
    if (data > 0.6 && !dataLike(cell)) unlike += 1;
    else if (data > 0.6) alike += 1;
  });
  return unlike > alike && unlike > 0;
}

/**
 * The header's index in `rows`, -1 when there is none. Title rows above it are tolerated: the header
 * is the first row that has (nearly) as many filled cells as the table has columns.
 */
export function headerRow(rows: readonly (readonly string[])[], columns: number): number {
  const needed = Math.max(1, Math.min(columns, Math.ceil(columns * 0.8)));
  const limit = Math.min(rows.length, TITLE_ROWS);
  for (let at = 0; at < limit; at += 1) {
    const row = rows[at] ?? [];
    if (filled(row) < needed || row.length > columns * 2 + 2) continue;
    return isHeader(row, rows.slice(at + 1)) ? at : -1;
  }
  return -1;
}

/** A header cell as a column's name: one line, no quotes around it. */
export function columnName(cell: string): string {
  return cell
    .replace(/^\ufeff/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
