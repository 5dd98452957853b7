import { expect, test } from 'vitest';
import { type Evidence, isFinding, points, severityOf } from '../../src/assess/severity.ts';
import type { State } from '../../src/model/access.ts';

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
