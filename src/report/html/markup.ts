/**
 * HTML by tagged template: what is put in is escaped unless it is markup itself, so a bucket named
 * `<script>` stays a name. There is no way to put text in unescaped but {@link trusted}.
 */
import { plain } from '../../model/plain.ts';

/** Text that is HTML already. */
export interface Markup {
  readonly markup: string;
}

export type Part = string | number | Markup | null | readonly Part[];

/** Null and empty lists leave nothing. Attribute values must stand in double quotes. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const between = compacted(literals);
  let text = between[0] ?? '';
  for (const [i, part] of parts.entries()) text += rendered(part) + (between[i + 1] ?? '');
  return { markup: text };
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template is the same object each time it is used: its text is made compact once. */
function compacted(literals: TemplateStringsArray): readonly string[] {
  let texts = known.get(literals);
  if (!texts) {
    texts = literals.map(compact);
    known.set(literals, texts);
  }
  return texts;
}

/** End tags that HTML lets one leave out, since what follows them here always implies them. */
const IMPLIED = /<\/(?:td|th|tr|thead|tbody|li|dt|dd)>/g;

/** Without the sources' line breaks and indents and implied end tags: 2,000 findings are 1 MB smaller. */
function compact(literal: string): string {
  return literal.replace(/\s*\n\s*/g, '').replace(IMPLIED, '');
}

/** Constants of this folder only: the style sheet and the script. */
export function trusted(text: string): Markup {
  return { markup: text };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return plain(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

function rendered(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if (Array.isArray(part)) return part.map(rendered).join('');
  return (part as Markup).markup;
}
