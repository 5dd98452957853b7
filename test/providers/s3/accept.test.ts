/** The suite of every provider, on the S3 stand-in. */
import { startS3StandIn } from '../../../localstack/standins/s3/index.ts';
import { s3 } from '../../../providers/s3/provider.ts';
import {
  type AssetToSeed,
  acceptProvider,
  type ProviderUnderTest,
} from '../../kit/accept-provider.ts';

const ACCOUNT = {
  id: '111122223333',
  accessKeyId: 'LANDSKEY',
  secretAccessKey: 'lands-secret',
  canonicalId: 'c-lands',
};

export function policyFor({ name, open }: Pick<AssetToSeed, 'name' | 'open'>): object {
  const allow = (action: string, resource: string): object => ({
    Effect: 'Allow',
    Principal: '*',
    Action: action,
    Resource: `arn:aws:s3:::${resource}`,
  });
  const read = allow('s3:GetObject', `${name}/*`);
  const list = allow('s3:ListBucket', name);
  return { Version: '2012-10-17', Statement: open === 'read' ? [read] : [read, list] };
}

acceptProvider({
  name: 's3 on the stand-in',
  start: async (): Promise<ProviderUnderTest> => {
    const standIn = await startS3StandIn({ accounts: [ACCOUNT] });
    return {
      provider: s3,
      url: standIn.url,
      env: { LANDS_KEY: ACCOUNT.accessKeyId, LANDS_SECRET: ACCOUNT.secretAccessKey },
      target: (address, asset) => ({
        uri: `s3+${address}/${asset ?? ''}`,
        name: 'stand-in',
        credentials: { accessKeyId: 'LANDS_KEY', secretAccessKey: 'LANDS_SECRET' },
      }),
      async seed(asset) {
        const { name, open, objects } = asset;
        standIn.seed.bucket({ name, ...(open !== 'closed' && { policy: policyFor(asset) }) });
        for (const { key, body } of objects) standIn.seed.object({ bucket: name, key, body });
      },
      morePagesObjects: 2003,
      isListing: ({ method, url }) => method === 'GET' && url.includes('list-type=2'),
      isConfiguration: ({ url }) =>
        /[?&](?:policy|acl|ownershipControls|publicAccessBlock|website|requestPayment)\b/.test(url),
      isReadingPost: ({ body }) => body.includes('Action=GetCallerIdentity'),
      stop: () => standIn.stop(),
    };
  },
});
