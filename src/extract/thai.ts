/**
 * Is a decoded text Thai? Its vowels and tone marks stand above, below and before consonants by
 * strict rules, which bytes of Greek or Russian read as Thai break at once.
 */

/** Thai text has a vowel or tone mark for every three or four consonants. */
const MARKS_SHARE = 0.12;
const KEEPING_SHARE = 0.95;

function isConsonant(code: number): boolean {
  return code >= 0x0e01 && code <= 0x0e2e;
}

/** Stands above or below the consonant before it. */
function isMark(code: number): boolean {
  return (
    code === 0x0e31 || (code >= 0x0e34 && code <= 0x0e3a) || (code >= 0x0e47 && code <= 0x0e4e)
  );
}

/** Written before the consonant that it is spoken after. */
function isLeading(code: number): boolean {
  return code >= 0x0e40 && code <= 0x0e44;
}

/** `text`: decoded as windows-874, which holds TIS-620. `least`: characters that are enough to judge. */
export function isThai(text: string, least: number): boolean {
  let thai = 0;
  let other = 0;
  let keeping = 0;
  let breaking = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code < 0x0e01 || code > 0x0e5b) {
      other += 1;
      continue;
    }
    thai += 1;
    const before = text.charCodeAt(at - 1);
    if (isMark(code)) {
      if (isConsonant(before) || isMark(before)) keeping += 1;
      else breaking += 1;
    } else if (isLeading(code)) {
      if (isConsonant(text.charCodeAt(at + 1))) keeping += 1;
      else breaking += 1;
    }
  }
  const marks = keeping + breaking;
  return (
    thai >= least &&
    other <= thai * 0.05 &&
    marks >= thai * MARKS_SHARE &&
    keeping >= marks * KEEPING_SHARE
  );
}
