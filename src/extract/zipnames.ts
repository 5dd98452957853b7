/** Names in a zip's directory, or, where the directory is missing, in the local headers at its start. */

const MAX_NAMES = 2_000;

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

function name(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.subarray(at, at + length)).toString('latin1');
}

/** Offset of the end-of-directory record; -1 when the file's end is not there. */
export function directoryEnd(bytes: Uint8Array): number {
  const lowest = Math.max(0, bytes.length - 22 - 65_535);
  for (let at = bytes.length - 22; at >= lowest; at -= 1) {
    if (u32(bytes, at) === 0x06054b50) return at;
  }
  return -1;
}

export function zipNames(bytes: Uint8Array): readonly string[] {
  const names: string[] = [];
  const end = directoryEnd(bytes);
  if (end !== -1) {
    let at = u32(bytes, end + 16);
    while (u32(bytes, at) === 0x02014b50 && names.length < MAX_NAMES) {
      const length = u16(bytes, at + 28);
      names.push(name(bytes, at + 46, length));
      at += 46 + length + u16(bytes, at + 30) + u16(bytes, at + 32);
    }
    if (names.length > 0) return names;
  }
  for (let at = 0; u32(bytes, at) === 0x04034b50 && names.length < MAX_NAMES; ) {
    const length = u16(bytes, at + 26);
    names.push(name(bytes, at + 30, length));
    at += 30 + length + u16(bytes, at + 28) + u32(bytes, at + 18);
  }
  return names;
}
