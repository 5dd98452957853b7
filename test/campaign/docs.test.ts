import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TRANSITIONS } from '../../src/campaign/lifecycle.ts';

/** The table of docs/lifecycle.md, from the transitions themselves. */
function table(): string {
  const rows = TRANSITIONS.map(({ from, to, who, needs, when }) => {
    const cells = [
      from.map((each) => `\`${each}\``).join(', '),
      `\`${to}\``,
      who.map((each) => (each === 'person' ? 'a person' : `a ${each}`)).join(' or '),
      needs.join(', '),
      when,
    ];
    return `| ${cells.join(' | ')} |`.replaceAll('  ', ' ');
  });
  return ['| from | to | who | needs | when |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

test('the page has the table of changes as the program has it', () => {
  const page = readFileSync('docs/lifecycle.md', 'utf8');
  const [, shown = ''] =
    /<!-- transitions:[^>]*-->\n([\s\S]*?)\n?<!-- \/transitions -->/.exec(page) ?? [];
  expect(shown.trim()).toBe(table());
});
