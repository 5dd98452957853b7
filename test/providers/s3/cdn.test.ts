/** A closed bucket that a CDN may serve is told, unless somebody named the domains to try. */
import { expect, test } from 'vitest';
import { openPolicy, stage } from './stage.ts';

const on = stage();

function served(name: string, principal: object, condition?: object): void {
  on.standIn.seed.bucket({
    name,
    ownership: 'BucketOwnerEnforced',
    policy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: principal,
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${name}/*`,
        ...(condition && { Condition: condition }),
      },
    },
  });
  on.standIn.seed.object({ bucket: name, key: 'a.csv', body: 'made up' });
}

const SERVICE = { Service: 'cloudfront.amazonaws.com' };
const OF = (id: string): object => ({
  StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::111122223333:distribution/${id}` },
});

test('a distribution by access control and one by identity are named, the verdict stays closed', async () => {
  served('by-control', SERVICE, OF('E1MADEUP'));
  served('by-identity', {
    AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2MADEUP',
  });
  for (const [name, id] of [
    ['by-control', 'distribution E1MADEUP'],
    ['by-identity', 'origin access identity E2MADEUP'],
  ] as const) {
    const { verdict, probed } = await on.lookAtAmazon(name);
    expect(verdict.read.state).toBe('closed');
    expect(probed.gaps.map(({ code, what }) => [code, what])).toEqual([
      ['unsupported', 'the CloudFront distribution in front of it'],
    ]);
    expect(probed.gaps[0]?.detail).toContain(id);
  }
});

test('other services and accounts, and a bucket that is open anyway, are no such gap', async () => {
  served('logs', { Service: 'logging.s3.amazonaws.com' });
  served('partner', { AWS: 'arn:aws:iam::210987654321:root' });
  on.standIn.seed.bucket({
    name: 'open-anyway',
    policy: {
      Statement: [
        { ...(openPolicy('open-anyway', 's3:GetObject') as { Statement: object[] }).Statement[0] },
        { Effect: 'Allow', Principal: SERVICE, Action: 's3:GetObject', Resource: '*' },
      ],
    },
  });
  for (const name of ['logs', 'partner', 'open-anyway']) {
    expect((await on.lookAtAmazon(name)).probed.gaps).toEqual([]);
  }
});
