/**
 * VersityGW over a folder: the real S3 server closest to Amazon's policies and ownership rules.
 * Built with `go install github.com/versity/versitygw/cmd/versitygw@v1.8.0`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, type S3Server, startServer } from './process.ts';

const KEYS = { accessKeyId: 'testadmin', secretAccessKey: 'testadmin123' };

export async function startVersitygw(program: string): Promise<S3Server> {
  const [port] = await freePorts(1);
  const server = await startServer({
    program,
    url: `http://127.0.0.1:${port}`,
    startTimeoutMs: 15_000,
    env: { ROOT_ACCESS_KEY: KEYS.accessKeyId, ROOT_SECRET_KEY: KEYS.secretAccessKey },
    args: (folder) => {
      const [root, iam, versions, sidecar] = ['root', 'iam', 'versions', 'sidecar'].map((name) =>
        join(folder, name),
      ) as [string, string, string, string];
      for (const one of [root, iam, versions, sidecar]) mkdirSync(one);
      // The sidecar keeps metadata where the file system has no user.* attributes (tmpfs).
      const posix = ['posix', '--versioning-dir', versions, '--sidecar', sidecar, root];
      return ['--port', `127.0.0.1:${port}`, '--iam-dir', iam, '--region', 'us-east-1', ...posix];
    },
  });
  return { ...server, ...KEYS };
}
