/** Masking of texts that may leave: object keys, URLs, sheet names, headers, error texts. */
import { Buffer } from 'node:buffer';
import type { Detector } from '../model/detector.ts';
import { decoyFlags } from './decoys.ts';
import type { Engine } from './engine.ts';
import { Flag } from './flags.ts';
import type { Candidate } from './kernel/matcher.ts';
import { maskMatch } from './mask.ts';

const PERCENT = 37;

interface Patch {
  readonly start: number;
  readonly end: number;
  readonly masked: string;
}

/** The text with every identifier masked. Errs towards masking: a key can be had with `ajar locate`. */
export function maskText(engine: Engine, text: string): string {
  // No identifier is without a digit, an @ or a mask sign.
  if (!/[\p{Nd}@*#?_＠]/u.test(text)) return text;
  const bytes = Buffer.from(text);
  const { decoded, map } = decodePercent(bytes);
  const patches: Patch[] = [];
  engine.find(decoded, { lax: true }, (candidate) => {
    const rule = engine.rules[candidate.rule];
    if (!rule || !isIdentifier(rule, candidate)) return;
    const start = engine.folder.start(candidate.start);
    const end = engine.folder.end(candidate.end);
    patches.push({
      start: map?.[start] ?? start,
      end: map?.[end] ?? end,
      masked: maskMatch(rule, candidate.match),
    });
  });
  if (patches.length === 0) return text;
  patches.sort((a, b) => a.start - b.start || b.end - a.end);
  let out = '';
  let at = 0;
  for (const patch of patches) {
    if (patch.end <= at) continue;
    // A match that overlaps the one before it only has its tail hidden.
    out += patch.start >= at ? bytes.toString('utf8', at, patch.start) + patch.masked : '***';
    at = patch.end;
  }
  return out + bytes.toString('utf8', at);
}

function isIdentifier(rule: Detector, candidate: Candidate): boolean {
  if (rule.kind === 'company' || candidate.judgement === 'no') return false;
  if (candidate.masked) return true;
  const isDate = (decoyFlags(rule, candidate.match) & Flag.date) !== 0;
  // `report-20240131.csv` stays readable; `yymmdd…` may as well be somebody's birthday.
  if (isDate && /^(?:19|20)\d\d(?:0[1-9]|1[0-2])/.test(candidate.match.folded)) return false;
  if (candidate.judgement === 'proved') return true;
  return (rule.aloneFor?.(candidate.match) ?? rule.alone) !== 'none';
}

/** URLs write a bracket as `%28`. The map leads from decoded offsets back. */
function decodePercent(bytes: Uint8Array): { decoded: Uint8Array; map: Uint32Array | null } {
  if (!bytes.includes(PERCENT)) return { decoded: bytes, map: null };
  const decoded = new Uint8Array(bytes.length);
  const map = new Uint32Array(bytes.length + 1);
  let length = 0;
  for (let i = 0; i < bytes.length; length++) {
    map[length] = i;
    const hex = bytes[i] === PERCENT ? Buffer.from(bytes.subarray(i + 1, i + 3)).toString() : '';
    const isEscape = /^[0-9A-Fa-f]{2}$/.test(hex);
    decoded[length] = isEscape ? Number.parseInt(hex, 16) : (bytes[i] ?? 0);
    i += isEscape ? 3 : 1;
  }
  map[length] = bytes.length;
  return { decoded: decoded.subarray(0, length), map };
}
