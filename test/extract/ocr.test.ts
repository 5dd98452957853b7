/** Pictures by OCR: languages, turned pages, limits, and that nothing is left running. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cleaned } from '../../src/extract/ocr.ts';
import { pictureSize } from '../../src/extract/picturesize.ts';
import { extractBytes } from '../kit/pieces.ts';

const OCR_TIME_MS = 60_000;

function source(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'cases', 'ocr', name));
}

async function words(name: string): Promise<string> {
  const { cells, gaps } = await extractBytes(source(name));
  expect(gaps).toEqual([]);
  return cells.map(({ label, text }) => `[${label}] ${text}`).join('\n');
}

test('an English page is read, its place is the image', { timeout: OCR_TIME_MS }, async () => {
  const text = await words('english.png');
  expect(text).toContain('[image]');
  expect(text).toContain('HKID K580316(0)');
  expect(text).toContain('9123 0001');
});

test('a Chinese page is read, its words without gaps', { timeout: OCR_TIME_MS }, async () => {
  const text = await words('chinese.webp');
  expect(text).toContain('F231482076');
  expect(text).toContain('0912-774-186');
  expect(text).toContain('身分證號碼');
});

test('a Japanese page is read as Japanese, not as Chinese', { timeout: OCR_TIME_MS }, async () => {
  const text = await words('japanese.jpg');
  expect(text).toContain('個人番号');
  expect(text.replaceAll(' ', '')).toContain('572038164900');
});

test('a page on its side is read', { timeout: OCR_TIME_MS }, async () => {
  expect(await words('turned.bmp')).toContain('K580316(0)');
});

test('every page of a fax is read, one of them upside down', { timeout: OCR_TIME_MS }, async () => {
  const text = await words('fax.tif');
  expect(text).toMatch(/\[page 1 \(scan\)\][^[]*K580316\(0\)/);
  expect(text).toMatch(/\[page 2 \(scan\)\][^[]*K580316\(0\)/);
});

test('pages of a PDF without text are read as pictures', { timeout: OCR_TIME_MS }, async () => {
  const text = await words('scans.pdf');
  expect(text).toMatch(/\[page 1 \(scan\)\][^[]*K580316\(0\)/);
  expect(text).toMatch(/\[page 2 \(scan\)\][^[]*F231482076/);
});

test('ocrPages is one gap that names it', { timeout: OCR_TIME_MS }, async () => {
  const { cells, gaps } = await extractBytes(source('scans.pdf'), { ocrPages: 1 });
  expect(cells.map(({ text }) => text).join()).toContain('K580316(0)');
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toContain('ocrPages (1)');
});

test('time that is over is one gap that names the limit', async () => {
  const { gaps } = await extractBytes(source('fax.tif'), { objectTimeMs: 1 });
  expect(gaps).toMatchObject([{ code: 'timeout' }]);
  expect(gaps[0]?.detail).toContain('objectTimeMs (1)');
});

test('a picture with too many pixels is not decoded', async () => {
  const bytes = Buffer.from(source('english.png'));
  bytes.writeUInt32BE(50_000, 16);
  bytes.writeUInt32BE(50_000, 20);
  const started = performance.now();
  const { gaps } = await extractBytes(bytes);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toContain('pixels (100000000)');
});

test.each(['english.png', 'chinese.webp', 'japanese.jpg', 'turned.bmp', 'fax.tif'])(
  '%s tells its size by its header',
  (name) => {
    const size =
      name === 'turned.bmp' ? { width: 420, height: 1000 } : { width: 1000, height: 420 };
    expect(pictureSize(source(name).subarray(0, name === 'fax.tif' ? undefined : 2048))).toEqual(
      size,
    );
  },
);

test('pages of a TIFF that lead in a circle are a gap', async () => {
  const bytes = Buffer.from(source('fax.tif'));
  const first = bytes.readUInt32LE(4);
  const next = first + 2 + bytes.readUInt16LE(first) * 12;
  bytes.writeUInt32LE(first, next);
  const { gaps } = await extractBytes(bytes);
  expect(gaps).toMatchObject([{ code: 'malformed' }]);
});

test('a picture that is cut off is a gap, or its first part', {
  timeout: OCR_TIME_MS,
}, async () => {
  for (const name of ['english.png', 'chinese.webp', 'turned.bmp']) {
    const bytes = source(name);
    const { gaps } = await extractBytes(bytes.subarray(0, 1000), { ocrPages: 0 });
    expect(gaps.length, name).toBeGreaterThan(0);
  }
});

test('a picture with nothing on it is nothing, and no gap', { timeout: OCR_TIME_MS }, async () => {
  const { createCanvas } = await import('@napi-rs/canvas');
  const canvas = createCanvas(400, 300);
  const { cells, gaps } = await extractBytes(canvas.toBuffer('image/png'));
  expect([cells, gaps]).toEqual([[], []]);
});

test('letters between digits are digits, gaps between East Asian signs are none', () => {
  expect(cleaned('HKID K58O316(0), 9123 0OO1')).toBe('HKID K580316(0), 9123 0001');
  expect(cleaned('K580316{0)')).toBe('K580316(0)');
  expect(cleaned('9l23—0001')).toBe('9123-0001');
  expect(cleaned('姓 名 : 陳 大 文')).toBe('姓名 : 陳大文');
  expect(cleaned('SO12 lO')).toBe('SO12 lO');
});

test('a thread that read pictures ends by itself', { timeout: OCR_TIME_MS }, async () => {
  const pieces = new URL('../kit/pieces.ts', import.meta.url).href;
  const picture = join(import.meta.dirname, 'cases', 'ocr', 'scans.pdf');
  const inside = `
    const { extractBytes } = await import(${JSON.stringify(pieces)});
    const { readFileSync } = await import('node:fs');
    const { parentPort } = await import('node:worker_threads');
    const { cells } = await extractBytes(readFileSync(${JSON.stringify(picture)}), { ocrPages: 1 });
    parentPort.postMessage(cells.length);`;
  const program = `
    import { Worker } from 'node:worker_threads';
    const code = 'data:text/javascript,' + encodeURIComponent(${JSON.stringify(inside)});
    new Worker(new URL(code)).on('message', (cells) => console.log('cells', cells));`;
  const words = ['--no-warnings', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 50_000 });
  expect(stdout).toMatch(/^cells [1-9]\n$/);
});

test('shades of gray as JPEG in the strips of a TIFF are read', {
  timeout: OCR_TIME_MS,
}, async () => {
  expect(await words('gray-jpeg.tif')).toContain('K580316(0)');
});

test('the lines of a passport are read, of which the engine is never sure', {
  timeout: OCR_TIME_MS,
}, async () => {
  expect(await words('passport.png')).toMatch(/P<HKGEXAMPLE<<ANN<{20,}\n/);
});

test('a page in a language without data is a gap, once', { timeout: OCR_TIME_MS }, async () => {
  const { gaps } = await extractBytes(source('arabic.png'));
  expect(gaps).toMatchObject([{ code: 'unsupported' }]);
  expect(gaps[0]?.detail).toContain('writing that OCR could not read');
});

test('of a photograph without writing there is no gap', { timeout: OCR_TIME_MS }, async () => {
  const { createCanvas } = await import('@napi-rs/canvas');
  const canvas = createCanvas(600, 400);
  const drawing = canvas.getContext('2d');
  for (let at = 0; at < 300; at += 1) {
    drawing.fillStyle = `hsl(${(at * 47) % 360} 60% ${20 + ((at * 31) % 60)}%)`;
    drawing.beginPath();
    drawing.arc((at * 131) % 600, (at * 197) % 400, 5 + ((at * 17) % 60), 0, 7);
    drawing.fill();
  }
  const { gaps } = await extractBytes(canvas.toBuffer('image/jpeg'));
  expect(gaps).toEqual([]);
});

test('a picture that a PDF reader leaves out for its size is a gap', async () => {
  const { gaps } = await extractBytes(source('scans.pdf'), { pixels: 10_000, ocrPages: 0 });
  const [told] = gaps.filter(({ detail }) => detail.startsWith('pixels (10000)'));
  expect(told).toMatchObject({ code: 'too-large' });
});

test.each(['picture.doc', 'picture.xls'])(
  'the picture in a file of old Office is read: %s',
  async (name) => {
    const { cells } = await extractBytes(source(name));
    const seen = cells.filter(({ label }) => label.includes('› image'));
    expect(seen.map(({ text }) => text).join()).toContain('K580316(0)');
  },
  OCR_TIME_MS,
);

test('the picture in RTF is read', { timeout: OCR_TIME_MS }, async () => {
  const digits = source('english.png')
    .toString('hex')
    .replace(/.{128}/g, '$&\r\n');
  const shape = '{\\*\\picprop{\\sp{\\sn shapeType}{\\sv 75}}}\\picw1000\\pich420\\pngblip';
  const rtf = `{\\rtf1\\ansi see{\\*\\shppict{\\pict${shape}{\\*\\blipuid 0123456789abcdef}\r\n${digits}}} below\\par}`;
  const { cells } = await extractBytes(rtf);
  expect(cells.map(({ text }) => text).join()).toContain('K580316(0)');
});

test('the header of an old workbook is read', async () => {
  const { cells } = await extractBytes(source('picture.xls'), { ocrPages: 0 });
  expect(cells.find(({ label }) => label === 'header')?.text).toBe('Staff 91230001');
});

test('a list in a TIFF that is longer than the file takes no memory', async () => {
  const bytes = Buffer.from(source('fax.tif'));
  bytes.writeUInt32LE(0x7fffffff, bytes.readUInt32LE(4) + 2 + 12 + 4);
  const before = process.memoryUsage.rss();
  const { gaps } = await extractBytes(bytes);
  expect(gaps).toMatchObject([{ code: 'malformed' }]);
  expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
});
