/** Packages that bring no types: what of them is used here. */

declare module 'seek-bzip' {
  export interface ByteSource {
    readByte(): number;
    read(buffer: Uint8Array, offset: number, length: number): number;
    seek(position: number): void;
    eof(): boolean;
  }
  export interface ByteTarget {
    writeByte(byte: number): void;
  }
  const bunzip: {
    /** With `multistream` concatenated files are read to the last. */
    decode(source: ByteSource, target: ByteTarget, multistream: boolean): void;
  };
  export default bunzip;
}
