/**
 * Ceph RGW: the real S3 server that enforces object ACLs and most of the public access block. A
 * monitor, a storage daemon in memory and the gateway, about 14 seconds to start. From Debian's
 * packages, installed or unpacked.
 */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, type S3Server, startServer } from './process.ts';

const KEYS = { accessKeyId: 'testadmin', secretAccessKey: 'testadmin123' };
/** Ports above it that the storage daemon may take; as many as the script opens. */
const OSD_PORTS = 20;

/** `program` is the path of `radosgw`. */
export async function startCeph(program: string): Promise<S3Server> {
  const [port = 0, monitor = 0] = await freePorts(2);
  // What precedes /usr/bin; empty when the packages are installed.
  const root = program.replace(/\/usr\/bin\/[^/]+$/, '');
  const low = await freeRange();
  const server = await startServer({
    program: 'bash',
    url: `http://127.0.0.1:${port}`,
    startTimeoutMs: 150_000,
    args: (folder) => {
      chmodSync(folder, 0o711);
      const script = join(import.meta.dirname, 'ceph.sh');
      return [script, folder, String(port), String(monitor), root, String(low)];
    },
  });
  return { ...server, ...KEYS };
}

/** The daemon takes several ports of a range it is given; one free port tells where such a range may lie. */
async function freeRange(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return Math.min(port, 65_535 - OSD_PORTS);
}
