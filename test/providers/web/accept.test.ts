import { web } from '../../../providers/web/provider.ts';
import { acceptProvider } from '../../kit/accept-provider.ts';
import { startWebSite } from '../../kit/web-site.ts';

acceptProvider({
  name: 'web, in nginx’s form',
  openServer: true,
  async start() {
    const site = await startWebSite();
    return {
      provider: web,
      url: site.url,
      env: {},
      target: (address, asset) => ({ uri: `${address}/${asset ?? ''}/`, name: 'site' }),
      async seed({ name, open, objects }) {
        for (const { key, body } of objects) site.files.set(`${name}/${key}`, body);
        if (open === 'list-read' || name === 'manyone') site.listed.add(`${name}/`);
        if (open !== 'closed' || name === 'manyone') return;
        site.answers.set(new RegExp(`^/${name}/(?!gone)`), (_, outgoing) => {
          outgoing.writeHead(403, { 'content-length': 0 });
          outgoing.end();
        });
      },
      morePagesObjects: 300,
      isListing: ({ method, url }) => method === 'GET' && url.endsWith('/'),
      isConfiguration: () => false,
      stop: () => site.stop(),
    };
  },
});
