/**
 * Puts the report's files into a folder so that a reader never meets half a file.
 *
 * Every file is first written whole under a hidden name beside its own and flushed; only when all
 * are there are they renamed, one after the other, which on one file system either happens or does
 * not. A full disk, a missing right or a killed process therefore leaves the last report as it was,
 * and at worst hidden files that the next run takes away.
 */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OutputError } from '../model/errors.ts';
import type { Language } from '../model/language.ts';
import type { Report } from '../model/report.ts';
import { DEPARTMENT_FOLDER } from './files.ts';
import { DEFAULT_FORMATS, type FileFormat } from './formats.ts';
import type { Setting } from './locale.ts';
import { bytesText } from './numbers.ts';
import { isOwnList, type OutputFile, renderFiles } from './render.ts';

/** The report says which doors are open: for whoever ran the scan, and for nobody else on the machine. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** How this writer's own hidden files are called; `<name>` is the final one. */
const HALF_WRITTEN = /^\..+\.[0-9a-f]{12}\.ajar-part$/;

export interface WriteOptions {
  readonly setting?: Setting;
  /** Default: report.json, report.html and one CSV a department. */
  readonly formats?: readonly FileFormat[];
  /** Mails go in each department's own language; default the setting's. */
  readonly languages?: Readonly<Record<string, Language>>;
}

/**
 * Writes the report's files: one a format, but one a department with findings for CSV and mails.
 *
 * Creates the folder, and takes away lists of departments that have nothing to do any more; other
 * files in it are left alone. An excerpt takes nothing away. Returns the paths written. Throws
 * OutputError.
 */
export async function writeReport(
  report: Report,
  directory: string,
  options: WriteOptions = {},
): Promise<readonly string[]> {
  const { setting = {}, formats = DEFAULT_FORMATS, languages = {} } = options;
  const files = await renderFiles(report, formats, setting, languages);
  await makeFolders(directory);
  await removeHalfWritten(directory);
  const parts: { readonly file: OutputFile; readonly part: string }[] = [];
  try {
    for (const file of files) {
      const part = partPath(join(directory, file.name));
      parts.push({ file, part });
      await writePart(part, file, directory, files);
    }
    for (const { file, part } of parts) {
      await rename(part, join(directory, file.name)).catch((error: unknown) => {
        throw cannotWrite(error, file, directory, files, HALF_RENAMED);
      });
    }
  } catch (error) {
    await Promise.all(parts.map(({ part }) => rm(part, { force: true })));
    throw error;
  }
  if (!report.filter) await removeStale(directory, files, formats);
  return files.map((file) => join(directory, file.name));
}

/** Asked before a scan starts, so that its hours are not lost to a folder nobody may write. Throws OutputError. */
export async function checkWritable(directory: string): Promise<void> {
  await makeFolders(directory);
  const probe: OutputFile = { name: 'report.json', bytes: Buffer.from('ajar') };
  const part = partPath(join(directory, probe.name));
  await writePart(part, probe, directory, [probe]);
  await remove(part, directory);
}

function partPath(final: string): string {
  const name = final.slice(dirname(final).length + 1);
  // The stem of a department's file may be long already; 255 bytes is what file systems allow.
  const short = [...name].slice(0, 20).join('');
  return join(dirname(final), `.${short}.${randomBytes(6).toString('hex')}.ajar-part`);
}

async function makeFolders(directory: string): Promise<void> {
  await makeFolder(resolve(directory, DEPARTMENT_FOLDER)).catch((error: unknown) => {
    throw cannotUseFolder(error, directory);
  });
}

/**
 * `mkdir -p`. Not `mkdir(…, {recursive: true})`: where the system answers ENOENT although the
 * parent is there (/proc, a dangling link), Node 24's own loop asks again for ever.
 */
