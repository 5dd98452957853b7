/** What compose.yaml plants, on the same programs without containers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { AZURE_KEY, plantContainers, S3_KEYS } from '../../localstack/containers/seed.ts';
import { startAzurite } from '../../localstack/servers/azurite.ts';
import { findProgram } from '../../localstack/servers/programs.ts';
import { startWeed } from '../../localstack/servers/weed.ts';
import { loadProviders, providerFor } from '../../providers/registry.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { TargetSpec } from '../../src/model/provider.ts';
import { collect } from '../kit/collect.ts';
import { asked } from './asked.ts';

const root = join(import.meta.dirname, '../..');

test('compose.yaml publishes on this machine only, with the keys that the seed uses', () => {
  const text = readFileSync(join(root, 'compose.yaml'), 'utf8');
  const { services } = parse(text) as { services: Record<string, { ports?: string[] }> };
  const ports = Object.values(services).flatMap((one) => one.ports ?? []);
  expect(ports.every((one) => one.startsWith('127.0.0.1:'))).toBe(true);
  expect(text).toContain(AZURE_KEY);
  const identities = readFileSync(join(root, 'localstack/containers/s3.json'), 'utf8');
  expect(identities).toContain(S3_KEYS.secretAccessKey);
});

test('the seed plants doors that the configuration finds', async () => {
  // Reported as not run by the suite's last line.
  if (!asked('seaweedfs')) return;
  const program = findProgram('weed');
  if (!program) throw new Error('seaweedfs is gone since the setup');
  const site = mkdtempSync(join(tmpdir(), 'ajar-site-'));
  const weed = await startWeed(program.path, S3_KEYS);
  const azurite = await startAzurite([{ name: 'health', key: AZURE_KEY }]);
  try {
    await plantContainers({ seaweed: weed.url, azurite: azurite.url, site, seed: 7 });
    const text = readFileSync(join(root, 'localstack/containers/ajar.yaml'), 'utf8')
      .replace('http://127.0.0.1:8333', weed.url)
      .replace('http://127.0.0.1:10000', azurite.url);
    const { targets } = parse(text) as { targets: TargetSpec[] };
    const providers = await loadProviders();
    const told: string[] = [];
    for (const target of targets.slice(0, 2)) {
      const connection = await providerFor(target, providers).connect(target, {
        limits: DEFAULT_LIMITS,
        signal: new AbortController().signal,
        env: {
          STACK_S3_ID: S3_KEYS.accessKeyId,
          STACK_S3_SECRET: S3_KEYS.secretAccessKey,
          STACK_AZURE_KEY: AZURE_KEY,
        },
        allow: () => {},
      });
      for (const found of await collect(connection.assets())) {
        if (!('asset' in found)) throw new Error(found.gap.detail);
        const { read } = evaluate((await connection.probes(found.asset)).facts);
        told.push(`${found.asset.id} ${read.state}`);
      }
      await connection.close();
    }
    expect(told).toContain('s3:stack/lands-survey-forms open');
    expect(told).toContain('azure-blob:health/clinic-exports open');
    expect(told).toContain('azure-blob:health/vaccination closed');
    expect(readdirSync(join(site, 'open')).length).toBeGreaterThan(0);
  } finally {
    await weed.stop();
    await azurite.stop();
    rmSync(site, { recursive: true, force: true });
  }
}, 120_000);
