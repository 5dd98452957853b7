/**
 * A workbook as XLSX: sheets with a frozen head, filters, column widths and a layout for paper.
 *
 * Written by hand because the package that reads workbooks for ajar writes neither frozen heads
 * nor styles. Source: ECMA-376-1, SpreadsheetML.
 */
import type { Language } from '../../model/language.ts';
import { columns } from '../text.ts';
import { type ZipMember, zip } from '../zip.ts';
import { cellXml, columnName, type SheetCell, STYLE, sheetNames, xmlText } from './cells.ts';

export interface SheetColumn {
  readonly head: string;
  /** In characters of the standard font. */
  readonly width: number;
}

export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: Iterable<readonly SheetCell[]>;
}

export interface Workbook {
  readonly title: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly language: Language;
  readonly sheets: readonly Sheet[];
  /** Ends a text that is too long for a cell. */
  readonly cut: string;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Fonts that office machines of each language have, so that Han characters take their local form. */
const FONTS: Readonly<Record<Language, string>> = {
  en: 'Calibri',
  'zh-Hant': 'Microsoft JhengHei',
  'zh-Hans': 'Microsoft YaHei',
  ja: 'Yu Gothic',
};

export function writeWorkbook(book: Workbook): Buffer {
  const names = sheetNames(book.sheets.map(({ name }) => name));
  const lengths: number[] = [];
  const sheets = book.sheets.map((sheet, i): ZipMember => {
    const { bytes, rows } = sheetXml(sheet, book.cut);
    lengths.push(rows);
    return { name: `xl/worksheets/sheet${i + 1}.xml`, bytes };
  });
  const ranges = book.sheets.map(
    ({ columns }, i) => `$A$1:$${columnName(columns.length - 1)}$${Math.max(1, lengths[i] ?? 1)}`,
  );
  return zip([
    member('[Content_Types].xml', contentTypes(sheets.length)),
    member('_rels/.rels', packageRelations()),
    member('docProps/core.xml', core(book)),
    member('docProps/app.xml', app()),
    member('xl/workbook.xml', workbookXml(names, ranges)),
    member('xl/_rels/workbook.xml.rels', workbookRelations(sheets.length)),
    member('xl/styles.xml', styles(FONTS[book.language])),
    ...sheets,
  ]);
}

function member(name: string, xml: string): ZipMember {
  return { name, bytes: Buffer.from(DECLARATION + xml) };
}

function sheetXml({ columns: heads, rows }: Sheet, cut: string): { bytes: Buffer; rows: number } {
  const last = columnName(heads.length - 1);
  const sizes = heads.map(({ width }) => width);
  const widths = heads.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  const head = heads.map(({ head }): SheetCell => ({ value: head, style: 'head' }));
  const buffers: Buffer[] = [
    Buffer.from(
      `${DECLARATION}<worksheet xmlns="${MAIN}">` +
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>' +
        `<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>${rowXml(head, 1, sizes, cut)}`,
    ),
  ];
  let count = 1;
  for (const row of rows) {
    count += 1;
    buffers.push(Buffer.from(rowXml(row, count, sizes, cut)));
  }
  buffers.push(
    Buffer.from(
      `</sheetData><autoFilter ref="A1:${last}${count}"/>` +
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
        // A3 across, at a size that can be read: some 30 columns take several pages side by side.
        '<pageSetup paperSize="8" scale="60" pageOrder="overThenDown" orientation="landscape"/>' +
        '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>',
    ),
  );
  return { bytes: Buffer.concat(buffers), rows: count };
}

/** In points: a line of 11 point text, and what a row of many commands may take of the screen. */
const LINE_POINTS = 15;
const LINES_AT_MOST = 14;

/** Readers that do not measure wrapped text show one line of it; a row is as high as its text, within reason. */
function linesOf(cells: readonly SheetCell[], widths: readonly number[]): number {
  const lines = cells.map(({ value }, i) =>
    typeof value === 'string'
      ? value
          .slice(0, LINES_AT_MOST * 100)
          .split('\n')
          .reduce((sum, line) => sum + Math.ceil((columns(line) || 1) / (widths[i] ?? 10)), 0)
      : 1,
  );
  return Math.min(LINES_AT_MOST, Math.max(1, ...lines));
}

function rowXml(
  cells: readonly SheetCell[],
  row: number,
  widths: readonly number[],
  cut: string,
): string {
  const written = cells.map((cell, i) => cellXml(cell, `${columnName(i)}${row}`, cut));
  const height = linesOf(cells, widths) * LINE_POINTS;
  return `<row r="${row}" ht="${height}" customHeight="1">${written.join('')}</row>`;
}

function contentTypes(sheets: number): string {
  const parts = Array.from(
    { length: sheets },
    (_, i) =>
      `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`,
  );
  return (
    `<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>` +
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>' +
    '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>' +
    `${parts.join('')}</Types>`
  );
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
}

function packageRelations(): string {
  return (
    `<Relationships xmlns="${PACKAGE}/relationships">` +
    relation('rId1', `${RELATIONS}/officeDocument`, 'xl/workbook.xml') +
    relation('rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml') +
    relation('rId3', `${RELATIONS}/extended-properties`, 'docProps/app.xml') +
    '</Relationships>'
  );
}

function workbookRelations(sheets: number): string {
  const parts = Array.from({ length: sheets }, (_, i) =>
    relation(`rId${i + 1}`, `${RELATIONS}/worksheet`, `worksheets/sheet${i + 1}.xml`),
  );
  const style = relation(`rId${sheets + 1}`, `${RELATIONS}/styles`, 'styles.xml');
  return `<Relationships xmlns="${PACKAGE}/relationships">${parts.join('')}${style}</Relationships>`;
}

function workbookXml(names: readonly string[], ranges: readonly string[]): string {
  const sheets = names.map(
    (name, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  const defined = (kind: string, refer: (quoted: string, i: number) => string): string =>
    names
      .map((name, i) => {
        const quoted = xmlText(`'${name.replaceAll("'", "''")}'`);
        const hidden = kind === '_FilterDatabase' ? ' hidden="1"' : '';
        return `<definedName name="_xlnm.${kind}" localSheetId="${i}"${hidden}>${refer(quoted, i)}</definedName>`;
      })
      .join('');
  return (
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView activeTab="0"/></bookViews>` +
    `<sheets>${sheets.join('')}</sheets><definedNames>` +
    defined('_FilterDatabase', (quoted, i) => `${quoted}!${ranges[i] ?? '$A$1'}`) +
    defined('Print_Titles', (quoted) => `${quoted}!$1:$1`) +
    '</definedNames></workbook>'
  );
}

function core({ title, createdAt }: Workbook): string {
  const at = new Date(createdAt).toISOString();
  return (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${xmlText(title)}</dc:title><dc:creator>ajar</dc:creator>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created></cp:coreProperties>`
  );
}

function app(): string {
  return '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>ajar</Application></Properties>';
}

/** In the order of {@link STYLE}; number format 49 is text. */
function styles(font: string): string {
  const face = (extra: string, name = font): string =>
    `<font>${extra}<sz val="11"/><name val="${name}"/></font>`;
  const solid = (color: string): string =>
    `<fill><patternFill patternType="solid"><fgColor rgb="FF${color}"/></patternFill></fill>`;
  const xf = (attributes: string, align = ''): string =>
    `<xf xfId="0" borderId="0" ${attributes} applyFont="1" applyFill="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"${align}/></xf>`;
  const bold = 'fontId="1" numFmtId="49"';
  const xfs: Readonly<Record<keyof typeof STYLE, string>> = {
    text: xf('fontId="0" fillId="0" numFmtId="49"'),
    quoted: xf('fontId="0" fillId="0" numFmtId="49" quotePrefix="1"'),
    number: xf('fontId="0" fillId="0" numFmtId="3"'),
    time: xf('fontId="0" fillId="0" numFmtId="164"', ' horizontal="left"'),
    head: xf('fontId="1" fillId="2" numFmtId="49"'),
    code: xf('fontId="2" fillId="0" numFmtId="49"'),
    critical: xf(`${bold} fillId="3"`),
    high: xf(`${bold} fillId="4"`),
    medium: xf(`${bold} fillId="5"`),
    low: xf(`${bold} fillId="6"`),
  };
  const ordered = Object.entries(STYLE)
    .sort(([, a], [, b]) => a - b)
    .map(([name]) => xfs[name as keyof typeof STYLE]);
  return (
    `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm\\ &quot;UTC&quot;"/></numFmts>` +
    `<fonts count="3">${face('')}${face('<b/>')}${face('', 'Consolas')}</fonts>` +
    '<fills count="7"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
    `${solid('E3E8F0')}${solid('FBD5D5')}${solid('FFE3C2')}${solid('FBF1C0')}${solid('DDE9F7')}</fills>` +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${ordered.length + 1}"><xf xfId="0" numFmtId="0" fontId="0" fillId="0" borderId="0"/>${ordered.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}
