/** Control words of RTF by what they mean to a reader of its text. */

/** Groups that hold no words of people. */
export const SKIPPED: ReadonlySet<string> = new Set(
  'colortbl stylesheet themedata colorschememapping latentstyles datastore listtable listoverridetable rsidtbl generator xmlnstbl filetbl bkmkstart bkmkend pgptbl mmathPr blipuid blipexp fontemb fontfile panose falt listpicture listtext pntext pnseclvl wgrffmtfilter docvar passwordhash sn xe tc rxe atrfstart atrfend atnref atnicn atndate atntime atnparent atnid userprops objclass objname oldcprops oldpprops oldtprops oldsprops ffname ffformat datafield wpeqn htmltag mhtmltag'.split(
    ' ',
  ),
);

/** Words that stand for a character. */
export const SPECIAL: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  lbr: '\n',
  softline: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
};

interface Section {
  readonly label: string;
  /** Set where the group's text is a named value. */
  readonly value: string | null;
}

const VALUES: Readonly<Record<string, string>> = {
  title: 'title',
  subject: 'subject',
  author: 'author',
  manager: 'manager',
  company: 'company',
  operator: 'operator',
  category: 'category',
  keywords: 'keywords',
  comment: 'comment',
  doccomm: 'comments',
  atnauthor: 'comment author',
  revtbl: 'revision author',
  ffdeftext: 'form field',
  ffl: 'form field',
  ffhelptext: 'form field',
  ffstattext: 'form field',
  sv: 'drawing',
};

export function sectionOf(word: string): Section | null {
  const value = Object.hasOwn(VALUES, word) ? VALUES[word] : undefined;
  if (value !== undefined) return { label: '', value };
  if (/^header[lrf]?$/.test(word)) return { label: 'header', value: null };
  if (/^footer[lrf]?$/.test(word)) return { label: 'footer', value: null };
  if (word === 'footnote') return { label: 'footnote', value: null };
  return word === 'annotation' ? { label: 'comment', value: null } : null;
}

const SIGNATURES: readonly Buffer[] = [
  'd0cf11e0a1b11ae1',
  '504b0304',
  '255044462d',
  '89504e470d0a1a0a',
  'ffd8ff',
].map((hex) => Buffer.from(hex, 'hex'));

/** The file inside an OLE 1 object, or the picture; null for one of a kind that is not read. */
export function embeddedObject(data: Buffer): Uint8Array | null {
  const head = data.subarray(0, 4_096);
  const starts = SIGNATURES.map((mark) => head.indexOf(mark)).filter((at) => at !== -1);
  return starts.length > 0 ? data.subarray(Math.min(...starts)) : null;
}
