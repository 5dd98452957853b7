/** What the files of a report are called. */
import { createHash } from 'node:crypto';

/** Where a department's list lies, from the report's folder; `/` on every system. */
export const DEPARTMENT_FOLDER = 'departments';
/** Findings that are nobody's. */
const ORPHANS = 'unowned';

/** Characters of a file's stem; with three bytes each for Chinese it stays under the 255 bytes of most file systems. */
const STEM_CHARACTERS = 60;

/** Names that Windows keeps for devices, whatever the extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A file name for each department id (null: the orphan queue): `departments/health.csv`, or with
 * another extension.
 *
 * An id is anything a person wrote into owners.yaml: `../x`, `con`, two that differ in case only.
 * Whatever cannot stand as it is gets a short hash of the id, so that no two ids share a file.
 */
export function departmentFileNames(
  ids: readonly (string | null)[],
  extension = '.csv',
): ReadonlyMap<string | null, string> {
  const fileName = (stem: string): string => `${DEPARTMENT_FOLDER}/${stem}${extension}`;
  const owned = [...new Set(ids)].filter((id) => id !== null);
  const count = new Map<string, number>([[ORPHANS, 1]]);
  for (const id of owned) {
    const folded = stemOf(id).toLowerCase();
    count.set(folded, (count.get(folded) ?? 0) + 1);
  }
  const names = owned.map((id): [string, string] => {
    const stem = stemOf(id);
    const asItIs = stem === id && count.get(stem.toLowerCase()) === 1;
    return [id, fileName(asItIs ? stem : `${stem}-${shortHash(id)}`)];
  });
  return new Map<string | null, string>([...names, [null, fileName(ORPHANS)]]);
}

function stemOf(id: string): string {
  const safe = id
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  const cut = [...safe].slice(0, STEM_CHARACTERS).join('');
  return cut === '' || DEVICE.test(cut.split('.')[0] ?? '') ? `department-${cut}` : cut;
}

function shortHash(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 8);
}
