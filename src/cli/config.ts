/** `ajar.yaml` and `owners.yaml`: what flags don't say. docs/configuration.md describes every setting. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import type { Authorisation } from '../model/authorisation.ts';
import type { Customs } from '../model/custom.ts';
import { UsageError } from '../model/errors.ts';
import { LANGUAGES, type Language } from '../model/language.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { OwnerBook } from '../model/owner.ts';
import type { TargetSpec } from '../model/provider.ts';
import { DEFAULT_FORMATS, FILE_FORMATS, type FileFormat, parseFormats } from '../report/formats.ts';
import { isPostgres } from '../store/address.ts';
import { AUTHORISATION } from './authorisation.ts';
import { CAMPAIGN, CHANNELS, NOTIFY, readSending, type Sending } from './channels.ts';
import { ALLOW, DETECTORS, readCustoms } from './customs.ts';
import { readOwners } from './owners.ts';
import { parseBytes, parseDays, readYaml } from './yaml.ts';

const bytes = v.pipe(
  v.union([v.string(), v.number()]),
  v.check((value) => parseBytes(value) !== undefined, 'a size such as 64MiB or 1GB'),
  v.transform((value) => parseBytes(value) ?? 0),
);
const days = v.pipe(
  v.union([v.string(), v.number()]),
  v.check((value) => parseDays(value) !== undefined, 'a number of days such as 7d'),
  v.transform((value) => parseDays(value) ?? 0),
);
const text = v.pipe(v.string(), v.nonEmpty('a text'));
const count = v.pipe(v.number(), v.integer('a whole number'), v.minValue(1, 'at least 1'));

const target = v.strictObject({
  uri: text,
  name: v.optional(v.pipe(text, v.regex(/^[\w.-]+$/, 'letters, digits, . _ -'))),
  endpoint: v.optional(v.pipe(text, v.url('a URL'))),
  credentials: v.optional(
    v.record(text, v.pipe(text, v.regex(/^\w+$/, 'the name of an environment variable'))),
  ),
  account: v.optional(text),
  region: v.optional(text),
  anonymous: v.optional(v.boolean()),
  keys: v.optional(text),
  domains: v.optional(
    v.array(v.pipe(text, v.regex(/^(?:https?:\/\/)?[\w.-]+(?::\d+)?$/, 'a host name'))),
  ),
  role: v.optional(text),
});

/** Limits that are sizes take units; the others are plain numbers. */
function limitSchema(name: string): typeof bytes | typeof count {
  return name.endsWith('Bytes') ? bytes : count;
}

const limitEntries = Object.fromEntries(
  Object.keys(DEFAULT_LIMITS).map((name) => [name, v.optional(limitSchema(name))]),
);

const CONFIG = v.strictObject({
  targets: v.optional(v.array(target)),
  owners: v.optional(text),
  out: v.optional(text),
  store: v.optional(text),
  key: v.optional(text),
  budget: v.optional(bytes),
  objects: v.optional(v.picklist(['sample', 'all'], 'sample or all')),
  seed: v.optional(v.pipe(v.number(), v.integer('a whole number'))),
  deadline: v.optional(days),
  ca: v.optional(v.array(text)),
  scope: v.optional(v.strictObject({ hosts: v.array(text) })),
  authorisation: v.optional(AUTHORISATION),
  limits: v.optional(v.strictObject(limitEntries)),
  detectors: v.optional(DETECTORS),
  allow: v.optional(ALLOW),
  channels: v.optional(CHANNELS),
  campaign: v.optional(CAMPAIGN),
  notify: v.optional(NOTIFY),
  language: v.optional(v.picklist(LANGUAGES, LANGUAGES.join(', '))),
  formats: v.optional(v.array(v.picklist(FILE_FORMATS, FILE_FORMATS.join(', ')))),
});

