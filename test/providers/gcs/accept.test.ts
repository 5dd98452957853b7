import { startGcsStandIn } from '../../../localstack/standins/gcs/index.ts';
import { gcs } from '../../../providers/gcs/provider.ts';
import { type AssetToSeed, acceptProvider } from '../../kit/accept-provider.ts';

const ROLES: Readonly<Record<AssetToSeed['open'], readonly string[]>> = {
  closed: [],
  read: ['roles/storage.legacyObjectReader'],
  'list-read': ['roles/storage.objectViewer'],
};

acceptProvider({
  name: 'GCS stand-in',
  async start() {
    const server = await startGcsStandIn({
      projects: [{ id: 'lands', token: 'owner-token' }],
      host: '127.0.0.1',
      port: 0,
    });
    return {
      provider: gcs,
      url: server.url,
      env: { GCS_TOKEN: 'owner-token' },
      target: (address, asset) => ({
        uri: `gs://${asset ?? ''}`,
        endpoint: address,
        name: 'stand-in',
        account: 'lands',
        credentials: { token: 'GCS_TOKEN' },
      }),
      async seed({ name, open, objects }) {
        server.bucket({
          name,
          iam: ROLES[open].map((role) => ({ role, members: ['allUsers'] })),
          objects: Object.fromEntries(objects.map(({ key, body }) => [key, body])),
        });
      },
      morePagesObjects: 1_005,
      isListing: ({ url }) => /\/storage\/v1\/b\/[^/]+\/o\?/.test(url),
      isConfiguration: ({ url }) =>
        /\/storage\/v1\/b\/[^/?]+(?:$|\?|\/(?:iam|acl|defaultObjectAcl|managedFolders)(?:$|[/?]))/.test(
          url,
        ),
      stop: () => server.stop(),
    };
  },
});
