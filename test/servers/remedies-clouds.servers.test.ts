/** The printed commands of Azure and Google, by their own programs, on Azurite and on the stand-in. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Azurite, startAzurite } from '../../localstack/servers/azurite.ts';
import { type GcsStandIn, startGcsStandIn } from '../../localstack/standins/gcs/index.ts';
import type { Finding, RemedyStep } from '../../src/model/finding.ts';
import { asked } from './asked.ts';
import { type Desk, noteCommand, openDesk, programsOf, uniqueSteps } from './printed.ts';

// Made up, with right check digits.
const PEOPLE = ['Q372145(7)', 'U104226(A)', 'O551907(2)'];
const LIST = `Name,HKID\n${PEOPLE.map((id) => `Person,${id}`).join('\n')}\n`;
const KEY = "forms/list of $people's 名單.csv";

interface Cloud {
  readonly name: string;
  readonly desk: Desk;
  readonly findings: readonly Finding[];
  /** The object as its owner reads it; null where it is gone. */
  stored(name: string): Promise<string | null>;
  /** HTTP status of the object for a stranger. */
  stranger(name: string): Promise<number>;
}

async function everyCommand(cloud: Cloud, asset: string): Promise<void> {
  const { name: server, desk, findings } = cloud;
  const own = findings.filter((finding) => finding.asset.name === asset);
  expect(own.length, `findings of ${asset}`).toBeGreaterThan(0);
  expect(await cloud.stranger(asset)).toBe(200);
  const all = uniqueSteps(own);
  const cause = own[0]?.verdict.reasons[0]?.code ?? '';
  const run = async (purpose: RemedyStep['purpose']): Promise<readonly string[]> => {
    const printed: string[] = [];
    for (const { command } of all.filter(
      (step) => step.purpose === purpose && step.command !== '',
    )) {
      const ran = await desk.run(command);
      expect([command, ran.code, ran.stderr]).toEqual([command, 0, ran.stderr]);
      noteCommand({ server, cause, purpose, programs: programsOf(command), outcome: 'ran' });
      if (purpose !== 'remove') expect(await cloud.stored(asset), 'the data is intact').toBe(LIST);
      printed.push(ran.stdout);
    }
    return printed;
  };
  expect((await run('close')).length).toBeGreaterThan(0);
  expect([401, 403, 404, 409]).toContain(await cloud.stranger(asset));
  for (const { id } of own) {
    const { statement, became } = await desk.prove(id);
    expect([statement.because, statement.result, became]).toEqual([
      statement.because,
      'closed',
      'fixed',
    ]);
  }
  expect((await run('prove')).length).toBeGreaterThan(0);
  await run('guard');
  expect([401, 403, 404, 409]).toContain(await cloud.stranger(asset));
  await run('remove');
  expect(await cloud.stored(asset)).toBe(null);
}

/** A program that is not there is told, never taken for one that ran. */
function notHere(server: string, program: string): void {
  test(`${server}: ${program} was not asked for in this run`, () => {
    const outcome = `not run: AJAR_SERVERS=${program} asks for it`;
    noteCommand({ server, cause: 'all', purpose: 'all', programs: [program], outcome });
  });
}

