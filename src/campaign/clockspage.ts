/** docs/clocks.md, written from the rules; a test holds the two equal. */
import type { ClockCondition, ClockRule } from '../model/clock.ts';
import { RULES } from './regulators/index.ts';

const INTRO = `# Clocks of regulators

Written from the rules in \`src/campaign/regulators/\` by \`node test/kit/write-clocks.ts\`.

**Reminders, no legal advice.** A person decides whether an authority must hear of a finding; ajar
shows until when, and shows late as late. \`ajar findings show ID\` prints the clocks of a finding,
\`ajar ledger assess\` notes what a person decided, \`ajar ledger told\` who was told, and
\`ajar ledger export\` drafts the notification.

- A rule is asked where the department's \`jurisdiction\` in \`owners.yaml\` is the rule's, or where
  identifiers of that country's people lie there; then always to be judged, never taken as met.
- \`publicBody: true\` chooses between rules that bind public and private bodies.
- Hours run from the instant of first knowledge: the start of the run that saw the finding, or, of
  one that came back, when it was seen again. Days end with the day where the regulator is. Rules
  that run from an assessment run from first knowledge until \`ajar ledger assess\` notes one.
- People are those of one finding. Where all findings of the department together reach a threshold
  that this one does not, it is to be judged whether they are one incident.
- **Unverified** means that no source could be read that says so. A date is the day on which a stored
  copy of the source was read, not the day the source was written.
`;

const STAGE: Readonly<Record<ClockRule['stage'], string>> = {
  notification: '',
  preliminary: ' (preliminary)',
  final: ' (final)',
};

const READ: Readonly<Record<ClockRule['read'], string>> = {
  text: 'the text itself',
  regulator: "the regulator's words",
  commentary: 'a commentary',
};

/** `72 hours`, `3 to 5 days`, `as soon as practicable`, `no duty known`. */
export function spanText({ deadline, duty }: ClockRule): string {
  if (duty === 'none') return 'no duty known';
  if (deadline === null) return 'as soon as practicable';
  const { amount, upTo, unit } = deadline;
  if (upTo !== undefined) return `${amount} to ${upTo} ${unit}`;
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}

/** With where it runs from: `30 days from first knowledge, the first day counts`. */
function deadlineText(rule: ClockRule): string {
  if (rule.duty === 'none') return spanText(rule);
  const start = rule.from === 'assessment' ? 'the assessment' : 'first knowledge';
  const counts = rule.deadline?.firstDayCounts === true ? ', the first day counts' : '';
  return `${spanText(rule)} ${rule.deadline === null ? 'after' : 'from'} ${start}${counts}`;
}

function conditionText(condition: ClockCondition): string {
  if ('judge' in condition) return `${condition.judge} (a person judges)`;
  if ('detectors' in condition) {
    return `${condition.what} (${condition.detectors.map((id) => `\`${id}\``).join(', ')})`;
  }
  return `${condition.people.toLocaleString('en-GB')} people or more`;
}

/** `read in the text itself on 2026-11-22`, `unverified`. */
export function verifiedText({ read, verifiedOn }: ClockRule): string {
  return verifiedOn === null ? 'unverified' : `read in ${READ[read]} on ${verifiedOn}`;
}

function section(rule: ClockRule): string {
  const lines = [
    `### ${rule.id}${STAGE[rule.stage]}`,
    '',
    `${rule.authority}. ${rule.law}.`,
    '',
    `- Binds: ${rule.binds === 'everyone' ? 'public and private bodies' : `${rule.binds} bodies`}${rule.duty === 'law' ? '' : ` (${rule.duty})`}`,
    `- Until: ${deadlineText(rule)}`,
  ];
  if (rule.inForceFrom !== null) lines.push(`- In force from: ${rule.inForceFrom}`);
  if (rule.duty !== 'none') {
    const any = rule.conditions.map(conditionText).join('; or ');
    lines.push(`- When: ${any === '' ? 'every exposure' : any}`);
  }
  if (rule.note !== '') lines.push(`- ${rule.note}`);
  lines.push(`- Source: <${rule.source}>, ${verifiedOnText(rule)}`);
  return lines.join('\n');
}

function verifiedOnText(rule: ClockRule): string {
  return rule.verifiedOn === null ? '**unverified**' : verifiedText(rule);
}

export function clocksPage(rules: readonly ClockRule[] = RULES): string {
  const codes = [...new Set(rules.map(({ jurisdiction }) => jurisdiction))];
  const parts = codes.map((code) => {
    const own = rules.filter(({ jurisdiction }) => jurisdiction === code);
    return [`## ${code}`, ...own.map(section)].join('\n\n');
  });
  return `${[INTRO.trimEnd(), ...parts].join('\n\n')}\n`;
}
