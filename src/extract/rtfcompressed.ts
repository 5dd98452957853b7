/** The compression that Outlook gives RTF: LZ77 over a window that starts with usual control words. Source: [MS-OXRTFCP]. */

const START =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const WINDOW = 4096;
const HEADER = 16;
const COMPRESSED = 0x75465a4c;
const PLAIN = 0x414c454d;

/** Null where the bytes are no compressed RTF. What damage cuts off is missing at the end. */
export function decompressRtf(bytes: Buffer, mostBytes: number): Uint8Array | null {
  if (bytes.length < HEADER) return null;
  const kind = bytes.readUInt32LE(8);
  if (kind === PLAIN) return bytes.subarray(HEADER);
  if (kind !== COMPRESSED) return null;
  const most = Math.min(bytes.readUInt32LE(4), mostBytes, bytes.length * WINDOW);
  const out = Buffer.alloc(most);
  const window = Buffer.alloc(WINDOW);
  window.write(START, 'latin1');
  let write = START.length;
  let length = 0;
  const put = (byte: number) => {
    if (length < most) out[length] = byte;
    length += 1;
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  for (let at = HEADER; at < bytes.length && length < most; ) {
    const control = bytes[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < bytes.length && length < most; bit += 1) {
      if ((control & (1 << bit)) === 0) {
        put(bytes[at] ?? 0);
        at += 1;
        continue;
      }
      const pair = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      at += 2;
      const from = pair >> 4;
      if (from === write) return out.subarray(0, Math.min(length, most));
      for (let step = 0; step < (pair & 0xf) + 2; step += 1)
        put(window[(from + step) % WINDOW] ?? 0);
    }
  }
  return out.subarray(0, Math.min(length, most));
}
