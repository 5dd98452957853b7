/** Line numbers of offsets, for parsers that ask in ascending order. */

/** Returns the line, 1 based, of each offset asked for. The next newline is kept: a text may have none for megabytes. */
export function lineCounter(source: string): (offset: number) => number {
  let line = 1;
  let next = nextNewline(source, 0);
  return (offset) => {
    while (next < offset) {
      line += 1;
      next = nextNewline(source, next + 1);
    }
    return line;
  };
}

function nextNewline(source: string, from: number): number {
  const found = source.indexOf('\n', from);
  return found === -1 ? Number.POSITIVE_INFINITY : found;
}
