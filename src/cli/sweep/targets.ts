/**
 * A person's list of domains, endpoints, addresses and names → what is asked of whom.
 *
 * What the list names is a target. What is only likely (a bucket that is called like a domain) is a
 * guess: asked too, but nothing is missing where it is not there.
 */
import { UsageError } from '../../model/errors.ts';
import type { TargetSpec } from '../../model/provider.ts';

export interface Candidate {
  readonly spec: TargetSpec;
  /** `host:port` of its first request; null: as the provider plans it. */
  readonly host: string | null;
  /** It was not named, only derived from what was. */
  readonly guessed: boolean;
}

export interface Entry {
  /** As the person wrote it. */
  readonly text: string;
  /** What it was taken for: `address`, `domain`, `name`, `target`. */
  readonly kind: string;
  readonly candidates: readonly Candidate[];
}

/** One a line; `#` begins a comment, alone or after a blank. */
export function listLines(
  text: string,
): readonly { readonly line: number; readonly text: string }[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, at) => ({ line: at + 1, text: line.replace(/(?:^|\s)#.*$/, '').trim() }))
    .filter((one) => one.text !== '');
}

/** Where S3 is asked first; its answer names the bucket's own region. */
const S3_REGION = 'us-east-1';
const GCS_HOST = 'storage.googleapis.com';
const AZURE_SUFFIX = 'blob.core.windows.net';
/** The two containers whose names Azure fixes; others cannot be known from the account's name. */
const AZURE_CONTAINERS = ['$web', '$root'] as const;

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const GCS_BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;
const AZURE_ACCOUNT = /^[a-z0-9]{3,24}$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,62}$/i;
const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$|^\[[0-9a-f:]+\]$/i;

/** Throws UsageError, one sentence that begins with `where`. */
export function expand(text: string, where: string): Entry {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return address(text, where);
  const [host = '', port] = splitPort(text);
  if (port !== null && (DOMAIN.test(host) || ADDRESS.test(host) || host === 'localhost')) {
    return { text, kind: 'endpoint', candidates: [web(`https://${text}/`, false)] };
  }
  if (ADDRESS.test(text))
    return { text, kind: 'host', candidates: [web(`https://${text}/`, false)] };
  if (DOMAIN.test(text)) return domain(text);
  const names = bucketsNamed(text.toLowerCase());
  if (names.length > 0) return { text, kind: 'name', candidates: names };
  throw new UsageError(
    `${where}: "${text}" is no address, domain or bucket name; write https://host/path, a domain, s3://BUCKET, gs://BUCKET, az://ACCOUNT/CONTAINER or a bare name`,
  );
}

function splitPort(text: string): readonly [string, string | null] {
  const match = /^(.*[^:\]]|\[[^\]]+\]):(\d{1,5})$/.exec(text);
  return match ? [match[1] ?? '', match[2] ?? ''] : [text, null];
}

function address(text: string, where: string): Entry {
  if (!/^https?:/i.test(text)) {
    return { text, kind: 'target', candidates: [named(text, where)] };
  }
  if (!URL.canParse(text)) throw new UsageError(`${where}: "${text}" is no address`);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${where}: an address must not hold a name or password; a sweep uses none`,
    );
  }
  const cloud = cloudOf(url);
  if (cloud) return { text, kind: 'address', candidates: [cloud] };
  url.search = '';
  url.hash = '';
  return { text, kind: 'address', candidates: [web(url.href, false)] };
}

/** A store's own address means the store, which knows more ways in than a web server does. */
function cloudOf(url: URL): Candidate | null {
  const { hostname } = url;
  const [first = '', ...rest] = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const virtual =
    /^(.+?)\.s3(?:-website)?[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(
      hostname,
    );
  if (virtual) return s3(virtual[1] ?? '', virtual[2] ?? S3_REGION, false);
  const global = /^(.+)\.s3\.amazonaws\.com$/.exec(hostname);
  if (global) return s3(global[1] ?? '', S3_REGION, false);
  const path = /^s3[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(hostname);
  if (first !== '' && (path || hostname === 's3.amazonaws.com')) {
    return s3(first, path?.[1] ?? S3_REGION, false);
  }
  const google = /^(.+)\.storage\.googleapis\.com$/.exec(hostname);
  if (google) return gs(google[1] ?? '', false);
  if (hostname === GCS_HOST && first !== '') return gs(first, false);
  const azure = /^([a-z0-9]{3,24})\.blob\.core\.[a-z.]+$/.exec(hostname);
  if (azure) {
    const container = first === '' || (rest.length === 0 && first.includes('.')) ? '$root' : first;
    return { ...az(azure[1] ?? '', container, false), host: `${hostname}:443` };
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `s3://…`, `s3+https://host/bucket`, `gs://…`, `az://…` and whatever else a provider takes. */
function named(uri: string, where: string): Candidate {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(uri) ?? [];
  const [first = '', second = ''] = rest.split('/');
  switch (scheme.toLowerCase()) {
    case 's3':
      if (first !== '') return { ...s3(first, S3_REGION, false), spec: outside(uri, S3_REGION) };
      break;
    case 'gs':
      if (first !== '') return { ...gs(first, false), spec: outside(uri) };
      break;
    case 'az':
      if (first !== '' && second !== '') return { ...az(first, second, false), spec: outside(uri) };
      break;
    default:
      if (first !== '') return { spec: outside(uri), host: null, guessed: false };
  }
  throw new UsageError(
    `${where}: "${uri}" names no single place; nobody lists an account without credentials, so name the bucket or container`,
  );
}

function outside(uri: string, region?: string): TargetSpec {
  return { uri, anonymous: true, ...(region !== undefined && { region }) };
}

function domain(text: string): Entry {
  const name = text.toLowerCase();
  // A bucket behind a domain of its own has to be called like it.
  const buckets = BUCKET.test(name) ? [s3(name, S3_REGION, true), gs(name, true)] : [];
  return { text, kind: 'domain', candidates: [web(`https://${name}/`, false), ...buckets] };
}

function bucketsNamed(name: string): readonly Candidate[] {
  return [
    ...(BUCKET.test(name) ? [s3(name, S3_REGION, true)] : []),
    ...(GCS_BUCKET.test(name) ? [gs(name, true)] : []),
    ...(AZURE_ACCOUNT.test(name)
      ? AZURE_CONTAINERS.map((container) => az(name, container, true))
      : []),
  ];
}

function web(uri: string, guessed: boolean): Candidate {
  const { hostname, port, protocol } = new URL(uri);
  const number = port || (protocol === 'https:' ? '443' : '80');
  return { spec: { uri, anonymous: true }, host: `${hostname}:${number}`, guessed };
}

function s3(bucket: string, region: string, guessed: boolean): Candidate {
  // A certificate covers no dots: such a bucket is asked in the path.
  const prefix = bucket.includes('.') ? '' : `${bucket}.`;
  const host = `${prefix}s3.${region}.amazonaws.com:443`;
  return { spec: outside(`s3://${bucket}`, region), host, guessed };
}

function gs(bucket: string, guessed: boolean): Candidate {
  return { spec: outside(`gs://${bucket}`), host: `${GCS_HOST}:443`, guessed };
}

function az(account: string, container: string, guessed: boolean): Candidate {
  const host = `${account}.${AZURE_SUFFIX}:443`;
  return { spec: outside(`az://${account}/${container}`), host, guessed };
}
