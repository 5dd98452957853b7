/**
 * What the demo plants: five departments, each with the kinds of mistakes that really happened, and
 * with the closed doors and harmless files that a scanner must not report.
 *
 * Each asset says what a right scan finds in it, so that the result can be recomputed.
 */
import { csv, encodeLegacy, gzip, workbook, zip } from './files.ts';
import { createPeople, type Person, rawValues } from './people.ts';

export type Cloud = 's3' | 'azure-blob' | 'gcs';

/** How the door stands. */
export type Door =
  | 'private'
  /** Anyone may list and read. */
  | 'public'
  /** Anyone may read by name, nobody may list. */
  | 'readable'
  /** Only keys under `public/`. */
  | 'slice'
  /** Private, with guard rails on. */
  | 'blocked'
  /** Configuration and listing are denied to the scanning credential. */
  | 'unreadable';

export interface PlantedObject {
  readonly key: string;
  readonly body: string | Uint8Array;
  /** An ACL of its own that lets anyone read. */
  readonly publicAcl?: boolean;
}

export interface PlantedAsset {
  readonly cloud: Cloud;
  /** The authority's name in asset ids. */
  readonly account: string;
  readonly name: string;
  readonly door: Door;
  readonly owner: string | null;
  readonly objects: readonly PlantedObject[];
  /** Null: nothing to find. `people` distinct people are exposed; `masked`: that detector finds only values masked at their source. */
  readonly expect: { readonly people: readonly Person[]; readonly masked?: string } | null;
  /** A gap that names it is expected. */
  readonly gap?: boolean;
}

export interface Planted {
  readonly assets: readonly PlantedAsset[];
  /** Every raw value that lies somewhere in the stack. */
  readonly raw: readonly string[];
}

const LOG = Array.from(
  { length: 400 },
  (_, i) =>
    `2026-03-${String(1 + (i % 28)).padStart(2, '0')}T08:${String(i % 60).padStart(2, '0')}:11Z INFO ` +
    `request id=${(0x9e3779b9 * (i + 1)) >>> 0} took ${i % 97} ms, order ${10_000_000 + i * 37}, version 2.${i % 9}.${i % 7}`,
).join('\n');
const CODE = `export const WIDTH = 1024;\nexport function scale(value) {\n  return (value * WIDTH) / 655360;\n}\n`;
const PAGE =
  '<!doctype html><title>Lands Survey</title><h1>Opening hours</h1><p>Mon–Fri 9:00–17:00</p>';

function forms(people: readonly Person[], month: number): PlantedObject {
  const header = ['Ref', 'Name', 'Phone', 'HKID', 'Address', 'Submitted'];
  const day = `2025-${String(month).padStart(2, '0')}-15`;
  const rows = people.map((p, i) => [
    `LS-${month * 1000 + i}`,
    p.name,
    p.phone,
    p.hkid,
    p.address,
    day,
  ]);
  return { key: `forms/${day.slice(0, 7)}.csv`, body: csv(header, rows) };
}

function lands(make: ReturnType<typeof createPeople>['make']): PlantedAsset[] {
  const applicants = make(3_600, 'chinese');
  const scans = applicants.slice(0, 25);
  const drafts = make(40, 'chinese');
  const internal = make(200, 'chinese');
  const account = 'lands';
  const own = { cloud: 's3', account, owner: 'lands' } as const;
  return [
    {
      ...own,
      name: 'lands-survey-forms',
      door: 'public',
      objects: [
        ...Array.from({ length: 12 }, (_, i) =>
          forms(applicants.slice(i * 300, (i + 1) * 300), i + 1),
        ),
        // The key itself names a person: a listing is enough to expose it.
        ...scans.map((p) => ({
          key: `scans/${p.hkid}_consent.txt`,
          body: 'Consent form, scanned.',
        })),
      ],
      expect: { people: applicants },
    },
    {
      ...own,
      name: 'lands-drafts',
      door: 'slice',
      objects: [
        {
          key: 'public/objections.csv',
          body: csv(
            ['姓名', '身份證號碼', '電話'],
            drafts.map((p) => [p.name, p.hkid, p.phone]),
          ),
        },
        {
          key: 'internal/staff.csv',
          body: csv(
            ['Name', 'HKID'],
            internal.map((p) => [p.name, p.hkid]),
          ),
        },
      ],
      expect: { people: drafts },
    },
    {
      ...own,
      name: 'lands-website',
      door: 'public',
      objects: [
        { key: 'index.html', body: PAGE },
        { key: 'assets/scale.js', body: CODE },
        { key: 'logs/access.log', body: LOG },
      ],
      expect: null,
    },
    { ...own, name: 'lands-vault', door: 'unreadable', objects: [], expect: null, gap: true },
  ];
}

async function health(make: ReturnType<typeof createPeople>['make']): Promise<PlantedAsset[]> {
  const patients = make(800, 'chinese');
  const staff = make(350, 'english');
  const vaccinated = make(150, 'chinese');
  const own = { cloud: 'azure-blob', account: 'health', owner: 'health' } as const;
  const big5 = csv(
    ['姓名', '香港身份證號碼', '出生日期', '地址'],
    patients.map((p) => [p.name, p.hkid, p.born, p.address]),
  );
  const roll = await workbook(
    'Payroll',
    ['Staff No.', 'Name', 'HKID', 'Salary'],
    staff.map((p, i) => [`H${1000 + i}`, p.name, p.hkid, 21_000 + i * 10]),
  );
  return [
    {
      ...own,
      name: 'clinic-exports',
      door: 'public',
      objects: [{ key: '2025/clinic.dat', body: encodeLegacy(big5, 'big5') }],
      expect: { people: patients },
    },
    {
      ...own,
      name: 'rota',
      door: 'readable',
      objects: [
        { key: 'payroll-2025.xlsx', body: roll },
        { key: 'readme.txt', body: 'Rota files, refreshed on Mondays.' },
      ],
      expect: { people: staff },
    },
    {
      ...own,
      name: 'vaccination',
      door: 'private',
      objects: [
        {
          key: 'list.csv',
          body: csv(
            ['Name', 'HKID'],
            vaccinated.map((p) => [p.name, p.hkid]),
          ),
        },
      ],
      expect: null,
    },
  ];
}

