/** How markup, mail and SQL begin. Each takes the decoded opening of a text, spaces in front removed. */

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
    /^[ \t]*(insert\s+into|replace\s+into)\s+\S+[^;]{0,5000}\bvalues\b/im.test(opening) ||
    /^[ \t]*copy\s+\S+\s*(\([^)]{0,5000}\)\s*)?from\s+stdin/im.test(opening) ||
    (/^[ \t]*create\s+table\s/im.test(opening) && /^\s*(--|\/\*|set |create |drop )/i.test(opening))
  );
}
