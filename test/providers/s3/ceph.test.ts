/** What Ceph 16 answers differently, as its real server was heard to. */
import { expect, test } from 'vitest';
import { s3 } from '../../../providers/s3/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { collect } from '../../kit/collect.ts';
import { startFaultProxy } from '../../kit/fault-proxy.ts';
import { CREDENTIALS, startS3 } from '../../kit/s3-servers.ts';

const REQUEST_ID = 'tx000006d80cd9f10758586-006b029f50-100f-default';
const BLOCK =
  '<?xml version="1.0" encoding="UTF-8"?><BlockPublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></BlockPublicAccessBlockConfiguration>';

test('Ceph’s own name for the public access block is understood, so an ignored ACL is no open door', async () => {
  const { PutBucketAclCommand } = await import('@aws-sdk/client-s3');
  const server = await startS3('stand-in');
  const proxy = await startFaultProxy(server.url);
  try {
    await server.createBucket('forms', true);
    const acl = new PutBucketAclCommand({ Bucket: 'forms', ACL: 'public-read' });
    await server.client.send(acl);
    const headers = { 'x-amz-request-id': REQUEST_ID };
    proxy.fault({
      when: ({ url }) => url.includes('publicAccessBlock'),
      trouble: { kind: 'status', status: 200, headers, body: BLOCK },
    });
    proxy.fault({
      when: ({ signed, url, method }) =>
        !signed && (method === 'HEAD' || url.includes('list-type')),
      trouble: { kind: 'status', status: 403, headers },
    });
    const connection = await s3.connect(
      { uri: `s3+${proxy.url}/forms`, credentials: CREDENTIALS },
      {
        limits: DEFAULT_LIMITS,
        signal: new AbortController().signal,
        env: server.env,
        allow: () => {},
      },
    );
    const [found] = await collect(connection.assets());
    if (!found || !('asset' in found)) throw new Error('no asset');
    expect(found.asset.service).toBe('ceph');
    const { facts, gaps } = await connection.probes(found.asset);
    expect(gaps.map(({ what }) => what)).not.toContain("the bucket's public access block");
    expect(evaluate(facts).list.state).toBe('closed');
    await connection.close();
  } finally {
    await proxy.stop();
    await server.stop();
  }
});
