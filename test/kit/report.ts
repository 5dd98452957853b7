/**
 * Made-up reports for the tests of every sink: a small government with four departments, and runs
 * that found nothing, were interrupted or found a great deal. No name or number is anyone's.
 */
import type { State } from '../../src/model/access.ts';
import type { Claim } from '../../src/model/coverage.ts';
import {
  type Finding,
  type RemedyStep,
  SEVERITIES,
  type Severity,
} from '../../src/model/finding.ts';
import type { Gap } from '../../src/model/gap.ts';
import {
  type Department,
  REPORT_SCHEMA,
  type Report,
  type ReportAsset,
} from '../../src/model/report.ts';

const STARTED = '2025-11-20T08:00:00.000Z';
const FINISHED = '2025-11-20T08:12:30.000Z';
const DAY_MS = 24 * 60 * 60 * 1000;

export interface MadeOwner {
  readonly id: string;
  readonly name: string;
  readonly contact: string | null;
}

export const OWNERS: Readonly<Record<'registry' | 'health' | 'harbour' | 'parks', MadeOwner>> = {
  registry: { id: 'registry', name: 'Civil Registry Office', contact: 'security@registry.example' },
  health: { id: 'health', name: '海角衞生局', contact: 'it@health.example' },
  harbour: { id: 'harbour', name: '岬港湾管理局', contact: null },
  parks: { id: 'parks', name: 'Parks & <Recreation>', contact: 'parks@gov.example' },
};

/** What a finding is made of; everything else follows. */
export interface MadeFinding {
  readonly id: string;
  readonly owner: MadeOwner | null;
  readonly provider: string;
  readonly name: string;
  readonly severity: Severity;
  readonly people: readonly [atLeast: number, atMost: number];
  readonly read?: State;
  readonly list?: State;
  readonly slice?: string;
  readonly detector?: string;
  /** Days from the start of the run. */
  readonly dueDays?: number;
  readonly since?: string | null;
  readonly disagreement?: string | null;
  readonly because?: readonly string[];
  readonly reasons?: Finding['verdict']['reasons'];
  readonly remedy?: readonly RemedyStep[];
  readonly lapsed?: Finding['lapsed'];
}

const BLOCK =
  'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';

export function madeRemedy(provider: string, name: string, ref: string): readonly RemedyStep[] {
  if (provider === 'azure-blob') {
    return [
      {
        purpose: 'close',
        what: 'Take anonymous access away from the container.',
        command: `az storage container-rm update --storage-account capestore -n ${name} --public-access off`,
      },
      {
        purpose: 'guard',
        what: 'Forbid anonymous access for the whole account.',
        command: 'az storage account update -g cape -n capestore --allow-blob-public-access false',
      },
      {
        purpose: 'prove',
        what: 'Ask again without a password; a closed door answers 404 or 409.',
        command: `curl -sI "https://capestore.blob.core.windows.net/${name}/$(ajar locate ${ref})"`,
      },
    ];
  }
  return [
    {
      purpose: 'close',
      what: 'Block public access on the bucket.',
      command: `aws s3api put-public-access-block --bucket ${name} --public-access-block-configuration ${BLOCK}`,
    },
    {
      purpose: 'guard',
      what: 'Switch access lists off, so that no single object can be opened again.',
      command: `aws s3api put-bucket-ownership-controls --bucket ${name} --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`,
    },
    {
      purpose: 'remove',
      what: 'Move the file to a private bucket.',
      command: `aws s3 mv "s3://${name}/$(ajar locate ${ref})" s3://cape-private/`,
    },
    {
      purpose: 'prove',
      what: 'Ask again without a password; a closed door answers 403.',
      command: `curl -sI "https://${name}.s3.eu-west-1.amazonaws.com/$(ajar locate ${ref})"`,
    },
  ];
}

