/** Whose semantics a store has. Amazon's only where the host is Amazon's: everything else speaks S3 with an accent. */
import type { S3Dialect } from '../../src/exposure/documents.ts';
import { isAmazonHost } from './target.ts';

const HOSTS: readonly (readonly [RegExp, S3Dialect])[] = [
  [/(^|\.)aliyuncs\.com$/, 'oss'],
  [/(^|\.)myhuaweicloud\.(com|eu)$/, 'obs'],
  [/(^|\.)myqcloud\.com$/, 'cos'],
  [/(^|\.)r2\.cloudflarestorage\.com$/, 'r2'],
  [/(^|\.)digitaloceanspaces\.com$/, 'spaces'],
  [/(^|\.)scw\.cloud$/, 'scaleway'],
  [/(^|\.)wasabisys\.com$/, 'wasabi'],
  [/(^|\.)(yandexcloud\.net|storage\.yandex\.net)$/, 'yandex'],
];

const SERVERS: readonly (readonly [RegExp, S3Dialect])[] = [
  [/^minio/i, 'minio'],
  [/^seaweedfs/i, 'seaweedfs'],
  [/^versitygw/i, 'versitygw'],
  [/^ceph object gateway/i, 'ceph'],
];

/** By the host alone; null where only an answer can tell. */
export function dialectOfHost(host: string): S3Dialect | null {
  if (isAmazonHost(host)) return 'aws';
  return HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? null;
}

/** `headers` of any answer, in lower case. An Amazon-like Server header proves nothing: many send it. */
export function dialectOfAnswer(headers: Readonly<Record<string, string>>): S3Dialect {
  const server = headers.server ?? '';
  const named = SERVERS.find(([pattern]) => pattern.test(server))?.[1];
  if (named) return named;
  if ('x-minio-error-code' in headers) return 'minio';
  // Ceph RGW sends no Server header before Quincy; its request ids look like nobody else's.
  if (/^tx[0-9a-f]{15,}-[0-9a-f]{10}-/.test(headers['x-amz-request-id'] ?? '')) return 'ceph';
  return 'generic';
}

/** These refuse path-style addresses. */
export function wantsVirtualHosts(dialect: S3Dialect | null): boolean {
  return dialect === 'oss' || dialect === 'cos' || dialect === 'obs';
}
