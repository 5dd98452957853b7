/** Why one object is open: what its own ACL grants, beside what the bucket's documents say of its key. */
import { s3ObjectFacts } from '../../src/exposure/s3/index.ts';
import { type AccessFact, sliceCovers } from '../../src/model/access.ts';
import type { ObjectRef } from '../../src/model/asset.ts';
import { type DocumentSource, type ReadDocuments, readObjectAcl } from './documents.ts';
import { type Outsider, probeObject } from './probes.ts';

/** What was read of an asset before its objects are tried. */
export interface Known extends ReadDocuments {
  readonly source: DocumentSource;
  readonly facts: readonly AccessFact[];
}

/** Nothing for an object that is refused: it needs no fact of its own. */
export async function objectFacts(
  outsider: Outsider,
  known: Known | null,
  object: ObjectRef,
): Promise<readonly AccessFact[]> {
  const { key, version } = object;
  const probed = await probeObject(outsider, object, 'HEAD');
  if (probed.answer === 'no') return [];
  const covered = known && coveredBy(known.facts, key, version !== undefined);
  if (probed.answer !== 'yes' || !known || covered) return [probed];
  const acl = await readObjectAcl(known.source, outsider.bucket, object);
  const own = s3ObjectFacts(known.documents, key, acl).filter((one) => one.answer === 'yes');
  return [probed, ...own.map((one) => ofVersion(one, version))];
}

/** A version has an ACL of its own, which holds for nothing but that version. */
function ofVersion(fact: AccessFact, version: string | undefined): AccessFact {
  if (version === undefined || fact.slice === null) return fact;
  const { because, slice } = fact;
  return {
    ...fact,
    slice: { ...slice, version },
    because: { code: because.code, params: { ...because.params, version } },
  };
}

/** Do the bucket's documents already say that anyone reads this key, or its old versions? */
export function coveredBy(facts: readonly AccessFact[], key: string, old: boolean): boolean {
  return facts.some(
    ({ action, audience, answer, slice, because }) =>
      action === 'read' &&
      audience === 'anyone' &&
      answer === 'yes' &&
      (!old || /GetObjectVersion/.test(because.params.actions ?? '')) &&
      (slice === null || sliceCovers(slice, key)),
  );
}