export interface Config {
  readonly targets: readonly TargetSpec[];
  readonly owners: OwnerBook;
  readonly out: string;
  readonly store: string;
  readonly key: string;
  /** Objects of closed assets that are asked for one by one. */
  readonly objects: 'sample' | 'all';
  readonly budgetBytes: number;
  readonly seed: number;
  readonly deadlineDays: number;
  /** PEM files of private certificate authorities. */
  readonly ca: readonly string[];
  readonly hosts: readonly string[];
  /** Of sweeps; null where nobody gave one. */
  readonly authorisation: Authorisation | null;
  readonly limits: Limits;
  /** The office's own detectors and allow list. */
  readonly customs: Customs;
  /** Channels, campaigns and notices after a scan. */
  readonly sending: Sending;
  /** Of reports. */
  readonly language: Language;
  /** Of the files that a scan writes. */
  readonly formats: readonly FileFormat[];
  /** What the person must know of the configuration: allow entries that ended. */
  readonly notices: readonly string[];
}

/** Flags that override the file; undefined where not given. */
export interface Overrides {
  readonly config?: string | undefined;
  readonly targets?: readonly TargetSpec[] | undefined;
  readonly owners?: string | undefined;
  readonly out?: string | undefined;
  readonly store?: string | undefined;
  readonly key?: string | undefined;
  readonly budget?: string | undefined;
  readonly objects?: 'sample' | 'all' | undefined;
  readonly seed?: number | undefined;
  readonly deadline?: string | undefined;
  readonly language?: string | undefined;
  /** `html,xlsx` */
  readonly formats?: string | undefined;
}

const DEFAULT_FILE = 'ajar.yaml';
const DEFAULT_BUDGET_BYTES = 1e9;

function flag<T>(
  option: string,
  value: string | undefined,
  parse: (text: string) => T | undefined,
  allowed: string,
): T | undefined {
  if (value === undefined) return undefined;
  const parsed = parse(value);
  if (parsed === undefined) throw new UsageError(`${option} ${value}: allowed is ${allowed}`);
  return parsed;
}

function parseLanguage(text: string): Language | undefined {
  return LANGUAGES.find((each) => each.toLowerCase() === text.toLowerCase());
}

/** The configuration file (if any) under the flags. Paths in the file are relative to it. */
export function loadConfig(flags: Overrides): Config {
  const file = flags.config ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined);
  const read = file === undefined ? {} : (readYaml(file, CONFIG) as v.InferOutput<typeof CONFIG>);
  const beside = (path: string | undefined): string | undefined =>
    path === undefined || file === undefined ? path : resolve(dirname(file), path);
  const ownersFile = flags.owners ?? beside(read.owners);
  const fromFile = (read.targets as TargetSpec[] | undefined)?.map((target) =>
    target.keys === undefined ? target : { ...target, keys: beside(target.keys) ?? target.keys },
  );
  const limits = Object.fromEntries(
    Object.entries(read.limits ?? {}).filter(([, value]) => value !== undefined),
  );
  return {
    targets: (flags.targets?.length ? flags.targets : fromFile) ?? [],
    objects: flags.objects ?? read.objects ?? 'sample',
    owners: ownersFile === undefined ? { owners: [], rules: [] } : readOwners(ownersFile),
    out: flags.out ?? beside(read.out) ?? 'ajar-report',
    store:
      flags.store ??
      (isPostgres(read.store ?? '') ? read.store : beside(read.store)) ??
      '.ajar/store.db',
    key: flags.key ?? beside(read.key) ?? '.ajar/key',
    budgetBytes:
      flag('--budget', flags.budget, parseBytes, 'a size such as 64MiB or 1GB') ??
      read.budget ??
      DEFAULT_BUDGET_BYTES,
    seed: flags.seed ?? read.seed ?? 1,
    deadlineDays:
      flag('--deadline', flags.deadline, parseDays, 'a number of days such as 7d') ??
      read.deadline ??
      7,
    ca: (read.ca ?? []).map((path) => beside(path) ?? path),
    hosts: read.scope?.hosts ?? [],
    authorisation: read.authorisation ?? null,
    limits: { ...DEFAULT_LIMITS, ...limits },
    sending: readSending(read),
    language:
      flag('--language', flags.language, parseLanguage, LANGUAGES.join(', ')) ??
      read.language ??
      'en',
    formats:
      flags.formats === undefined
        ? (read.formats ?? DEFAULT_FORMATS)
        : parseFormats('--report', flags.formats, FILE_FORMATS),
    ...readCustoms(read, (path) => beside(path) ?? path, new Date()),
  };
}
