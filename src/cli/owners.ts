/** `owners.yaml`: departments and the rules that give assets to them. docs/owners.md describes it. */
import * as v from 'valibot';
import { UsageError } from '../model/errors.ts';
import { LANGUAGES } from '../model/language.ts';
import type { OwnerBook } from '../model/owner.ts';
import { isDay } from './calendar.ts';
import { readYaml } from './yaml.ts';

const text = v.pipe(v.string(), v.nonEmpty('a text'));
const email = v.pipe(text, v.regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'one mail address'));
const glob = text;

/** A day that exists, as YAML gives it: text, or a timestamp where a parser made one of it. */
export const day: v.GenericSchema<unknown, string> = v.pipe(
  v.unknown(),
  v.transform((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value)),
  v.check((value) => typeof value === 'string' && isDay(value), 'a day such as 2027-03-31'),
  v.transform(String),
);

const names = v.strictObject(
  Object.fromEntries(LANGUAGES.map((language) => [language, v.optional(text)])),
);

const owner = v.strictObject({
  id: v.pipe(text, v.regex(/^[\w.-]+$/, 'letters, digits, . _ -')),
  name: text,
  names: v.optional(names),
  contact: v.optional(text),
  contacts: v.optional(
    v.array(
      v.strictObject({
        name: v.optional(text),
        email,
        role: v.optional(
          v.picklist(
            ['owner', 'privacy-officer', 'technical'],
            'owner, privacy-officer or technical',
          ),
          'owner',
        ),
      }),
    ),
  ),
  escalation: v.optional(v.array(email)),
  language: v.optional(v.picklist(LANGUAGES, LANGUAGES.join(', '))),
  jurisdiction: v.optional(v.pipe(text, v.regex(/^[A-Z]{2}$/, 'two capitals such as HK'))),
  publicBody: v.optional(v.boolean()),
  contractor: v.optional(
    v.strictObject({ name: text, contact: v.optional(text), contractEnd: v.optional(day) }),
  ),
});

const rule = v.strictObject({
  owner: text,
  asset: v.optional(glob),
  provider: v.optional(text),
  account: v.optional(glob),
  subscription: v.optional(glob),
  project: v.optional(glob),
  bucket: v.optional(glob),
  domain: v.optional(glob),
  endpoint: v.optional(glob),
  labels: v.optional(v.record(text, text)),
  prefix: v.optional(text),
  purposeEnd: v.optional(day),
  contractEnd: v.optional(day),
});

const OWNERS = v.strictObject({
  owners: v.array(owner),
  rules: v.optional(v.array(rule), []),
});

/** An owners file. Throws UsageError for a rule that names nobody, or an owner named twice. */
export function readOwners(file: string): OwnerBook {
  const book = readYaml(file, OWNERS) as OwnerBook;
  const ids = book.owners.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UsageError(`${file}: the owner "${twice}" is there twice`);
  const stray = book.rules.find(({ owner }) => !ids.includes(owner));
  if (stray) {
    throw new UsageError(
      `${file}: a rule gives assets to "${stray.owner}", which is none of the owners (${ids.join(', ')})`,
    );
  }
  return book;
}