export function madeFinding(made: MadeFinding): Finding {
  const detector = made.detector ?? 'hk.hkid';
  const started = Date.parse(STARTED);
  const ref = `r-${made.id}`;
  const [atLeast, atMost] = made.people;
  return {
    id: made.id,
    asset: {
      id: `${made.provider}:cape/${made.name}`,
      provider: made.provider,
      name: made.name,
    },
    slice: made.slice ?? '*',
    detectors: [
      { id: detector, form: 'full', hits: atLeast * 2, people: atLeast, confidence: 'high' },
      {
        id: 'intl.email',
        form: 'masked',
        hits: atLeast,
        people: Math.ceil(atLeast / 2),
        confidence: 'medium',
      },
    ],
    people: { atLeast, atMost },
    confidence: 'high',
    severity: made.severity,
    verdict: {
      read: made.read ?? 'open',
      list: made.list ?? 'open',
      because: made.because ?? [
        'the bucket policy lets everyone (Principal "*") read every object',
        'an unsigned request got the object (HTTP 206)',
      ],
      reasons: made.reasons ?? [
        {
          code: 's3.policy.allow',
          params: { statement: '1', resources: '*', actions: 'list, read' },
        },
      ],
      disagreement: made.disagreement ?? null,
    },
    score: [
      { code: 'who', value: 'open', points: 30 },
      { code: 'what', value: 'person', points: 30 },
    ],
    lapsed: made.lapsed ?? null,
    owner: made.owner && { id: made.owner.id, name: made.owner.name },
    ownerReason: made.owner ? `rule 3: name begins with ${made.owner.id}-` : 'no rule matches',
    ownerConfidence: made.owner ? 'high' : 'none',
    samples: [
      { detector, masked: 'A12****(*)', place: 'exports/2024-*.csv, row 812, column id', ref },
      {
        detector: 'intl.email',
        masked: 'k***@***.example',
        place: 'exports/2024-*.csv, row 3',
        ref,
      },
    ],
    remedy: made.remedy ?? madeRemedy(made.provider, made.name, ref),
    firstKnown: STARTED,
    since: made.since === undefined ? '2023-04-02T10:15:00.000Z' : made.since,
    deadline: new Date(started + (made.dueDays ?? 7) * DAY_MS).toISOString(),
  };
}

/** One of everything: all severities, every state, three scripts, a disagreement, an orphan. */
export const FINDINGS: readonly Finding[] = [
  madeFinding({
    id: 'f-registry-1',
    owner: OWNERS.registry,
    provider: 's3',
    name: 'registry-exports',
    severity: 'critical',
    people: [31_204, 31_204],
    dueDays: 3,
  }),
  madeFinding({
    id: 'f-registry-2',
    owner: OWNERS.registry,
    provider: 's3',
    name: 'registry-scans',
    severity: 'high',
    people: [812, 4_060],
    read: 'partly-open',
    list: 'closed',
    slice: 'inbox/* without inbox/private/*',
    detector: 'intl.passport-mrz',
  }),
  madeFinding({
    id: 'f-health-1',
    owner: OWNERS.health,
    provider: 'azure-blob',
    name: '疫苗預約',
    severity: 'critical',
    people: [16_870, 20_100],
    list: 'closed',
    dueDays: 5,
    disagreement:
      'the documents say closed (allowBlobPublicAccess is false), an unsigned request got the object (HTTP 206)',
  }),
  madeFinding({
    id: 'f-harbour-1',
    owner: OWNERS.harbour,
    provider: 'gcs',
    name: '港湾-作業員名簿',
    severity: 'medium',
    people: [140, 140],
    read: 'open-to-any-account',
    list: 'open-to-any-account',
    detector: 'jp.mynumber',
    since: null,
    because: ['the role storage.objectViewer is given to allAuthenticatedUsers'],
    remedy: [],
  }),
  madeFinding({
    id: 'f-harbour-2',
    owner: OWNERS.harbour,
    provider: 's3',
    name: 'harbour-cctv-permits',
    severity: 'low',
    people: [1, 1],
    read: 'unknown',
    list: 'unknown',
    dueDays: -2,
    because: ['the bucket policy could not be read (AccessDenied), so nothing is known from it'],
    lapsed: { what: 'contract', on: '2025-09-30' },
  }),
  madeFinding({
    id: 'f-orphan-1',
    owner: null,
    provider: 's3',
    name: 'tmp-migration-2019',
    severity: 'high',
    people: [2_450, 2_450],
  }),
];

