/** A picture as OCR wants it: upright, in shades of gray. */

export interface Gray {
  readonly width: number;
  readonly height: number;
  /** Row by row, 0 black to 255 white. */
  readonly data: Uint8Array;
}

/** `rgba`: four bytes a pixel, row by row; transparency has been painted over. */
export function grayOf(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Gray {
  const data = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < data.length; at += 1, from += 4) {
    const [red, green, blue] = [rgba[from] ?? 0, rgba[from + 1] ?? 0, rgba[from + 2] ?? 0];
    data[at] = (red * 77 + green * 150 + blue * 29) >> 8;
  }
  return { width, height, data };
}

/** The picture as a PGM file, which both engines read without a decoder's help. */
export function pgm({ width, height, data }: Gray): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}

/** Turned clockwise by that many quarters. */
export function turned(image: Gray, quarters: number): Gray {
  const turn = ((quarters % 4) + 4) % 4;
  if (turn === 0) return image;
  const { width, height, data } = image;
  const size = turn === 2 ? { width, height } : { width: height, height: width };
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [toX, toY] =
        turn === 1
          ? [height - 1 - y, x]
          : turn === 2
            ? [width - 1 - x, height - 1 - y]
            : [y, width - 1 - x];
      result[toY * size.width + toX] = data[y * width + x] ?? 0;
    }
  }
  return { ...size, data: result };
}

/** The picture with at most so many pixels: each the mean of a square of them. */
export function shrunk(image: Gray, mostPixels: number): Gray {
  const step = Math.ceil(Math.sqrt((image.width * image.height) / mostPixels));
  if (step <= 1) return image;
  const width = Math.floor(image.width / step);
  const height = Math.floor(image.height / step);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let row = y * step; row < (y + 1) * step; row += 1) {
        const from = row * image.width + x * step;
        for (let at = from; at < from + step; at += 1) sum += image.data[at] ?? 0;
      }
      data[y * width + x] = sum / (step * step);
    }
  }
  return { width, height, data };
}

/** The third of the picture's height with the most marks in it; all of a small picture. */
export function densestBand(image: Gray): Gray {
  const { width, height, data } = image;
  const bandHeight = Math.ceil(height / 3);
  if (width * bandHeight < 200_000) return image;
  const changes = lineChanges(image, 'row');
  let sum = 0;
  let best = 0;
  let start = 0;
  for (let y = 0; y < height; y += 1) {
    sum += (changes[y] ?? 0) - (y >= bandHeight ? (changes[y - bandHeight] ?? 0) : 0);
    if (y >= bandHeight - 1 && sum > best) {
      best = sum;
      start = y - bandHeight + 1;
    }
  }
  return {
    width,
    height: bandHeight,
    data: data.subarray(start * width, (start + bandHeight) * width),
  };
}

/** Pages of writing have 2 to 5, photographs and noise 0 to 0.5. */
const LINES = 1.2;

/** How much of each row (or column) differs from pixel to pixel along it, on every second pixel. */
function lineChanges({ width, height, data }: Gray, along: 'row' | 'column'): Float64Array {
  const changes = new Float64Array(along === 'row' ? height : width);
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0; x + 1 < width; x += 2) {
      const here = data[y * width + x] ?? 0;
      const next =
        along === 'row' ? (data[y * width + x + 1] ?? 0) : (data[(y + 1) * width + x] ?? 0);
      const at = along === 'row' ? y : x;
      changes[at] = (changes[at] ?? 0) + Math.abs(here - next);
    }
  }
  return changes;
}

/** Do lines of text run across, rather than up and down? Between lines there is nothing. */
export function runsAcross(image: Gray): boolean {
  return unevenness(lineChanges(image, 'row')) >= unevenness(lineChanges(image, 'column'));
}

/** Between lines of writing there is nothing, whichever way they run; a photograph is nowhere empty. */
export function showsLines(image: Gray): boolean {
  const most = Math.max(
    unevenness(lineChanges(image, 'row')),
    unevenness(lineChanges(image, 'column')),
  );
  return most >= LINES;
}

/** Variance over the mean's square, of every second value: the others were not filled. */
function unevenness(values: Float64Array): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let at = 0; at < values.length; at += 2) {
    const value = values[at] ?? 0;
    sum += value;
    squares += value * value;
    count += 1;
  }
  const mean = sum / Math.max(1, count);
  return mean === 0 ? 0 : squares / count / (mean * mean) - 1;
}
