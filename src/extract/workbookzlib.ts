/** The platform's inflater in the form the workbook library takes: its own never ends on some damage. */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** For `CFB.utils.use_zlib`. Damage, or more than `maxOutputLength` bytes, ends the reading of the workbook. */
export function platformZlib(maxOutputLength: number): object {
  return {
    deflateRawSync,
    InflateRaw: class {
      readonly _finishFlushFlag = constants.Z_FINISH;
      /** How much of what it was given was the member: it gets all the rest of the file. */
      bytesRead = 0;

      _processChunk(bytes: Uint8Array): Uint8Array {
        const inflated = inflateRawSync(bytes, { info: true, maxOutputLength });
        // What the types do not say: with `info` the engine comes along.
        const { buffer, engine } = inflated as unknown as {
          readonly buffer: Uint8Array;
          readonly engine: { readonly bytesWritten: number };
        };
        this.bytesRead = engine.bytesWritten;
        return buffer;
      }
    },
  };
}
