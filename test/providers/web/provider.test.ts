/** What is special about web servers: they answer anything, lead anywhere and never end. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { web } from '../../../providers/web/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../src/model/limits.ts';
import { collect } from '../../kit/collect.ts';
import { nginxPage, startWebSite, type WebSite } from '../../kit/web-site.ts';

let site: WebSite;
beforeEach(async () => {
  site = await startWebSite();
});
afterEach(() => site.stop());

interface Looked {
  readonly id: string;
  readonly kind: string;
  readonly list: string;
  readonly read: string;
  readonly slices: readonly string[];
  readonly gaps: readonly string[];
  readonly keys: readonly string[];
  readonly sizes: readonly number[];
  /** The error that the listing ended with: code and detail. */
  readonly ended: string;
}

async function look(path: string, limits: Partial<Limits> = {}): Promise<Looked> {
  const connection = await web.connect(
    { uri: site.url + path, name: 'site' },
    {
      limits: { ...DEFAULT_LIMITS, ...limits },
      signal: new AbortController().signal,
      env: {},
      allow: () => {},
    },
  );
  try {
    const [found] = await collect(connection.assets());
    if (!found || !('asset' in found)) throw new Error('no asset');
    const { asset } = found;
    const probed = await connection.probes(asset);
    const verdict = evaluate(probed.facts);
    const keys: string[] = [];
    const sizes: number[] = [];
    let ended = '';
    try {
      for await (const { key, sizeBytes } of connection.objects(asset)) {
        keys.push(key);
        sizes.push(sizeBytes);
      }
    } catch (error) {
      ended = error instanceof Error ? error.message : 'unknown';
    }
    return {
      id: asset.id,
      kind: asset.kind,
      list: verdict.list.state,
      read: verdict.read.state,
      slices: verdict.read.slices.map(({ pattern, except }) => `${pattern} - ${except.join()}`),
      gaps: probed.gaps.map(({ code }) => code),
      keys,
      sizes,
      ended,
    };
  } finally {
    await connection.close();
  }
}

function page(status: number, body: string, headers: Record<string, string> = {}) {
  return (_: unknown, outgoing: import('node:http').ServerResponse): void => {
    outgoing.writeHead(status, { 'content-type': 'text/html', ...headers });
    outgoing.end(body);
  };
}

test('a server that answers any address with its start page is neither listed nor read', async () => {
  site.answers.set(/./, page(200, '<html><title>Welcome</title><a href="a.csv">a</a></html>'));
  const looked = await look('/p/');
  expect(looked).toMatchObject({ list: 'unknown', read: 'unknown', keys: [] });
  expect(looked.ended).toContain('no list of files');
});

test('a server that lists whatever is asked for proves nothing', async () => {
  site.answers.set(/\/$/, page(200, nginxPage(new Map([['a.csv', 'x']]), '')));
  expect(await look('/p/', { folderDepth: 3 })).toMatchObject({ list: 'unknown' });
});

test('a listed file that is answered like a made-up one is not read', async () => {
  site.files.set('p/a.html', 'x');
  site.listed.add('p/');
  site.answers.set(/^\/p\/[^/]+$/, page(200, '<h1>Sorry, not found</h1>'));
  expect(await look('/p/')).toMatchObject({ list: 'open', read: 'unknown' });
});

test('a folder that asks for a login is a gap at the end, and the rest is listed', async () => {
  for (const key of ['p/a.csv', 'p/staff/b.csv', 'p/z/c.csv']) site.files.set(key, 'x');
  site.listed.add('p/');
  site.answers.set('/p/staff/', page(401, '', { 'www-authenticate': 'Basic realm="staff"' }));
  const looked = await look('/p/');
  expect(looked.keys).toEqual(['a.csv', 'z/c.csv']);
  expect(looked.ended).toMatch(/^denied: one folder was not listed.*HTTP 401/);
});

test('files of a folder that refuses them are taken out of what is open', async () => {
  for (const key of ['p/a.csv', 'p/b.csv', 'p/staff/c.csv']) site.files.set(key, 'x');
  site.listed.add('p/');
  site.answers.set('/p/staff/c.csv', page(403, ''));
  expect(await look('/p/')).toMatchObject({ read: 'partly-open', slices: ['* - staff/*'] });
});

test('a folder that links to itself is walked once', async () => {
  site.files.set('p/a.csv', 'x');
  const body = `<h1>Index of /p/</h1><hr><pre><a href="../">../</a>\r\n<a href="me/">me/</a>  05-Nov-2026 07:28  -\r\n<a href="a.csv">a.csv</a>  05-Nov-2026 07:28  1\r\n</pre><hr></body>`;
  site.answers.set(/^\/p\/(?:me\/)*$/, page(200, body));
  const looked = await look('/p/');
  expect(looked).toMatchObject({ keys: ['a.csv'], ended: '' });
});

test('folders without end are left at the limit, which the gap names', async () => {
  let count = 0;
  site.answers.set(/^\/p\/(?:d\d+\/)*$/, (_, outgoing) => {
    count += 1;
    const body = `<h1>Index of /p/</h1><hr><pre><a href="../">../</a>\r\n<a href="d${count}/">d</a>  05-Nov-2026 07:28  -\r\n</pre><hr></body>`;
    outgoing.end(body);
  });
  expect((await look('/p/', { folderDepth: 5 })).ended).toContain('limits.folderDepth (5)');
  expect((await look('/p/', { folders: 4 })).ended).toContain('limits.folders (4)');
});

test('a page beyond its limit is a gap, not half a list', async () => {
  for (let at = 0; at < 100; at += 1) site.files.set(`p/f${at}.csv`, 'x');
  site.listed.add('p/');
  const looked = await look('/p/', { listingBytes: 1_000 });
  expect(looked).toMatchObject({ list: 'unknown', keys: [], gaps: ['too-large'] });
  expect(looked.ended).toContain('limits.listingBytes (1000)');
});

