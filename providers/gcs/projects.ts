/**
 * The projects to discover in: one, several, or all under an organisation or a folder.
 *
 * Source: cloud.google.com/resource-manager/reference/rest/v3 (projects.list and folders.list give the
 * direct children of a parent, so folders are walked).
 */
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { GcsApi, Json } from './api.ts';

/** Folders inside folders; Google allows ten levels. */
const MAX_FOLDERS = 10_000;

type Found = { readonly project: string } | { readonly gap: Gap };

/** A parent that refuses is a gap, and the others go on. */
export async function* projectsOf(api: GcsApi, asset: string): AsyncGenerator<Found> {
  const { scope } = api.target;
  if (scope.kind === 'projects') {
    for (const project of scope.projects) yield { project };
    return;
  }
  if (scope.kind === 'standard') {
    yield { project: await api.project() };
    return;
  }
  const parents = [scope.parent];
  for (let at = 0; at < parents.length; at += 1) {
    const parent = parents[at] ?? '';
    for (const call of ['projects', 'subfolders'] as const) {
      try {
        for await (const item of children(api, call, parent)) {
          if (call === 'projects') yield { project: item };
          else parents.push(item);
        }
      } catch (error) {
        if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
        const what = `${call === 'projects' ? 'projects' : 'folders'} under ${parent}`;
        yield { gap: { code: error.code, asset, what, detail: error.detail } };
      }
    }
    if (parents.length > MAX_FOLDERS) {
      const detail = `more than ${MAX_FOLDERS} folders (limit); name some of them as targets`;
      yield { gap: { code: 'too-large', asset, what: `folders under ${scope.parent}`, detail } };
      return;
    }
  }
}

/** Project ids, or names of folders (`folders/45`); what is being deleted is left out. */
async function* children(
  api: GcsApi,
  call: 'projects' | 'subfolders',
  parent: string,
): AsyncGenerator<string> {
  let pageToken = '';
  do {
    const query = { parent, pageSize: '300', ...(pageToken !== '' && { pageToken }) };
    const page = await api.get({ call }, query);
    const items = page[call === 'projects' ? 'projects' : 'folders'] ?? [];
    if (!Array.isArray(items)) {
      throw new ScanError('malformed', 'the answer is no list of the Resource Manager');
    }
    for (const item of items as readonly Json[]) {
      const name = call === 'projects' ? item.projectId : item.name;
      if (typeof name === 'string' && item.state !== 'DELETE_REQUESTED') yield name;
    }
    pageToken = typeof page.nextPageToken === 'string' ? page.nextPageToken : '';
  } while (pageToken !== '');
}
