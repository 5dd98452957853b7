/** Signature Version 4 against the example that Amazon publishes for presigned URLs. */
import { expect, test } from 'vitest';
import { verifySignature } from '../../../localstack/standins/s3/signature.ts';

/** "Authenticating Requests: Using Query Parameters", Amazon S3 API reference: key, date and result. */
const ACCOUNT = {
  id: '111122223333',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  canonicalId: 'c',
};
const QUERY =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

function verify(rawPath: string, query: string, now: string): string {
  const request = {
    method: 'GET',
    rawPath,
    query: new URLSearchParams(query),
    headers: { host: 'examplebucket.s3.amazonaws.com' },
  };
  try {
    return verifySignature(request, [ACCOUNT], new Date(now))?.account.id ?? 'unsigned';
  } catch (error) {
    return error instanceof Error ? error.message : 'thrown';
  }
}

test('the published example of a presigned URL is accepted', () => {
  expect(verify('/test.txt', QUERY, '2013-05-24T12:00:00Z')).toBe(ACCOUNT.id);
});

test('another path under the same signature is refused', () => {
  expect(verify('/other.txt', QUERY, '2013-05-24T12:00:00Z')).toBe('SignatureDoesNotMatch');
});

test('a longer life under the same signature is refused', () => {
  const longer = QUERY.replace('Expires=86400', 'Expires=186400');
  expect(verify('/test.txt', longer, '2013-05-24T12:00:00Z')).toBe('SignatureDoesNotMatch');
});

test('an expired presigned URL is refused', () => {
  expect(verify('/test.txt', QUERY, '2013-05-25T00:00:01Z')).toBe('AccessDenied');
});

test('a request without any signature is unsigned, not wrong', () => {
  expect(verify('/test.txt', 'versionId=1', '2013-05-24T12:00:00Z')).toBe('unsigned');
});
