/**
 * Reasons in words. A `Because` is data; this catalogue turns it into a sentence.
 *
 * One file a family under `because/`, so that each provider's words stand together; an unknown
 * code is shown with its parameters rather than hidden.
 */
import type { Because } from './access.ts';
import { AZURE } from './because/azure.ts';
import { COMPATIBLE } from './because/compatible.ts';
import { GCS } from './because/gcs.ts';
import { PROBE } from './because/probe.ts';
import { S3 } from './because/s3.ts';
import { WEB } from './because/web.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  ...PROBE,
  ...S3,
  ...AZURE,
  ...GCS,
  ...COMPATIBLE,
  ...WEB,
};

/** `{name}` in the sentence is replaced by the parameter. */
export function becauseText(because: Because): string {
  const sentence = SENTENCES[because.code];
  if (sentence === undefined) {
    const params = Object.entries(because.params).map(([name, value]) => `${name} ${value}`);
    return [because.code, ...params].join(', ');
  }
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => because.params[name] ?? '?');
}

/** For the test that every code has a sentence. */
export function becauseCodes(): readonly string[] {
  return Object.keys(SENTENCES);
}