function revenue(make: ReturnType<typeof createPeople>['make']): PlantedAsset[] {
  const payers = make(600, 'japanese');
  const claims = make(120, 'japanese');
  const archived = make(300, 'japanese');
  const own = { cloud: 'gcs', account: 'revenue', owner: 'revenue' } as const;
  const sjis = csv(
    ['氏名', '個人番号', '生年月日', '住所'],
    payers.map((p) => [p.name, p.mynumber, p.born, p.address]),
  );
  const lines = claims.map((p, i) =>
    JSON.stringify({ claim: 70_000 + i, applicant: { name: p.name, my_number: p.mynumber } }),
  );
  const closed = csv(
    ['氏名', 'マイナンバー'],
    archived.map((p) => [p.name, p.mynumber]),
  );
  return [
    {
      ...own,
      name: 'revenue-refunds',
      door: 'public',
      objects: [
        { key: 'export/refunds.csv', body: encodeLegacy(sjis, 'shift_jis') },
        { key: 'export/claims.ndjson.gz', body: gzip(`${lines.join('\n')}\n`) },
      ],
      expect: { people: [...payers, ...claims] },
    },
    {
      ...own,
      name: 'revenue-archive',
      door: 'blocked',
      objects: [{ key: 'archive.csv', body: closed }],
      expect: null,
    },
  ];
}

function labour(make: ReturnType<typeof createPeople>['make']): PlantedAsset[] {
  const benefits = make(120, 'english');
  const cases = make(80, 'english');
  const results = make(200, 'english');
  const own = { cloud: 's3', account: 'labour', owner: 'labour' } as const;
  const list = (people: readonly Person[]): string =>
    csv(
      ['Name', 'NRIC', 'Email'],
      people.map((p) => [p.name, p.nric, p.email]),
    );
  const masked = results.map((p) => [p.name, `${p.nric[0]}****${p.nric.slice(5)}`]);
  return [
    {
      ...own,
      name: 'labour-cases',
      door: 'private',
      objects: [
        { key: 'share/benefits.csv', body: list(benefits), publicAcl: true },
        { key: 'cases.csv', body: list(cases) },
      ],
      expect: { people: benefits },
    },
    {
      ...own,
      name: 'labour-results',
      door: 'public',
      objects: [{ key: 'results.csv', body: csv(['Name', 'NRIC (masked)'], masked) }],
      expect: { people: results, masked: 'sg.nric' },
    },
  ];
}

async function civil(make: ReturnType<typeof createPeople>['make']): Promise<PlantedAsset[]> {
  const allowance = make(60, 'chinese');
  const veterans = make(90, 'chinese');
  const stray = make(90, 'chinese');
  const notice = [
    '关于发放高龄津贴的公示',
    '现将本月发放名单公示如下：',
    ...allowance.map((p, i) => `${i + 1}. 居民${i + 1}，身份证号${p.ric}，金额${300 + i}元。`),
  ].join('\n');
  const archive = await zip({
    'list/2025.csv': csv(
      ['编号', '公民身份号码'],
      veterans.map((p, i) => [`V${i}`, p.ric]),
    ),
    'readme.txt': '名单',
  });
  const own = { cloud: 's3', account: 'civil' } as const;
  return [
    {
      ...own,
      owner: 'civil',
      name: 'civil-notices',
      door: 'public',
      objects: [
        { key: '2025/notice.txt', body: encodeLegacy(notice, 'gb18030') },
        { key: '2025/list.zip', body: archive },
      ],
      expect: { people: [...allowance, ...veterans] },
    },
    {
      ...own,
      owner: null,
      name: 'tmp-migration-2023',
      door: 'public',
      objects: [
        {
          key: 'dump.csv',
          body: csv(
            ['name', 'id_card_no'],
            stray.map((p) => [p.name, p.ric]),
          ),
        },
      ],
      expect: { people: stray },
    },
  ];
}

/** The same seed plants the same. */
export async function plantDepartments(seed: number): Promise<Planted> {
  const people = createPeople(seed);
  const raw = new Set<string>();
  const make: typeof people.make = (count, tongue) => {
    const made = people.make(count, tongue);
    for (const value of made.flatMap(rawValues)) raw.add(value);
    return made;
  };
  const assets = [
    ...lands(make),
    ...(await health(make)),
    ...revenue(make),
    ...labour(make),
    ...(await civil(make)),
  ];
  return { assets, raw: [...raw] };
}

export const OWNERS_YAML = `# Departments, and which assets are whose. First matching rule wins.
owners:
  - { id: lands, name: 地政總署 Lands Department, contact: lands@example.org }
  - { id: health, name: 衞生署 Department of Health, contact: health@example.org }
  - { id: revenue, name: 国税庁 Revenue Agency, contact: revenue@example.org }
  - { id: labour, name: Ministry of Labour, contact: labour@example.org }
  - { id: civil, name: 民政局 Civil Affairs Bureau, contact: civil@example.org }
rules:
  - { owner: lands, asset: "s3:lands/*" }
  - { owner: health, provider: azure-blob, asset: "azure-blob:health/*" }
  - { owner: revenue, provider: gcs }
  - { owner: labour, asset: "s3:labour/*" }
  - { owner: civil, asset: "s3:civil/civil-*" }
`;
