/** Bounds of people against made-up sets of which the truth is known. */
import { expect, test } from 'vitest';
import {
  type CountedReport,
  departmentSets,
  peopleOver,
  peopleOverall,
} from '../../src/campaign/people.ts';
import { random } from './killing.ts';
import { officeReport } from './office.ts';

interface World {
  /** Finding → its people. */
  readonly people: ReadonlyMap<string, ReadonlySet<number>>;
  readonly report: CountedReport;
}

const DEPARTMENTS = 4;
const FINDINGS = 12;
/** Few, so that they lie behind several doors. */
const PEOPLE = 60;

const union = (sets: Iterable<ReadonlySet<number>>): Set<number> =>
  new Set([...sets].flatMap((set) => [...set]));

function world(next: () => number): World {
  const upTo = (limit: number): number => Math.floor(next() * limit);
  const ids = Array.from({ length: FINDINGS }, (_, i) => `F-${i}`);
  const people = new Map(
    ids.map((id) => [id, new Set(Array.from({ length: 1 + upTo(30) }, () => upTo(PEOPLE)))]),
  );
  const owners = new Map(ids.map((id) => [id, upTo(DEPARTMENTS)]));
  const departments = Array.from({ length: DEPARTMENTS }, (_, department) => {
    const findings = ids.filter((id) => owners.get(id) === department);
    return {
      id: `d${department}`,
      name: `d${department}`,
      contact: null,
      assets: findings.length,
      findings,
      people: union(findings.map((id) => people.get(id) ?? new Set())).size,
      deadline: null,
    };
  });
  const findings = ids.map((id) => {
    const size = people.get(id)?.size ?? 0;
    return { id, people: { atLeast: size, atMost: size } };
  });
  return {
    people,
    report: { run: officeReport().run, people: union(people.values()).size, departments, findings },
  };
}

test('the true number of people lies within the bounds, whatever part is asked for', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const next = random(seed);
    const { people, report } = world(next);
    const part = report.findings.filter(() => next() < 0.6);
    const truth = union(part.map(({ id }) => people.get(id) ?? new Set())).size;
    for (const range of [
      peopleOver(part, departmentSets(report)),
      peopleOverall(part, report),
      peopleOverall(part, null),
    ]) {
      expect(range.atLeast, `seed ${seed}`).toBeLessThanOrEqual(truth);
      expect(range.atMost, `seed ${seed}`).toBeGreaterThanOrEqual(truth);
    }
  }
});

test('what was counted as one set is exact', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const { report } = world(random(seed));
    const { people } = report;
    expect(peopleOverall(report.findings, report)).toEqual({ atLeast: people, atMost: people });
    for (const department of report.departments) {
      const part = report.findings.filter(({ id }) => department.findings.includes(id));
      const exact = { atLeast: department.people, atMost: department.people };
      expect(peopleOver(part, departmentSets(report))).toEqual(exact);
    }
  }
});

test('nobody is exposed by nothing', () => {
  expect(peopleOver([], [])).toEqual({ atLeast: 0, atMost: 0 });
});
