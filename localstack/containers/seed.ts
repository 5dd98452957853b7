/**
 * Plants the made-up departments into servers that run elsewhere, as `compose.yaml` starts them:
 * policy-only buckets into SeaweedFS, containers into Azurite, one public bucket's files into the
 * folder that nginx lists. The same seed plants the same as `npm start` does.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isPolicyOnly, plantSeaweed } from '../seaweed.ts';
import { plantDepartments } from '../seed/departments.ts';
import { AZURE_ACCOUNT, plantAzure, publicPolicy } from '../stack.ts';

/** Keys that open nothing but the containers of compose.yaml, where they stand too. */
export const S3_KEYS = { accessKeyId: 'testadmin', secretAccessKey: 'testadmin123' };
export const AZURE_KEY: string = Buffer.from('ajar-local-stack-opens-nothing-else').toString(
  'base64',
);

const SITE_BUCKET = 'lands-survey-forms';
const WAIT_MS = 120_000;

export interface Places {
  /** Addresses of SeaweedFS's S3 and Azurite's blob service. */
  readonly seaweed: string;
  readonly azurite: string;
  /** The folder that nginx serves. */
  readonly site: string;
  readonly seed: number;
}

export async function plantContainers({ seaweed, azurite, site, seed }: Places): Promise<void> {
  const { assets } = await plantDepartments(seed);
  await Promise.all([answers(seaweed), answers(azurite)]);
  await plantSeaweed(seaweed, S3_KEYS, assets.filter(isPolicyOnly), publicPolicy);
  const containers = assets.filter(({ cloud }) => cloud === 'azure-blob');
  await plantAzure(`${azurite}/${AZURE_ACCOUNT}`, AZURE_KEY, containers);
  for (const { key, body } of assets.find(({ name }) => name === SITE_BUCKET)?.objects ?? []) {
    const path = join(site, 'open', key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`${url} does not answer`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  const { SEAWEED_URL, AZURITE_URL, SITE_FOLDER, SEED } = process.env;
  await plantContainers({
    seaweed: SEAWEED_URL ?? 'http://127.0.0.1:8333',
    azurite: AZURITE_URL ?? 'http://127.0.0.1:10000',
    site: SITE_FOLDER ?? '/site',
    seed: Number(SEED ?? 2025),
  });
  process.stdout.write(
    'planted; scan it: npm run -s ajar -- scan --config localstack/containers/ajar.yaml\n',
  );
}
