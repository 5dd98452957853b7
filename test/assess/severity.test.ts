import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { GuessableBy } from '../../src/assess/guessable.ts';
import {
  type Evidence,
  isFinding,
  points,
  scoreOf,
  severityOf,
} from '../../src/assess/severity.ts';
import type { State } from '../../src/model/access.ts';
import type { DetectorKind } from '../../src/model/detector.ts';

function evidence(
  read: State,
  list: State,
  people: number,
  over: Partial<Evidence> = {},
): Evidence {
  const action = (state: State) => ({ state, slices: [], because: [], disagreement: null });
  const kinds = [{ kind: 'person', form: 'full' }] as const;
  return { read: action(read), list: action(list), kinds, people, ...over };
}

test('a listable register of thousands of identity numbers is critical', () => {
  expect(severityOf(evidence('open', 'open', 17_000))).toBe('critical');
});

test('knowing the name is needed: less than listable, never less than medium', () => {
  expect(points(evidence('open', 'closed', 100))).toBeLessThan(
    points(evidence('open', 'open', 100)),
  );
  expect(severityOf(evidence('open', 'closed', 1))).toBe('medium');
});

test('values masked at their source weigh a third', () => {
  const masked = [{ kind: 'person', form: 'masked' }] as const;
  expect(severityOf(evidence('open', 'open', 5, { kinds: masked }))).toBe('medium');
  expect(severityOf(evidence('open', 'open', 50_000, { kinds: masked }))).toBe('medium');
});

test('an unknown door with people behind it is told, below an open one', () => {
  expect(points(evidence('unknown', 'unknown', 100))).toBeLessThan(
    points(evidence('open', 'closed', 100)),
  );
  expect(severityOf(evidence('unknown', 'unknown', 100))).toBe('medium');
});

test('more people never weigh less', () => {
  const sums = [1, 9, 10, 99, 100, 999, 1_000, 10_000].map((n) =>
    points(evidence('open', 'open', n)),
  );
  expect(sums).toEqual([...sums].sort((a, b) => a - b));
});

test('a help desk address is no finding, a list of contacts is', () => {
  const contact = [{ kind: 'contact', form: 'full' }] as const;
  expect(isFinding(contact, 1)).toBe(false);
  expect(isFinding(contact, 5)).toBe(true);
  expect(isFinding([{ kind: 'person', form: 'full' }], 1)).toBe(true);
  expect(isFinding([], 0)).toBe(false);
});

test('names that can be counted through weigh half of what an open list does, and nothing beside one', () => {
  const without = points(evidence('open', 'closed', 100));
  const counted = points(evidence('open', 'closed', 100, { guessable: 'counter' }));
  expect(counted - without).toBe(5);
  expect(points(evidence('open', 'open', 100, { guessable: 'counter' }))).toBe(without + 10);
});

test('a name and contact details add to an identifier in full, not to a masked one, and not to themselves', () => {
  const kinds = (...list: readonly [DetectorKind, 'full' | 'masked'][]) =>
    scoreOf(
      evidence('open', 'open', 100, { kinds: list.map(([kind, form]) => ({ kind, form })) }),
    ).find(({ code }) => code === 'beside');
  expect(kinds(['person', 'full'], ['attribute', 'full'], ['contact', 'full'])).toEqual({
    code: 'beside',
    value: 'attribute+contact',
    points: 10,
  });
  expect(kinds(['person', 'full'], ['contact', 'full'])).toMatchObject({ points: 5 });
  expect(kinds(['person', 'masked'], ['attribute', 'full'])).toBeUndefined();
  expect(kinds(['contact', 'full'], ['attribute', 'full'])).toBeUndefined();
});

interface Example {
  readonly line: string;
  readonly evidence: Evidence;
  readonly points: number;
  readonly severity: string;
}

/** The rows of the table under `## Examples`. */
function examples(): readonly Example[] {
  const page = readFileSync('docs/severity.md', 'utf8');
  const table = page.slice(page.indexOf('## Examples'));
  const lines = table.split('\n').filter((line) => /^\| (?!read|---)/.test(line));
  return lines.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, read, list, names, what, people, days, ended, sum, severity] = cells;
    const number = (text = ''): number => Number(text.replaceAll(',', ''));
    const kinds = (what ?? '').split(', ').map((each) => {
      const [kind, form = 'full'] = each.split(' ');
      return { kind: kind as DetectorKind, form: form as 'full' | 'masked' };
    });
    const over: Partial<Evidence> = {
      kinds,
      days: days === '' ? null : number(days),
      lapsed: ended ? { what: 'contract', on: ended } : null,
      guessable: names ? (names as GuessableBy) : null,
    };
    return {
      line,
      evidence: evidence(read as State, list as State, number(people), over),
      points: number(sum),
      severity: severity ?? '',
    };
  });
}

test('each documented example is what is computed', () => {
  expect(examples().length).toBeGreaterThan(10);
  for (const { line, evidence: given, points: sum, severity } of examples()) {
    expect([points(given), severityOf(given)], line).toEqual([sum, severity]);
  }
});

test('the examples show every part of a score and every severity', () => {
  const all = examples();
  const codes = all.flatMap((each) => scoreOf(each.evidence).map(({ code }) => code));
  expect(new Set(codes)).toEqual(
    new Set(['who', 'listable', 'guessable', 'what', 'beside', 'people', 'duration', 'lapsed']),
  );
  expect(new Set(all.map(({ severity }) => severity))).toEqual(
    new Set(['critical', 'high', 'medium', 'low']),
  );
});

test('each part is one that the schema of a report knows', () => {
  const schema = readFileSync('docs/report.schema.json', 'utf8');
  const [, codes = ''] = /"code": \{\s*"enum": \[([^\]]*"guessable"[^\]]*)\]/.exec(schema) ?? [];
  const known = [...codes.matchAll(/"(\w+)"/g)].map((match) => match[1]);
  const earned = examples().flatMap((each) => scoreOf(each.evidence).map(({ code }) => code));
  expect(known.sort()).toEqual([...new Set(earned)].sort());
});

test('the parts are the whole: their sum is the points', () => {
  for (const { evidence: given } of examples()) {
    const sum = scoreOf(given).reduce((total, part) => total + part.points, 0);
    expect(Math.round(sum)).toBe(points(given));
  }
});
