/**
 * MinIO: a real S3 server with bucket policies and no ACLs, blocks or ownership.
 * Built with `go install github.com/minio/minio@latest` (AGPL: run as a program, never linked).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, type S3Server, startServer } from './process.ts';

const KEYS = { accessKeyId: 'minioadmin', secretAccessKey: 'minioadmin123' };

export async function startMinio(program: string): Promise<S3Server> {
  const [port] = await freePorts(1);
  const server = await startServer({
    program,
    url: `http://127.0.0.1:${port}`,
    startTimeoutMs: 20_000,
    env: {
      MINIO_ROOT_USER: KEYS.accessKeyId,
      MINIO_ROOT_PASSWORD: KEYS.secretAccessKey,
      MINIO_UPDATE: 'off',
      MINIO_BROWSER: 'off',
      MINIO_CALLHOME_ENABLE: 'off',
    },
    args: (folder) => {
      const data = join(folder, 'data');
      mkdirSync(data);
      return ['server', data, '--address', `127.0.0.1:${port}`, '--quiet'];
    },
  });
  return { ...server, ...KEYS };
}
