/** Which permissions of the scanning identity are missing at a target: each is tried by the call that needs it. */
import type { BlobServiceClient } from '@azure/storage-blob';
import { ScanError } from '../../src/model/errors.ts';
import type { PermissionCheck, ProviderContext, TargetSpec } from '../../src/model/provider.ts';
import { httpClient } from '../../src/net/client.ts';
import { outcomesOf, shared, type Trial, untried } from '../trials.ts';
import { type Arm, armOf, type StorageAccount } from './arm.ts';
import { serviceFactory, translated } from './client.ts';
import { tokensOf } from './credentials.ts';
import { RIGHTS } from './permissions.ts';
import { type AzureTarget, hasArm, readTarget } from './target.ts';

export async function* tryPermissions(
  spec: TargetSpec,
  context: ProviderContext,
): AsyncGenerator<PermissionCheck> {
  const target = readTarget(spec, context.env);
  if (target.access.kind === 'anonymous') {
    throw new ScanError('no-credentials', 'an anonymous target has no permissions to try');
  }
  const http = httpClient(context);
  const tokens = tokensOf(target, context);
  const arm = hasArm(target) ? armOf(target, http, tokens) : null;
  const factory = serviceFactory(target, http, tokens);
  const account = shared(() => someAccount(target, arm));
  const service = shared(async () => {
    const { name, endpoint } = await account();
    return factory(name, endpoint, 'credentials');
  });
  try {
    yield* outcomesOf([...armTrials(arm, account), ...dataTrials(target, arm, account, service)]);
  } finally {
    http.close();
  }
}

interface SomeAccount {
  readonly name: string;
  readonly endpoint: string;
  readonly settings: StorageAccount | null;
}

/** The target's account, else the first with a blob service. */
async function someAccount(target: AzureTarget, arm: Arm | null): Promise<SomeAccount> {
  if (target.account !== null) {
    const settings = await arm?.account(target.account).catch(() => null);
    const endpoint = target.endpoint ?? settings?.blobEndpoint;
    if (!endpoint) return untried('the account was not found');
    return { name: target.account, endpoint, settings: settings ?? null };
  }
  for await (const found of arm?.accounts() ?? []) {
    if ('refusal' in found || found.account.blobEndpoint === null) continue;
    const { name, blobEndpoint } = found.account;
    return { name, endpoint: blobEndpoint, settings: found.account };
  }
  return untried('no storage account could be found to try it with; name one');
}

const BY_KEY =
  'a key or a SAS cannot ask the Resource Manager; log in with "az login" to know these settings';

function armTrials(arm: Arm | null, account: () => Promise<SomeAccount>): readonly Trial[] {
  const byArm = (ask: (arm: Arm) => Promise<unknown>) => async () =>
    arm ? ask(arm) : untried(BY_KEY);
  return [
    { permission: RIGHTS.subscriptions, ask: byArm((one) => one.trySubscriptions()) },
    { permission: RIGHTS.accounts, ask: byArm((one) => one.tryAccounts()) },
    {
      permission: RIGHTS.containers,
      ask: byArm(async (one) => {
        const { settings } = await account();
        if (!settings) return untried('the Resource Manager does not show the account');
        for await (const _ of one.containers(settings)) break;
        return null;
      }),
    },
  ];
}

function dataTrials(
  target: AzureTarget,
  arm: Arm | null,
  account: () => Promise<SomeAccount>,
  service: () => Promise<BlobServiceClient>,
): readonly Trial[] {
  const container = shared(async (): Promise<string> => {
    if (target.container !== null) return target.container;
    const { settings } = await account();
    if (arm && settings) for await (const { name } of arm.containers(settings)) return name;
    const pages = (await service()).listContainers().byPage({ maxPageSize: 1 });
    for await (const { containerItems } of pages) {
      if (containerItems[0]) return containerItems[0].name;
    }
    return untried('the account has no container to try it with');
  });
  const called = async <T>(permission: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Error) || !('statusCode' in error)) throw error;
      const grant = `give the scanning identity ${permission}`;
      throw translated(error, { call: 'it', grant });
    }
  };
  return [
    {
      permission: RIGHTS.policies,
      ask: () =>
        called(RIGHTS.policies, async () =>
          (await service()).getContainerClient(await container()).getAccessPolicy(),
        ),
    },
    {
      permission: RIGHTS.service,
      ask: () => called(RIGHTS.service, async () => (await service()).getProperties()),
    },
    {
      permission: RIGHTS.blobs,
      ask: () =>
        called(RIGHTS.blobs, async () => {
          const client = (await service()).getContainerClient(await container());
          for await (const _ of client.listBlobsFlat().byPage({ maxPageSize: 1 })) break;
        }),
    },
  ];
}
