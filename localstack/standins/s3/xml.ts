/** As much XML as S3 speaks: elements, text, entities; attributes only where an ACL needs `xsi:type`. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

/** Null where the text is not one well-formed element. */
export function parseXml(text: string): XmlElement | null {
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [top];
  const tokens = text.matchAll(
    /<\?[^>]*\?>|<!--[\s\S]*?-->|<\/([^>\s]+)\s*>|<([^>]+?)(\/?)>|([^<]+)/g,
  );
  for (const token of tokens) {
    const [, closing, opening, selfClosing, run] = token;
    const current = stack.at(-1);
    if (!current) return null;
    if (run !== undefined) {
      current.text += unescapeXml(run);
    } else if (opening !== undefined) {
      const element = openElement(opening);
      current.children.push(element);
      if (selfClosing !== '/') stack.push(element);
    } else if (closing !== undefined) {
      if (stack.length < 2 || current.name !== localName(closing)) return null;
      stack.pop();
    }
  }
  return stack.length === 1 && top.children.length === 1 ? (top.children[0] ?? null) : null;
}

function openElement(tag: string): Open {
  const name = /^\S+/.exec(tag)?.[0] ?? '';
  const attributes: Record<string, string> = {};
  for (const [, key, value] of tag.matchAll(/([\w:.-]+)\s*=\s*["']([^"']*)["']/g)) {
    if (key !== undefined) attributes[localName(key)] = unescapeXml(value ?? '');
  }
  return { name: localName(name), attributes, children: [], text: '' };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function child(
  element: XmlElement | null | undefined,
  name: string,
): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

export function childText(
  element: XmlElement | null | undefined,
  name: string,
): string | undefined {
  return child(element, name)?.text.trim();
}

export function childrenOf(
  element: XmlElement | null | undefined,
  name: string,
): readonly XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|lt|gt|amp|quot|apos);/g, (_, entity: string) => {
    if (entity.startsWith('#x')) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith('#')) return String.fromCodePoint(Number(entity.slice(1)));
    return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[entity] ?? '';
  });
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** `undefined` and `false` parts are left out, so that optional elements read as one expression. */
export function xml(
  name: string,
  ...parts: readonly (string | number | boolean | Markup | undefined | readonly Markup[])[]
): Markup {
  const inner = parts
    .flat()
    .map((part) =>
      part === undefined ? '' : part instanceof Markup ? part.text : escapeXml(String(part)),
    )
    .join('');
  return new Markup(`<${name}>${inner}</${/^\S+/.exec(name)?.[0] ?? name}>`);
}

/** Text that is escaped already. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function documentXml(root: string, ...parts: Parameters<typeof xml>[1][]): string {
  const body = xml(`${root} xmlns="${NAMESPACE}"`, ...parts).text;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
}