async function makeFolder(path: string): Promise<void> {
  if (await made(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  await mkdir(path, { mode: FOLDER_MODE });
}

/** False when the parent is missing. */
async function made(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: FOLDER_MODE });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return false;
    if (isFolder(path)) return true;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function writePart(
  part: string,
  file: OutputFile,
  directory: string,
  files: readonly OutputFile[],
): Promise<void> {
  try {
    const handle = await open(part, 'wx', FILE_MODE);
    try {
      await handle.writeFile(file.bytes);
      // Without it a power cut after the rename may leave an empty file under the final name.
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw cannotWrite(error, file, directory, files, UNCHANGED);
  }
}

/** What a killed run left behind. Another run writing here at this moment would fail on its rename, and say so. */
async function removeHalfWritten(directory: string): Promise<void> {
  for (const folder of [directory, join(directory, DEPARTMENT_FOLDER)]) {
    const names = await list(folder, directory);
    const left = names.filter((name) => HALF_WRITTEN.test(name));
    await Promise.all(left.map((name) => remove(join(folder, name), directory)));
  }
}

/** Only files that begin as ajar's lists do: a person may keep a table of their own in that folder. */
async function removeStale(
  directory: string,
  files: readonly OutputFile[],
  formats: readonly FileFormat[],
): Promise<void> {
  const folder = join(directory, DEPARTMENT_FOLDER);
  const current = new Set(files.map((file) => file.name));
  for (const name of await list(folder, directory)) {
    if (current.has(`${DEPARTMENT_FOLDER}/${name}`)) continue;
    const path = join(folder, name);
    if (isOwnList(name, formats, await beginning(path))) await remove(path, directory);
  }
}

/** More than any of ajar's own lists needs to be known by. */
const BEGINNING_BYTES = 256;

/** Empty for what cannot be read: that is not a file which was written here a run ago. */
async function beginning(path: string): Promise<Buffer> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path, 'r');
  } catch {
    return Buffer.alloc(0);
  }
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(BEGINNING_BYTES),
      0,
      BEGINNING_BYTES,
      0,
    );
    return buffer.subarray(0, bytesRead);
  } catch {
    // A folder called x.csv opens, but does not read.
    return Buffer.alloc(0);
  } finally {
    await handle.close();
  }
}

async function list(folder: string, directory: string): Promise<readonly string[]> {
  return await readdir(folder).catch((error: unknown) => {
    throw cannotUseFolder(error, directory);
  });
}

async function remove(path: string, directory: string): Promise<void> {
  await rm(path, { force: true }).catch((error: unknown) => {
    throw cannotUseFolder(error, directory);
  });
}

const UNCHANGED = 'An earlier report in that folder is unchanged.';
const HALF_RENAMED =
  'Each file in that folder is whole, but some may still be of the earlier report.';

/** What the system's word means, and what to do about it. */
const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than this process or file system allows',
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder does not exist and cannot be made',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a file of that name is in the way',
  EISDIR: 'a folder of that name is in the way',
  ENOTEMPTY: 'a folder of that name is in the way',
  ENAMETOOLONG: 'the path is too long',
  EBUSY: 'another program has the file open',
  EIO: 'the disk reported an error',
};

function cannotUseFolder(error: unknown, directory: string): OutputError {
  const code = codeOf(error);
  const message = `The report folder ${directory} cannot be used: ${causeOf(error)}. Name another folder with --out.`;
  return new OutputError(directory, code, message, { cause: error });
}

function cannotWrite(
  error: unknown,
  file: OutputFile,
  directory: string,
  files: readonly OutputFile[],
  state: string,
): OutputError {
  const code = codeOf(error);
  const needed = bytesText(files.reduce((sum, each) => sum + each.bytes.length, 0));
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const advice = full
    ? `Free at least ${needed}, or name another folder with --out`
    : 'Name another folder with --out';
  const message =
    `${file.name} (${bytesText(file.bytes.length)}) could not be written into ${directory}: ` +
    `${causeOf(error)}. ${advice}. ${state}`;
  return new OutputError(join(directory, file.name), code, message, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function causeOf(error: unknown): string {
  const code = codeOf(error);
  return CAUSES[code] ?? `the system answered ${code}`;
}