test('a redirect to another host is not followed and named', async () => {
  site.answers.set('/p/', page(302, '', { location: 'https://other.example.org/p/' }));
  const looked = await look('/p/');
  expect(looked).toMatchObject({ list: 'unknown', gaps: ['out-of-scope'] });
  expect(site.asked.some((one) => one.includes('other'))).toBe(false);
});

test('a redirect above the named path is not followed', async () => {
  site.answers.set('/p/', page(302, '', { location: '/login/' }));
  await look('/p/');
  expect(site.asked.some((one) => one.includes('/login/'))).toBe(false);
});

test('only below the named path is anything asked, and nothing but GET and HEAD', async () => {
  for (const key of ['p/a.csv', 'p/d/b.csv', 'q/c.csv']) site.files.set(key, 'x');
  for (const folder of ['p/', 'q/', '']) site.listed.add(folder);
  await look('/p/');
  expect(site.asked.filter((one) => !/^(?:GET|HEAD) \/p\//.test(one))).toEqual([]);
});

test('an address without its slash is a folder where the server says so', async () => {
  site.files.set('p/a.csv', 'x');
  site.listed.add('p/');
  site.answers.set('/p', page(301, '', { location: '/p/' }));
  expect(await look('/p')).toMatchObject({ id: 'web:site/p', kind: 'site', keys: ['a.csv'] });
});

test('one file can be named', async () => {
  site.files.set('dump/all.sql', 'made up');
  const looked = await look('/dump/all.sql');
  expect(looked).toMatchObject({
    id: 'web:site/dump/all.sql',
    kind: 'file',
    read: 'open',
    keys: ['all.sql'],
    sizes: [7],
  });
});

test('an S3 bucket’s root is walked to its last page', async () => {
  const list = (keys: readonly string[], more: boolean): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><IsTruncated>${more}</IsTruncated>${keys.map((key) => `<Contents><Key>${key}</Key><LastModified>2026-11-05T07:28:15.000Z</LastModified><ETag>&quot;abc&quot;</ETag><Size>3</Size><Owner><ID>1</ID></Owner></Contents>`).join('')}</ListBucketResult>`;
  site.files.set('b/a &1.csv', 'abc');
  site.files.set('b/d/z.csv', 'abc');
  site.answers.set(/^\/b\/\?marker=d%2F$/, page(200, list(['d/z.csv'], false)));
  site.answers.set('/b/', page(200, list(['a &amp;1.csv', 'd/'], true)));
  // The second page is asked for after the last key that was told, folder marker or not.
  const looked = await look('/b/');
  expect(looked).toMatchObject({ keys: ['a &1.csv', 'd/z.csv'], read: 'open', ended: '' });
});

test('an Azure container’s list is walked to its last page', async () => {
  const list = (name: string, next: string): string =>
    `\uFEFF<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="c"><Blobs><Blob><Name>${name}</Name><Properties><Last-Modified>Thu, 05 Nov 2026 07:28:15 GMT</Last-Modified><Etag>0x8D</Etag><Content-Length>3</Content-Length></Properties></Blob></Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`;
  for (const name of ['a.csv', 'b.csv']) site.files.set(`c/${name}`, 'abc');
  site.answers.set(/^\/c\?.*marker=m1/, page(200, list('b.csv', '')));
  site.answers.set(/^\/c\?restype=container&comp=list$/, page(200, list('a.csv', 'm1')));
  const looked = await look('/c?restype=container&comp=list');
  expect(looked).toMatchObject({
    keys: ['a.csv', 'b.csv'],
    sizes: [3, 3],
    read: 'open',
    ended: '',
  });
});

test('a Swift container is asked for sizes and walked until a page is empty', async () => {
  const told = { 'x-container-object-count': '1' };
  const json = { ...told, 'content-type': 'application/json' };
  const one = '[{"name":"a.csv","bytes":3,"hash":"x","last_modified":"2026-11-05T07:28:15.1"}]';
  site.files.set('v1/AUTH_x/c/a.csv', 'abc');
  site.answers.set(/\/c\/\?.*marker=a\.csv/, page(200, '[]', json));
  site.answers.set(/\/c\/\?format=json/, page(200, one, json));
  site.answers.set(/\/c\/$/, page(200, 'a.csv\n', { ...told, 'content-type': 'text/plain' }));
  const looked = await look('/v1/AUTH_x/c/');
  expect(looked).toMatchObject({ keys: ['a.csv'], sizes: [3], list: 'open', read: 'open' });
});

test('a listed size that nobody tells is not taken for zero', async () => {
  const body =
    '<title>Directory listing for /p/</title><ul><li><a href="a.csv">a.csv</a></li></ul>';
  site.answers.set('/p/', page(200, body));
  site.answers.set('/p/a.csv', (_, outgoing) => {
    outgoing.writeHead(200, { 'transfer-encoding': 'chunked' });
    outgoing.end('abc');
  });
  expect((await look('/p/')).sizes).toEqual([DEFAULT_LIMITS.objectBytes]);
});

test.each([
  ['https://u:p@h/p/', 'without credentials'],
  ['https://h/p/?id=1', 'a query is not a place with files'],
])('the target %s is refused', (uri, why) => {
  expect(() => web.plan({ uri }, {})).toThrow(why);
});

test('a plan names the host and its port', () => {
  expect(web.plan({ uri: 'https://h.example.org/p/' }, {}).hosts).toEqual(['h.example.org:443']);
  expect(web.plan({ uri: 'http://[::1]/p/' }, {}).hosts).toEqual(['[::1]:80']);
});
