/** A finding's score in words, line by line: each part of the sum with what earned it. */
import { LEVELS, WHAT } from '../assess/severity.ts';
import type { State } from '../model/access.ts';
import type { DetectorKind } from '../model/detector.ts';
import type { Finding, ScorePart } from '../model/finding.ts';
import { counted, countText } from '../report/numbers.ts';

const WHO: Readonly<Record<State, string>> = {
  open: 'anyone on the internet can read it',
  'partly-open': 'anyone on the internet can read a part of it',
  'open-to-any-account': 'anyone with some account of that cloud can read it',
  unknown: 'who can read it could not be found out',
  closed: 'nobody can read it',
};

const KIND: Readonly<Record<DetectorKind, string>> = {
  person: 'identity numbers',
  document: 'numbers of passports or permits',
  account: 'bank accounts or cards',
  attribute: 'names, addresses or dates of birth',
  contact: 'contact details',
  company: 'numbers of companies',
};

const GUESSABLE: Readonly<Record<string, string>> = {
  counter: 'names count up: who has seen one can try the next',
  date: 'names are days: who has seen one can try the others',
  'short-id': 'names are so short that they can be tried through',
};

const BESIDE: Readonly<Record<string, string>> = {
  attribute: 'names, addresses or dates of birth',
  contact: 'contact details',
};

/** One sentence without its full stop. */
export function partText({ code, value, points }: ScorePart, finding: Finding): string {
  switch (code) {
    case 'who':
      return finding.verdict.read === 'closed'
        ? 'anyone on the internet can list the names, which are data too'
        : (WHO[value as State] ?? value);
    case 'listable':
      return 'the list of names is open too, so that nobody has to guess';
    case 'guessable':
      return `there is no open list, but ${GUESSABLE[value] ?? value}`;
    case 'what': {
      const full = WHAT[value as DetectorKind] ?? points;
      const third = points < full ? ', masked at their source and counted a third' : '';
      return `${KIND[value as DetectorKind] ?? value} lie there${third}`;
    }
    case 'beside':
      return `${value
        .split('+')
        .map((each) => BESIDE[each] ?? each)
        .join(', and ')} stand beside them`;
    case 'people':
      return counted(Number(value), 'person', 'people');
    case 'duration':
      return `the oldest of it has lain there for ${countText(Number(value))} days`;
    case 'lapsed':
      return `the ${finding.lapsed?.what ?? 'contract or purpose'} ended on ${value}, and the data is still there`;
  }
}

/** `105 points: critical, from 90 on`. */
export function sumText({ score, severity }: Finding): string {
  const sum = Math.round(score.reduce((total, part) => total + part.points, 0));
  const least = LEVELS.find(([, level]) => level === severity)?.[0] ?? 0;
  const span = least === 0 ? `below ${LEVELS.at(-2)?.[0] ?? 0}` : `from ${least} on`;
  return `${sum} points: ${severity}, ${span}`;
}

/** `+30` or `+6.7`, to the right of five columns. */
export function pointsText(points: number): string {
  return `+${Number.isInteger(points) ? points : points.toFixed(1)}`.padStart(5);
}
