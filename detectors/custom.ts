/** An office's own detectors: data from `ajar.yaml` made into rules like those that lie in this folder. */
import type { CheckName, CustomDetector } from '../src/model/custom.ts';
import type { Detector } from '../src/model/detector.ts';
import { charValue, luhn, mod11by10, remainder, verhoeff } from './kit.ts';

type Check = (compact: string, weights: readonly number[]) => boolean;

const CHECK: Readonly<Record<CheckName, { readonly holds: Check; readonly passRate: number }>> = {
  luhn: { holds: luhn, passRate: 0.1 },
  verhoeff: { holds: verhoeff, passRate: 0.1 },
  mod11: { holds: mod11, passRate: 1 / 11 },
  mod97: { holds: (compact) => remainder(compact, 97) === 1, passRate: 1 / 97 },
  'iso7064-mod11-2': { holds: mod11by2, passRate: 1 / 11 },
  'iso7064-mod11-10': { holds: mod11by10, passRate: 0.1 },
  'iso7064-mod37-36': { holds: mod37by36, passRate: 1 / 36 },
};

/** The weighted sum is a multiple of 11 (a weight for each character), or its rest to 11 is the last character. */
function mod11(compact: string, weights: readonly number[]): boolean {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const char = compact.charAt(i);
    const value = i === compact.length - 1 && char === 'X' ? 10 : charValue(char);
    sum += value * (weights[i] ?? 0);
  }
  if (weights.length === compact.length) return sum % 11 === 0;
  const check = (11 - (sum % 11)) % 11;
  return (
    weights.length === compact.length - 1 && compact.at(-1) === (check === 10 ? 'X' : `${check}`)
  );
}

/** ISO 7064 MOD 11-2, a pure system: digits, the last may be X. */
function mod11by2(compact: string): boolean {
  let rest = 0;
  for (let i = 0; i < compact.length; i++) {
    const char = compact.charAt(i);
    const value = i === compact.length - 1 && char === 'X' ? 10 : charValue(char);
    if (value > 10) return false;
    rest = (rest * 2 + value) % 11;
  }
  return compact.length > 1 && rest === 1;
}

/** ISO 7064 MOD 37,36, a hybrid system over digits and letters. */
function mod37by36(compact: string): boolean {
  let product = 36;
  for (const char of compact.slice(0, -1)) {
    const sum = (charValue(char) + product) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return compact.length > 1 && (product + charValue(compact.slice(-1))) % 36 === 1;
}

/** A rule without examples: the office's own numbers are not ours to print. */
export function customDetector(data: CustomDetector): Detector {
  const check = data.check === null ? null : CHECK[data.check];
  const rate = check?.passRate ?? 1;
  return {
    id: data.id,
    title: data.title,
    source: 'the configuration (detectors.custom)',
    kind: data.kind,
    alone: data.alone,
    shapes: data.shapes,
    masks: data.masks,
    hints: data.hints,
    against: data.against,
    passRate: { plausible: rate, proved: check === null ? 0 : rate },
    judge({ compact }) {
      if (check === null) return 'plausible';
      return check.holds(compact, data.weights) ? 'proved' : 'no';
    },
    examples: { yes: [], no: [] },
  };
}