function madeAsset(finding: Finding): ReportAsset {
  return {
    id: finding.asset.id,
    provider: finding.asset.provider,
    name: finding.asset.name,
    url: `https://${encodeURIComponent(finding.asset.name.toWellFormed())}.storage.example/`,
    owner: finding.owner?.id ?? null,
    ownerReason: finding.ownerReason,
    ownerConfidence: finding.ownerConfidence,
    account: '111122223333',
    labels: { department: 'made-up' },
    read: finding.verdict.read,
    list: finding.verdict.list,
    write: 'closed',
    because: finding.verdict.because,
    reasons: finding.verdict.reasons,
    disagreement: finding.verdict.disagreement,
  };
}

const QUIET_ASSETS: readonly ReportAsset[] = [
  quietAsset('s3', 'registry-backups', 'registry', 'closed', [
    'all four public access blocks are on',
  ]),
  quietAsset('s3', 'parks-photos', 'parks', 'open', ['the bucket policy lets everyone read']),
  quietAsset('gcs', 'parks-website', 'parks', 'open', ['allUsers holds storage.objectViewer']),
  quietAsset('azure-blob', 'health-archive', 'health', 'closed', ['the container is private']),
  quietAsset('azure-blob', 'health-labs', 'health', 'unknown', [
    'the container access level could not be read (AuthorizationFailed), so nothing is known from it',
  ]),
];

function quietAsset(
  provider: string,
  name: string,
  owner: string,
  read: State,
  because: readonly string[],
): ReportAsset {
  return {
    id: `${provider}:cape/${name}`,
    provider,
    name,
    url: `https://${name}.storage.example/`,
    owner,
    ownerReason: `rule 3: name begins with ${owner}-`,
    ownerConfidence: 'high',
    account: null,
    labels: {},
    read,
    list: read,
    write: name === 'parks-photos' ? 'open' : 'closed',
    because,
    disagreement: null,
  };
}

export const GAPS: readonly Gap[] = [
  {
    code: 'denied',
    asset: 'azure-blob:cape/health-labs',
    what: 'container access level',
    detail: 'The scanner may not read it; give it the Reader role on the storage account.',
  },
  {
    code: 'encrypted',
    asset: 's3:cape/registry-scans',
    what: 'inbox/batch-07.zip › staff.xlsx',
    detail: 'The workbook is encrypted; its contents were not looked at.',
  },
  {
    code: 'unreachable',
    asset: 's3+https://old-store.cape.example/',
    what: null,
    detail: 'No answer on port 443; check the address or the firewall.',
  },
];

function madeClaim(asset: ReportAsset, index: number): Claim {
  const objects = 400 + index * 37;
  const bytes = objects * 81_920;
  if (asset.read === 'closed' || asset.name === 'health-labs') {
    return {
      basis: 'none',
      objectsListed: objects,
      objectsRead: 0,
      bytesListed: bytes,
      bytesRead: 0,
      atMost: null,
      text:
        asset.read === 'closed'
          ? 'Contents were not read: nobody can read them without permission.'
          : 'Nothing can be said: contents could not be read.',
      seed: 7,
    };
  }
  const sampled = index % 2 === 1;
  return {
    basis: sampled ? 'sample' : 'everything',
    objectsListed: objects,
    objectsRead: sampled ? 330 : objects,
    bytesListed: bytes,
    bytesRead: sampled ? 330 * 81_920 : bytes,
    atMost: sampled ? 0.009 : null,
    text: sampled
      ? 'At most 0.9 % of the objects hold an identifier, at 95 %.'
      : 'Every object was read.',
    seed: 7,
  };
}

export interface MadeRun {
  readonly findings?: readonly Finding[];
  readonly assets?: readonly ReportAsset[];
  readonly gaps?: readonly Gap[];
  readonly status?: Report['run']['status'];
}

