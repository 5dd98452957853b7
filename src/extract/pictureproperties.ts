/**
 * What cameras and people write into pictures: who took it, whose camera it is, who is on it, where
 * it was taken. EXIF, IPTC and XMP by exifr.
 */

export interface PictureProperties {
  readonly values: readonly (readonly [name: string, text: string])[];
  /** Quarters by which it must be turned clockwise to stand upright. */
  readonly quarters: number;
}

/** What says something about the camera and the file, and nothing about people. */
const TECHNICAL =
  /^(Make|Model|Software|Orientation|ColorSpace|.*(Version|Resolution|Unit|Format|Type|Mode|Program|Subsampling|Profile|Interpolation|Compression|Space|Ref|Date|Time|Datum|Stamp)|Lens.*|Image(Width|Height)|Flash.*|Contrast|Saturation|Sharpness|WhiteBalance|.*ID|.*Tool|.*Interpretation|Components.*|Yc?b?Cr?.*|JFIF.*|Thumbnail.*|JPEGTables|xmptk|CodedCharacterSet)$/i;
const MAX_VALUES = 500;
const QUARTERS: Readonly<Record<number, number>> = { 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3 };

export async function pictureProperties(bytes: Uint8Array): Promise<PictureProperties> {
  const { default: exifr } = await import('exifr');
  let tags: Readonly<Record<string, unknown>>;
  try {
    tags =
      (await exifr.parse(bytes, {
        tiff: true,
        exif: true,
        gps: true,
        iptc: true,
        xmp: true,
        userComment: true,
        icc: false,
        mergeOutput: true,
        translateValues: false,
        reviveValues: false,
      })) ?? {};
  } catch {
    return { values: [], quarters: 0 }; // no properties that could be read; the picture itself is
  }
  const values: (readonly [string, string])[] = [];
  const { latitude, longitude, Orientation } = tags;
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    values.push(['GPS place', `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`]);
  }
  for (const [name, value] of Object.entries(tags)) collect(values, name, value, 0);
  return { values, quarters: QUARTERS[Number(Orientation)] ?? 0 };
}

function collect(
  into: (readonly [string, string])[],
  name: string,
  value: unknown,
  level: number,
): void {
  if (TECHNICAL.test(name) || into.length >= MAX_VALUES || level > 4) return;
  const text = textOf(value);
  if (text !== null) {
    if (/[\p{L}\p{N}]/u.test(text)) into.push([name, text]);
  } else if (Array.isArray(value)) {
    for (const one of value.slice(0, 100)) collect(into, name, one, level + 1);
  } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [key, one] of Object.entries(value)) {
      collect(into, key === 'value' ? name : key, one, level + 1);
    }
  }
}

/** Windows' own tags (XPAuthor and others) are UTF-16; a comment begins with eight bytes for its code. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.replace(/\0+/g, ' ').trim();
  if (!(value instanceof Uint8Array) || value.length > 64 * 1024) return null;
  const start = Buffer.from(value.subarray(0, 8)).toString('latin1');
  if (/^(ASCII|UNICODE|JIS|\0)/.test(start) && value.length > 8) {
    const coding = start.startsWith('UNICODE') ? 'utf-16le' : 'utf-8';
    return new TextDecoder(coding).decode(value.subarray(8)).replace(/\0+/g, ' ').trim();
  }
  const wide =
    value.length % 2 === 0 && value.filter((byte) => byte === 0).length >= value.length / 4;
  return new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(value).replace(/\0+/g, ' ').trim();
}