if (!asked('az')) notHere('azurite', 'az');
else
  describe('Azurite, by az', () => {
    let azurite: Azurite;
    let cloud: Cloud;
    const account = { name: 'health', key: Buffer.from('a'.repeat(64)).toString('base64') };

    beforeAll(async () => {
      const { BlobServiceClient } = await import('@azure/storage-blob');
      azurite = await startAzurite([account]);
      const connection = azurite.connectionString(account);
      const service = BlobServiceClient.fromConnectionString(connection);
      for (const [name, access] of [
        ['listed', 'container'],
        ['byname', 'blob'],
      ] as const) {
        const { containerClient } = await service.createContainer(name, { access });
        await containerClient.getBlockBlobClient(KEY).upload(LIST, Buffer.byteLength(LIST));
      }
      const desk = openDesk(['az'], {
        AZURE_STORAGE_CONNECTION_STRING: connection,
        T_AZURE: account.key,
      });
      const endpoint = `${azurite.url}/${account.name}`;
      const findings = await desk.scan([
        { uri: `az://${account.name}`, endpoint, credentials: { key: 'T_AZURE' } },
      ]);
      cloud = {
        name: 'azurite',
        desk,
        findings,
        async stored(name) {
          const blob = service.getContainerClient(name).getBlobClient(KEY);
          return (await blob.exists()) ? (await blob.downloadToBuffer()).toString() : null;
        },
        async stranger(name) {
          const url = `${endpoint}/${name}/${encodeURIComponent(KEY)}`;
          return (await fetch(url, { headers: { 'x-ms-version': '2020-10-02' } })).status;
        },
      };
    }, 240_000);
    afterAll(async () => {
      cloud?.desk.clear();
      await azurite?.stop();
    });

    test.each(['listed', 'byname'])(
      '%s: every command, verbatim',
      (name) => everyCommand(cloud, name),
      240_000,
    );
  });

if (!asked('gcloud')) notHere('GCS stand-in', 'gcloud');
else
  describe('the Google stand-in, by gcloud', () => {
    let gcs: GcsStandIn;
    let cloud: Cloud;

    beforeAll(async () => {
      gcs = await startGcsStandIn({
        host: '127.0.0.1',
        port: 0,
        projects: [{ id: 'revenue', token: 'tok' }],
      });
      const objects = { [KEY]: Buffer.from(LIST) };
      // As Google's own lists, never empty: gcloud sends no list at all where nothing would be left.
      const owners = { entity: 'project-owners-1', role: 'OWNER' } as const;
      const grant = [owners, { entity: 'allUsers', role: 'READER' }] as const;
      const shared = { project: 'revenue', publicAccessPrevention: 'inherited', objects } as const;
      const iam = [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }];
      gcs.bucket({ ...shared, name: 'by-policy', uniform: true, iam });
      gcs.bucket({ ...shared, name: 'by-object-acl', objectAcl: { [KEY]: grant } });
      gcs.bucket({ ...shared, name: 'by-bucket-acl', acl: grant, objectAcl: { [KEY]: grant } });
      gcs.bucket({
        ...shared,
        name: 'by-default-acl',
        defaultObjectAcl: grant,
        objectAcl: { [KEY]: grant },
      });
      gcs.bucket({ ...shared, name: 'by-folder', uniform: true, folders: { 'forms/': iam } });
      const desk = openDesk(['gcloud'], { T_TOKEN: 'tok' });
      const token = join(desk.folder, 'token');
      writeFileSync(token, 'tok');
      const findings = await desk.scan([
        { uri: 'gs://', account: 'revenue', endpoint: gcs.url, credentials: { token: 'T_TOKEN' } },
      ]);
      const get = (name: string, headers: Record<string, string>): Promise<Response> =>
        fetch(`${gcs.url}/${name}/${encodeURIComponent(KEY)}`, { headers });
      cloud = {
        name: 'GCS stand-in',
        desk: {
          ...desk,
          run: (command) =>
            desk.run(
              `export CLOUDSDK_AUTH_ACCESS_TOKEN_FILE='${token}' CLOUDSDK_CORE_DISABLE_PROMPTS=1 CLOUDSDK_CORE_PROJECT=revenue; ${command}`,
            ),
        },
        findings,
        async stored(name) {
          const answer = await get(name, { authorization: 'Bearer tok' });
          return answer.status === 200 ? answer.text() : null;
        },
        stranger: async (name) => (await get(name, {})).status,
      };
    }, 240_000);
    afterAll(async () => {
      cloud?.desk.clear();
      await gcs?.stop();
    });

    test.each(['by-policy', 'by-object-acl', 'by-bucket-acl', 'by-default-acl', 'by-folder'])(
      '%s: every command, verbatim',
      (name) => everyCommand(cloud, name),
      240_000,
    );
  });
