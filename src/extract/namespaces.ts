/**
 * Names of office XML as everybody writes them. A prefix is free: what a file calls `ns0:p` is
 * `w:p` where `ns0` stands for the namespace that the specification calls w. Transitional and
 * strict OOXML (ISO/IEC 29500) and OpenDocument 1.x name the same things.
 */

const ENDS: readonly (readonly [RegExp, string])[] = [
  [/\/wordprocessingml(\/2006)?\/main$|office\/word\/2003\/wordml$/, 'w'],
  [/\/drawingml(\/2006)?\/main$/, 'a'],
  [/\/drawingml(\/2006)?\/chart$/, 'c'],
  [/\/presentationml(\/2006)?\/main$/, 'p'],
  [/powerpoint\/2018\/8\/main$/, 'p188'],
  [/\/markup-compatibility\/2006$/, 'mc'],
  [/office\/word\/2012\/wordml$/, 'w15'],
  [/\/officeDocument(\/2006)?\/math$/, 'm'],
  [/\/wordprocessingDrawing$/, 'wp'],
  [/\/drawingml(\/2006)?\/picture$/, 'pic'],
  [/schemas-microsoft-com:vml$/, 'v'],
  [/opendocument:xmlns:(office|text|table|style|meta|presentation|form|manifest):1\.0$/, '$1'],
  [/opendocument:xmlns:drawing:1\.0$/, 'draw'],
  [/opendocument:xmlns:svg-compatible:1\.0$/, 'svg'],
  [/purl\.org\/dc\/elements\/1\.1\/$/, 'dc'],
  [/www\.w3\.org\/1999\/xlink$/, 'xlink'],
];

/** Bindings of one part; the part is taken to use a prefix for one thing throughout. */
export class Namespaces {
  readonly #prefixes = new Map<string, string>();

  declare(attributes: readonly (readonly [string, string])[]): void {
    for (const [name, uri] of attributes) {
      if (!name.startsWith('xmlns')) continue;
      const own = name.slice(6);
      for (const [pattern, prefix] of ENDS) {
        const found = pattern.exec(uri);
        if (found) this.#prefixes.set(own, prefix.replace('$1', found[1] ?? ''));
      }
    }
  }

  /** `ns0:p` → `w:p`; a name of an unknown namespace as it stands. */
  name(written: string): string {
    const colon = written.indexOf(':');
    const own = colon === -1 ? '' : written.slice(0, colon);
    const prefix = this.#prefixes.get(own);
    return prefix === undefined || prefix === own
      ? written
      : `${prefix}:${written.slice(colon + 1)}`;
  }
}
