/** Clocks of regulators in words, for terminals. */
import { verifiedText } from '../campaign/clockspage.ts';
import type { Clock, ClockState } from '../model/clock.ts';
import { oneLine } from '../model/plain.ts';
import { wrap } from '../report/text.ts';
import { instantText } from './entrywords.ts';

const STATE: Readonly<Record<ClockState, string>> = {
  late: 'LATE',
  due: 'DUE NOW',
  'at-once': 'AT ONCE',
  running: 'running',
  told: 'told',
  'told-late': 'told LATE',
  'not-notifiable': 'not notifiable',
  'not-in-force': 'not in force',
};

const APPLIES: Readonly<Record<Clock['applies'], string>> = {
  met: 'applies',
  'to-judge': 'may apply',
  'not-met': 'does not seem to apply',
};

const DUTY: Readonly<Record<Clock['rule']['duty'], string>> = {
  law: '',
  guidance: ', guidance',
  draft: ', a draft',
  none: ', no duty known',
};

function whenText({ rule, state, due, latest, told, assessed, from }: Clock): string {
  if (rule.duty === 'none') return 'nothing to tell';
  if (told) {
    const reference = told.reference === null ? '' : `, ${told.reference}`;
    const until = latest === null ? '' : `; it was due by ${instantText(latest)}`;
    return `on ${instantText(told.at)} by ${told.by}${reference}${until}`;
  }
  if (state === 'not-notifiable') return 'a person has assessed it so';
  if (state === 'not-in-force') return `from ${rule.inForceFrom ?? ''} on`;
  if (due === null || latest === null) return 'as soon as practicable; nobody has been told';
  const span = due === latest ? instantText(due) : `${instantText(due)} to ${instantText(latest)}`;
  const start = assessed
    ? ''
    : ', counted from first knowledge, since no assessment is noted (ajar ledger assess)';
  return `by ${span}, from ${instantText(from)}${start}`;
}

/** Pressing words only where the clock may run. */
export function stateText({ state, applies, rule }: Clock): string {
  if (rule.duty === 'none') return 'none';
  const word = STATE[state];
  const settled = state === 'told' || state === 'told-late' || state === 'not-notifiable';
  if (settled || applies === 'met') return word;
  return applies === 'not-met' ? 'not met' : `${word}, if it applies`;
}

/** One clock on a few lines, indented. */
export function clockLines(clock: Clock, width: number): readonly string[] {
  const { rule, applies, because, reasons } = clock;
  const whose = because === 'data' ? ', for identifiers of its people lie there' : '';
  const first = `${stateText(clock)}  ${rule.id}  ${whenText(clock)}`;
  const detail =
    rule.duty === 'none'
      ? rule.note
      : `${APPLIES[applies]}${DUTY[rule.duty]}${whose}: ${reasons.join('; ')}`;
  const law = `${rule.authority}; ${rule.law}; ${verifiedText(rule)}`;
  return [
    ...hanging(first, 2, width, 4),
    ...[detail, law].filter((text) => text !== '').flatMap((text) => hanging(text, 6, width)),
  ];
}

/** Made safe to show, wrapped, with `indent` columns in front of each line, and `more` in front of those after the first. */
export function hanging(text: string, indent: number, width: number, more = 0): readonly string[] {
  return wrap(oneLine(text), Math.max(20, width - indent - more)).map(
    (line, index) => ' '.repeat(index === 0 ? indent : indent + more) + line,
  );
}
