import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ArmStandIn, startArmStandIn } from '../../localstack/standins/arm/index.ts';

let arm: ArmStandIn;

beforeAll(async () => {
  arm = await startArmStandIn({
    token: 'arm-token',
    subscriptions: [{ id: 'sub-1', name: 'Lands' }],
    host: '127.0.0.1',
    port: 0,
  });
  for (const name of ['one', 'two', 'three']) {
    arm.account({ subscription: 'sub-1', resourceGroup: 'rg', name, allowBlobPublicAccess: false });
  }
});
afterAll(() => arm.stop());

const VERSION = 'api-version=2023-05-01';
const ACCOUNTS = '/subscriptions/sub-1/providers/Microsoft.Storage/storageAccounts';

interface Page {
  readonly value: readonly { readonly id: string; readonly properties: unknown }[];
  readonly nextLink?: string;
}

async function get(url: string, token = 'arm-token'): Promise<{ status: number; page: Page }> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, page: (await answer.json()) as Page };
}

test('a list goes on by nextLink until there is none', async () => {
  const first = await get(`${arm.url}${ACCOUNTS}?${VERSION}`);
  const second = await get(first.page.nextLink ?? '');
  expect([first.page.value.length, second.page.value.length]).toEqual([2, 1]);
  expect(second.page.nextLink).toBeUndefined();
  expect(first.page.value[0]?.properties).toMatchObject({ allowBlobPublicAccess: false });
});

test('a wrong token, a missing version and a strange subscription are refused', async () => {
  const statuses = await Promise.all([
    get(`${arm.url}${ACCOUNTS}?${VERSION}`, 'other').then(({ status }) => status),
    get(`${arm.url}${ACCOUNTS}`).then(({ status }) => status),
    get(`${arm.url}${ACCOUNTS.replace('sub-1', 'sub-9')}?${VERSION}`).then(({ status }) => status),
  ]);
  expect(statuses).toEqual([401, 400, 404]);
});

test('one account is found by its id', async () => {
  const { page } = await get(`${arm.url}${ACCOUNTS}?${VERSION}`);
  const one = await get(`${arm.url}${page.value[0]?.id}?${VERSION}`);
  expect(one.status).toBe(200);
  expect(one.page).toMatchObject({ name: 'one' });
});