/** A report around these findings: departments, assets, figures and coverage follow from them. */
export function madeReport(made: MadeRun = {}): Report {
  const findings = made.findings ?? FINDINGS;
  const gaps = made.gaps ?? GAPS;
  const assets = [...findings.map(madeAsset), ...(made.assets ?? QUIET_ASSETS)];
  const claims = assets.map((asset, index) => ({
    asset: asset.id,
    claim: madeClaim(asset, index),
    skips: index % 3 === 0 ? [{ reason: 'pictures', objects: 12 + index }] : [],
  }));
  const sum = (of: (claim: Claim) => number): number =>
    claims.reduce((total, { claim }) => total + of(claim), 0);
  const status = made.status ?? 'complete';
  return {
    schema: REPORT_SCHEMA,
    run: {
      id: 'run-2025-11-20-1',
      startedAt: STARTED,
      finishedAt: status === 'running' ? null : FINISHED,
      version: '0.1.0',
      targets: ['s3://', 'az://capestore', 'gs://cape'],
      status,
      seed: 7,
    },
    coverage: {
      assets: claims,
      targets: 3,
      assetsFound: assets.length,
      objectsListed: sum((claim) => claim.objectsListed),
      objectsRead: sum((claim) => claim.objectsRead),
      bytesListed: sum((claim) => claim.bytesListed),
      bytesRead: sum((claim) => claim.bytesRead),
      gaps: gaps.length,
      complete: status === 'complete',
    },
    // A made-up union: people who lie in two findings count once.
    people: Math.round(0.95 * findings.reduce((total, each) => total + each.people.atLeast, 0)),
    departments: madeDepartments(findings),
    assets,
    findings,
    gaps,
  };
}

function madeDepartments(findings: readonly Finding[]): readonly Department[] {
  const owners: readonly (MadeOwner | null)[] = [...Object.values(OWNERS), null];
  return owners.map((owner) => {
    const own = findings.filter((finding) => (finding.owner?.id ?? null) === (owner?.id ?? null));
    return {
      id: owner?.id ?? null,
      name: owner?.name ?? 'No department yet',
      contact: owner?.contact ?? null,
      assets: own.length + 1,
      findings: own.map((finding) => finding.id),
      people: own.reduce((total, finding) => total + finding.people.atLeast, 0),
      deadline: own.map((finding) => finding.deadline).sort()[0] ?? null,
    };
  });
}

/** Nothing found, everything looked at. */
export function quietReport(): Report {
  const assets = QUIET_ASSETS.filter((asset) => asset.read !== 'unknown');
  return madeReport({ findings: [], assets, gaps: [] });
}

/** Stopped half way, with what was known by then. */
export function interruptedReport(): Report {
  const gap: Gap = {
    code: 'interrupted',
    asset: 'gcs:cape/parks-website',
    what: null,
    detail: 'The run was stopped; run it again to look at the rest.',
  };
  return madeReport({
    findings: FINDINGS.slice(0, 2),
    gaps: [...GAPS, gap],
    status: 'interrupted',
  });
}

/** `count` findings over four departments and every severity. */
export function largeReport(count: number): Report {
  const owners = [...Object.values(OWNERS), null];
  const findings = Array.from({ length: count }, (_, i) =>
    madeFinding({
      id: `f-${String(i).padStart(6, '0')}`,
      owner: owners[i % owners.length] ?? null,
      provider: i % 3 === 0 ? 'azure-blob' : 's3',
      name: `store-${i}`,
      severity: SEVERITIES[(i * 7) % SEVERITIES.length] ?? 'low',
      people: [1 + ((i * 37) % 900), 1 + ((i * 37) % 900)],
      dueDays: 1 + (i % 14),
    }),
  );
  return madeReport({ findings });
}

/** Values that must reach no sink; made up, and made to look like what a careless spread would carry. */
export const PLANTED: readonly string[] = [
  'Z987654(3)',
  '246813579021',
  'chan.tai.man@planted.example',
  '+852 5555 0199',
  'exports/chan-tai-man-Z9876543.csv',
];

/** The same report with a raw value hung onto every object in it, beside the fields of the contract. */
export function plantedReport(): Report {
  return plant(madeReport()) as Report;
}

function plant(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plant);
  if (value === null || typeof value !== 'object') return value;
  // The parameters of a reason are data by name: all of them are meant, and masked where they are made.
  const copy = Object.entries(value).map(([key, inner]) => [
    key,
    key === 'params' || key === 'labels' ? inner : plant(inner),
  ]);
  return { ...Object.fromEntries(copy), raw: PLANTED[0], values: PLANTED, key: PLANTED[4] };
}
