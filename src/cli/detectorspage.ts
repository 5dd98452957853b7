/** docs/detectors.md, written by the detectors' own fields: `npm run -s docs:detectors`. */
import type { Detector, DetectorKind } from '../model/detector.ts';

const KINDS: Readonly<Record<DetectorKind, string>> = {
  person: 'Numbers of people',
  document: 'Documents',
  account: 'Accounts and cards',
  contact: 'Contact details',
  attribute: 'What makes a row a person’s',
  company: 'Companies, so that they are not taken for people',
};

const OPENING = `<!-- Written by \`npm run -s docs:detectors\`; a test compares. Change the detectors, not this page. -->

# Detectors

*Alone* is the most that a match reaches with nothing to support it ([confidence.md](confidence.md));
the *pass rate* is how many random strings of the shape are judged right: by the check digit where
there is one, in brackets by form and date alone. Shapes are in the language of
[configuration.md](configuration.md#own-detectors). \`ajar detectors --format json\` has the rest.
`;

/** Chance of a random string of the shape to be judged so: the proof, else the form; `–` where a finder looks. */
export function rate({ passRate, shapes }: Detector): string {
  if (shapes.length === 0) return '–';
  const { plausible, proved } = passRate;
  const percent = (value: number): string => `${Number((value * 100).toPrecision(2))} %`;
  if (proved > 0 && proved < plausible) return `${percent(proved)} (form ${percent(plausible)})`;
  return percent(plausible);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function line(one: Detector): string {
  const shapes = one.shapes.map((shape) => `\`${cell(shape)}\``).join(' ');
  const hints = one.hints.slice(0, 4).map(cell).join(', ');
  const cells = [
    `\`${one.id}\``,
    cell(one.title),
    one.alone,
    rate(one),
    shapes === '' ? 'looks by itself' : shapes,
    String(one.masks?.length ?? 0),
    hints,
    cell(one.source ?? ''),
  ];
  return `| ${cells.join(' | ')} |`;
}

export function detectorsPage(all: readonly Detector[]): string {
  const sections = Object.entries(KINDS).flatMap(([kind, title]) => {
    const own = all.filter((one) => one.kind === kind);
    if (own.length === 0) return [];
    return [
      `## ${title}`,
      [
        '| id | what | alone | pass rate | shapes | masked forms | words | source |',
        '| --- | --- | --- | --- | --- | --- | --- | --- |',
        ...own.map(line),
      ].join('\n'),
    ];
  });
  return `${OPENING}\n${all.length} detectors.\n\n${sections.join('\n\n')}\n`;
}
