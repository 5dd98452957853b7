/** Messages over a pipe between two processes: four bytes of length, then V8's serialisation. */
import { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;

export interface Wire {
  send(message: unknown): void;
}

/** `onEnd` once, when the other side is gone. The pipe keeps nobody running. */
export function openWire(
  fd: number,
  onMessage: (message: unknown) => void,
  onEnd: () => void,
): Wire {
  const socket = new Socket({ fd, readable: true, writable: true });
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let wantedBytes = LENGTH_BYTES;
  socket.on('data', (chunk) => {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    while (waitingBytes >= wantedBytes) {
      const bytes = waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting);
      const length = bytes.readUInt32LE(0);
      wantedBytes = LENGTH_BYTES + length;
      waiting = [bytes];
      if (bytes.length < wantedBytes) return;
      waiting = [bytes.subarray(wantedBytes)];
      waitingBytes = bytes.length - wantedBytes;
      const message: unknown = deserialize(bytes.subarray(LENGTH_BYTES, wantedBytes));
      wantedBytes = LENGTH_BYTES;
      onMessage(message);
    }
  });
  // A broken pipe says what its end says.
  socket.on('error', () => {});
  socket.once('close', onEnd);
  socket.unref();
  return {
    send(message) {
      const bytes = serialize(message);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32LE(bytes.length);
      socket.write(length);
      socket.write(bytes);
    },
  };
}
