import { BlobServiceClient, type PublicAccessType } from '@azure/storage-blob';
import pLimit from 'p-limit';
import { DEVELOPMENT_ACCOUNT, startAzurite } from '../../../localstack/servers/azurite.ts';
import { azureBlob } from '../../../providers/azure-blob/provider.ts';
import { type AssetToSeed, acceptProvider } from '../../kit/accept-provider.ts';

const LEVELS: Readonly<Record<AssetToSeed['open'], PublicAccessType | undefined>> = {
  closed: undefined,
  read: 'blob',
  'list-read': 'container',
};

acceptProvider({
  name: 'Azurite',
  async start() {
    const server = await startAzurite();
    const account = DEVELOPMENT_ACCOUNT.name;
    const service = BlobServiceClient.fromConnectionString(
      server.connectionString(DEVELOPMENT_ACCOUNT),
    );
    return {
      provider: azureBlob,
      url: server.url,
      env: { AZURE_KEY: DEVELOPMENT_ACCOUNT.key },
      target: (address, asset) => ({
        uri: `az://${account}/${asset ?? ''}`,
        endpoint: `${address}/${account}`,
        name: 'azurite',
        credentials: { key: 'AZURE_KEY' },
      }),
      async seed({ name, open, objects }) {
        const container = service.getContainerClient(name);
        const access = LEVELS[open];
        await container.create(access ? { access } : {});
        await pLimit(32).map(objects, ({ key, body }) =>
          container.getBlockBlobClient(key).upload(body, Buffer.byteLength(body)),
        );
      },
      morePagesObjects: 1_005,
      isListing: ({ url }) => /restype=container/.test(url) && /comp=list/.test(url),
      isConfiguration: ({ url }) =>
        /restype=service/.test(url) || (/restype=container/.test(url) && !/comp=list/.test(url)),
      stop: () => server.stop(),
    };
  },
});
