/** How texts of known kinds begin. Each takes the decoded opening of a text, spaces in front removed. */

/** HTML, XML, KML, SVG: a declaration, a doctype, or a tag that is closed somewhere. */
export function looksLikeMarkup(opening: string): boolean {
  if (/^<(\?xml|!doctype|!--)/i.test(opening)) return true;
  const tag = /^<([a-z][\w:.-]{0,60})(\s[^<>]{0,2000})?\/?>/i.exec(opening);
  if (!tag) return false;
  return /<\/[a-z][\w:.-]{0,60}\s*>|\/>/i.test(opening) || /^(html|head|body)$/i.test(tag[1] ?? '');
}

const MAIL_HEADER =
  /^(received|return-path|delivered-to|from|to|cc|subject|date|message-id|mime-version|content-type|x-[\w-]+|reply-to|sender|dkim-signature|authentication-results|arc-[\w-]+|thread-[\w-]+|importance|content-transfer-encoding|in-reply-to|references|user-agent|list-[\w-]+): ?/i;

/** A mail: nothing but header lines until a blank one, four of the usual among them, or an mbox. */
export function looksLikeMail(opening: string): boolean {
  if (/^From \S+ .{10,40}\d{4}\r?\n/.test(opening)) return true;
  let known = 0;
  for (const line of opening.split(/\r?\n/, 80)) {
    if (line === '') return known >= 3;
    if (/^[ \t]/.test(line) && known > 0) continue;
    if (!/^[\w-]{1,60}:/.test(line)) return false;
    if (MAIL_HEADER.test(line)) known += 1;
  }
  return false;
}

/** A dump: statements that put rows into tables. */
export function looksLikeSql(opening: string): boolean {
  return (
    /^[ \t]*(insert(\s+ignore)?(\s+into)?|replace\s+into)\s+[\w`"[][^;]{0,5000}\bvalues\b\s*\(/im.test(
      opening,
    ) ||
    /^[ \t]*copy\s+\S+\s*(\([^)]{0,5000}\)\s*)?from\s+stdin/im.test(opening) ||
    (/^[ \t]*create\s+table\s/im.test(opening) && /^\s*(--|\/\*|set |create |drop )/i.test(opening))
  );
}

/** vCard, iCalendar and their older kin. */
export function looksLikeCards(opening: string): boolean {
  return /^BEGIN:(VCARD|VCALENDAR|VNOTE|VMSG|ICALENDAR)\s*$/im.test(opening.slice(0, 200));
}

/** Larger texts are read as text, line by line: a tree of them costs a hundred times their size. */
const MAX_YAML_BYTES = 2 * 1024 * 1024;
const YAML_LINES = 200;
const YAML_LINE =
  /^\s*(?:#.*|-(?:\s.*)?|(?:- +)*(?:"[^"]{1,100}"|'[^']{1,100}'|[^\s:#,"'{}[\]&*!|>%@`-][^:#\n]{0,100}):(?:\s.*)?|\.\.\.|---.*|%YAML.*)$/;

/** YAML with structure; flat lines of `key: value` are text to everybody else, and to us. */
export function looksLikeYaml(opening: string, bytes: number): boolean {
  if (bytes > MAX_YAML_BYTES) return false;
  const lines = opening.split(/\r?\n/, YAML_LINES).filter((line) => line.trim() !== '');
  const fitting = lines.filter((line) => YAML_LINE.test(line)).length;
  const keys = lines.filter((line) => /^\s*(?:- +)*[\w"' .-]{1,60}:(?:\s|$)/.test(line)).length;
  if (keys < 2 || fitting < lines.length * 0.8) return false;
  const marked = /^(---|%YAML)/.test(opening);
  const items = lines.filter((line) => /^\s*- +[\w"' .-]{1,60}:(?:\s|$)/.test(line)).length;
  const nested = lines.some((line, at) => {
    const parent = /^(\s*)[\w"' .-]{1,60}:\s*$/.exec(line);
    const child = /^(\s*)(?:- |[\w"' .-]{1,60}:)/.exec(lines[at + 1] ?? '');
    return parent && child && (child[1] ?? '').length > (parent[1] ?? '').length;
  });
  return marked || items >= 2 || nested;
}

/** Does a text open as a program that sets or passes a JSON value? */
export function looksLikeScript(opening: string): boolean {
  return /^(?:\s|\/\/[^\n]{0,500}\n|\/\*[\s\S]{0,2000}?\*\/|["']use strict["'];?)*(?:(?:var|let|const|export\s+(?:default|const)|window\.|self\.|globalThis\.|module\.exports|this\.)[\w$.[\]'"\s:<>]{0,200}=?|[\w$.]{1,80}\s*[=(])\s*[[{(]/.test(
    opening.slice(0, 20_000),
  );
}
