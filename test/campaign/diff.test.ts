import { expect, test } from 'vitest';
import { diffRuns } from '../../src/campaign/diff.ts';
import type { State } from '../../src/model/access.ts';
import type { Claim, Skip } from '../../src/model/coverage.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { Report } from '../../src/model/report.ts';
import { madeFinding, madeReport, OWNERS } from '../kit/report.ts';

const made = (id: string, over: object = {}): Finding =>
  madeFinding({
    id,
    owner: OWNERS.registry,
    provider: 's3',
    name: 'registry-exports',
    severity: 'high',
    people: [10, 10],
    ...over,
  });
const lost = made('F-lost');
const asset = lost.asset.id;

const SAMPLE: Claim = {
  basis: 'sample',
  objectsListed: 1_000,
  objectsRead: 300,
  bytesListed: 1e9,
  bytesRead: 3e8,
  atMost: 0.01,
  text: '',
  seed: 1,
};
const EVERYTHING: Claim = { ...SAMPLE, basis: 'everything', objectsRead: 1_000, bytesRead: 1e9 };

interface Made {
  readonly findings?: readonly Finding[];
  readonly read?: State;
  readonly list?: State;
  readonly claim?: Claim;
  readonly skips?: readonly Skip[];
  readonly gaps?: readonly Gap[];
  readonly interrupted?: boolean;
  /** The asset was not met. */
  readonly without?: boolean;
}

function run(id: string, what: Made = {}): Report {
  const base = madeReport({
    findings: what.findings ?? [],
    gaps: what.gaps ?? [],
    status: what.interrupted ? 'interrupted' : 'complete',
    assets: [],
  });
  const { read = 'open', list = 'open', claim = EVERYTHING, skips = [] } = what;
  const [template] = madeReport({ findings: [lost], assets: [] }).assets;
  if (!template) throw new Error('no asset was made');
  return {
    ...base,
    run: { ...base.run, id },
    assets: what.without ? [] : [{ ...template, read, list }],
    coverage: { ...base.coverage, assets: what.without ? [] : [{ asset, claim, skips }] },
  };
}

const gap: Gap = { code: 'denied', asset, what: 'bucket policy', detail: 'It could not be read.' };
const before = run('run-1', { findings: [lost] });

test('added, still and gone are told apart', () => {
  const [stays, comes] = [made('F-stays', { slice: 'a/*' }), made('F-comes', { slice: 'b/*' })];
  const diff = diffRuns(
    run('run-1', { findings: [lost, stays] }),
    run('run-2', { findings: [stays, comes] }),
  );
  expect(diff).toEqual({
    before: 'run-1',
    after: 'run-2',
    added: ['F-comes'],
    still: ['F-stays'],
    gone: ['F-lost'],
    unseen: [],
  });
});

test('a door that is closed now makes a finding gone, though nothing behind it was read', () => {
  const none: Claim = { ...EVERYTHING, basis: 'none', objectsRead: 0, bytesRead: 0 };
  expect(diffRuns(before, run('run-2', { read: 'closed', claim: none })).gone).toEqual(['F-lost']);
});

test.each<[string, Made, RegExp]>([
  ['a gap on it', { gaps: [gap] }, /^bucket policy could not be looked at: It could not/],
  ['a gap on it, though the door looks closed', { gaps: [gap], read: 'closed' }, /bucket policy/],
  ['the asset missing', { without: true }, /was not met in this run/],
  ['the run interrupted before it', { without: true, interrupted: true }, /was interrupted before/],
  [
    'its target out of reach',
    { without: true, gaps: [{ ...gap, asset: 's3://', what: null, detail: 'No answer.' }] },
    /was not reached, and s3:\/\/ had a gap: No answer\./,
  ],
  ['the door unknown', { read: 'unknown' }, /unknown is not closed/],
  ['nothing read behind an open door', { claim: { ...SAMPLE, basis: 'none' } }, /was not read/],
  ['only a sample where everything was read before', { claim: SAMPLE }, /only a sample this time/],
  [
    'more passed over',
    { skips: [{ reason: 'pictures', objects: 3 }] },
    /3 more objects .*pictures/,
  ],
])('unseen, not gone: %s', (_, what, why) => {
  const diff = diffRuns(before, run('run-2', what));
  expect(diff.gone).toEqual([]);
  expect(diff.unseen).toEqual([{ finding: 'F-lost', why: expect.stringMatching(why) }]);
});

test.each<[string, Claim, boolean]>([
  ['the same sample', SAMPLE, true],
  ['a larger one', { ...SAMPLE, objectsRead: 400, bytesRead: 4e8 }, true],
  ['everything', EVERYTHING, true],
  ['a smaller one', { ...SAMPLE, objectsRead: 299 }, false],
  ['fewer bytes', { ...SAMPLE, bytesRead: 2e8 }, false],
  ['another seed', { ...SAMPLE, seed: 2 }, false],
  ['the same number of many more objects', { ...SAMPLE, objectsListed: 2_000 }, false],
])('after a sample, %s covers a finding: %#', (_, claim, covers) => {
  const sampled = run('run-1', { findings: [lost], claim: SAMPLE });
  expect(diffRuns(sampled, run('run-2', { claim })).gone.length).toBe(covers ? 1 : 0);
});

test('a finding in the keys hangs on the list of keys, not on the contents', () => {
  const keys = made('F-keys', { read: 'closed', list: 'open', slice: '(object keys)' });
  const earlier = run('run-1', { findings: [keys], read: 'closed' });
  expect(diffRuns(earlier, run('run-2', { read: 'closed', list: 'closed' })).gone).toEqual([
    'F-keys',
  ]);
  expect(diffRuns(earlier, run('run-2', { read: 'closed', list: 'unknown' })).unseen).toHaveLength(
    1,
  );
});

test('a finding that changed hands is not gone', () => {
  const now = made('F-new-owner', { owner: OWNERS.health });
  expect(diffRuns(before, run('run-2', { findings: [now] })).unseen).toEqual([
    { finding: 'F-lost', why: 'it is there as F-new-owner, with 海角衞生局 in charge now' },
  ]);
});

test('a finding beside it, of a department that shares the asset, does not stand for it', () => {
  const shared = made('F-shared', { owner: OWNERS.health });
  const both = run('run-1', { findings: [lost, shared] });
  expect(diffRuns(both, run('run-2', { findings: [shared] })).gone).toEqual(['F-lost']);
});

test('a run compared with itself has nothing but what still is', () => {
  const report = madeReport();
  const diff = diffRuns(report, report);
  expect(diff.still).toEqual(report.findings.map(({ id }) => id));
  expect([diff.added, diff.gone, diff.unseen]).toEqual([[], [], []]);
});
