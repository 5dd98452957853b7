/** Application Default Credentials by the real library: workload identity, whose token service may be anywhere. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Served, serve } from '../../../localstack/standins/served.ts';
import { defaultCredentials } from '../../../providers/gcs/credentials.ts';
import { readTarget } from '../../../providers/gcs/target.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { ProviderContext } from '../../../src/model/provider.ts';

let tokens: Served;
let folder: string;

beforeAll(async () => {
  tokens = await serve(
    { host: '127.0.0.1', port: 0 },
    () => false,
    () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        access_token: 'minted',
        expires_in: 3600,
        token_type: 'Bearer',
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      }),
    }),
  );
  folder = await mkdtemp(join(tmpdir(), 'ajar-adc-'));
  await writeFile(join(folder, 'subject'), 'made up');
  await writeFile(
    join(folder, 'workload.json'),
    JSON.stringify({
      type: 'external_account',
      audience:
        '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${tokens.url}/v1/token`,
      credential_source: { file: join(folder, 'subject') },
    }),
  );
});
afterAll(async () => {
  await tokens?.stop();
  await rm(folder, { recursive: true });
});

afterEach(() => vi.unstubAllEnvs());

function context(keyFile: string): ProviderContext {
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(folder, keyFile));
  return {
    limits: { ...DEFAULT_LIMITS, requestTimeMs: 1_000 },
    signal: new AbortController().signal,
    env: {},
    allow: () => {},
  };
}

const URL_ASKED = new URL('https://storage.googleapis.com/storage/v1/b/lands');

test('a workload identity file becomes a bearer token', async () => {
  const credentials = defaultCredentials(
    readTarget({ uri: 'gs://lands' }, {}),
    context('workload.json'),
  );
  const headers = await credentials.headers(URL_ASKED);
  expect(headers.authorization).toBe('Bearer minted');
});

test('a token service that does not answer ends in a sentence, not in a hang', async () => {
  tokens.fault(() => ({ kind: 'late', delayMs: 30_000 }));
  const credentials = defaultCredentials(
    readTarget({ uri: 'gs://lands' }, {}),
    context('workload.json'),
  );
  await expect(credentials.headers(URL_ASKED)).rejects.toMatchObject({
    code: 'no-credentials',
    detail: expect.stringContaining('gcloud auth application-default login'),
  });
});

test('a key file that is not there is told without its path', async () => {
  const credentials = defaultCredentials(
    readTarget({ uri: 'gs://lands' }, {}),
    context('missing.json'),
  );
  const error = await credentials.headers(URL_ASKED).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'no-credentials' });
  expect(String(error)).not.toContain(folder);
});
