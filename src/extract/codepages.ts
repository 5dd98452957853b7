/** Windows code pages, as RTF, Outlook and property sets name them → labels of the platform's decoders. */

const LABELS: Readonly<Record<number, string>> = {
  437: 'windows-1252',
  850: 'windows-1252',
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  1201: 'utf-16be',
  1361: 'euc-kr',
  10000: 'macintosh',
  10001: 'shift_jis',
  10002: 'big5',
  10003: 'euc-kr',
  10007: 'x-mac-cyrillic',
  10008: 'gb18030',
  20127: 'windows-1252',
  20866: 'koi8-r',
  20932: 'euc-jp',
  20936: 'gb18030',
  21866: 'koi8-u',
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  50222: 'iso-2022-jp',
  51932: 'euc-jp',
  51936: 'gb18030',
  51949: 'euc-kr',
  52936: 'gb18030',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** Never fails: what is not known is read as Western European, whose digits and letters are everybody's. */
export function codepageLabel(codepage: number): string {
  if (codepage >= 1250 && codepage <= 1258) return `windows-${codepage}`;
  if (codepage >= 28592 && codepage <= 28606) return isoLabel(codepage - 28590);
  return LABELS[codepage] ?? 'windows-1252';
}

function isoLabel(part: number): string {
  return part === 9
    ? 'windows-1254'
    : part === 11 || part === 12
      ? 'windows-874'
      : `iso-8859-${part}`;
}

/** `\fcharset` of RTF's font table → code page; null for the document's own. Source: RTF 1.9.1. */
export function charsetCodepage(charset: number): number | null {
  const known: Readonly<Record<number, number>> = {
    77: 10000,
    78: 10001,
    79: 10003,
    80: 10008,
    81: 10002,
    128: 932,
    129: 949,
    130: 1361,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    254: 437,
  };
  return known[charset] ?? null;
}
