/** English. */
import type { LetterFacts, Words } from './words.ts';

const findings = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`);

const answering = ({ replyTo, file }: LetterFacts): readonly string[] => [
  `How to answer: fill in the column "answer" of the attached ${file} with one of: fixed, acknowledged, not ours, accepted. "not ours" needs a reason, "accepted" a reason and the day until which you answer for the risk.${replyTo === '' ? '' : ` Send the file to ${replyTo}.`}`,
  '"fixed" is noted at once and counts once the door has been tried again and found shut. The file holds the commands that close each one and the command that tries it.',
  'This letter holds no personal data: what was found is shown masked.',
];

const en: Words = {
  locale: 'en-GB',
  columns: {
    department: 'department',
    finding: 'finding',
    severity: 'severity',
    place: 'place',
    part: 'part',
    who: 'who can read it',
    people: 'people (at most)',
    contents: 'what lies there',
    deadline: 'close by',
    close: 'commands to close it',
    prove: 'command that tries it',
    answer: 'answer',
    reason: 'reason',
    until: 'until',
  },
  severity: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
  readers: {
    open: 'anyone on the internet, without a password',
    'partly-open': 'anyone on the internet, without a password, a part of it',
    'open-to-any-account': 'anyone who opens an account with that cloud',
    unknown: 'could not be determined; treat it as open',
    closed: 'nobody without permission',
  },
  colon: ': ',
  labels: {
    who: 'Who can read it',
    contents: 'What lies there',
    people: 'People',
    deadline: 'Close by',
    close: 'To close it',
  },
  answers: {
    fixed: ['fixed', 'closed', 'done', 'resolved', 'removed', 'remediated'],
    acknowledged: [
      'acknowledged',
      'acknowledge',
      'ack',
      'known',
      'noted',
      'in progress',
      'confirmed',
    ],
    'not-ours': ['not ours', 'not our', 'not mine', 'wrong department'],
    accepted: ['accepted', 'accept', 'risk accepted', 'accepted risk'],
    'nothing-to-report': ['nothing to report', 'nothing', 'none', 'empty', 'nil', 'nil return'],
  },
  people: (count, bound) =>
    `${bound === 'at most' ? 'up to ' : ''}${count} ${count === '1' ? 'person' : 'people'}`,
  orphans: 'No department yet',
  more: (count) => `… and ${count} more in the attached file.`,
  list: (facts) => ({
    subject: `Personal data open to anyone: ${findings(facts.findings)} of ${facts.department}, answer by ${facts.due}`,
    before: [
      `To: ${facts.department}`,
      `In places that are recorded as yours, ${facts.office} found personal data that can be read without a password: ${findings(facts.findings)}, ${facts.people}.`,
      `Please close them and answer for each of them by ${facts.due}. (Campaign: ${facts.campaign})`,
    ],
    after: answering(facts),
  }),
  emptyList: (facts) => ({
    subject: `Personal data open to anyone: nothing found at ${facts.department}, confirm by ${facts.due}`,
    before: [
      `To: ${facts.department}`,
      `${facts.office} looked for personal data that can be read without a password and found none in the places that are recorded as yours.`,
      `Please confirm by ${facts.due} that you have nothing to report, and name any place of yours that we may not know of. (Campaign: ${facts.campaign})`,
    ],
    after:
      facts.replyTo === '' ? [] : [`Send your answer to ${facts.replyTo}: "nothing to report".`],
  }),
  orphanList: (facts) => ({
    subject: `Personal data open to anyone: ${findings(facts.findings)} without a department, find whose by ${facts.due}`,
    before: [
      `To: ${facts.office}`,
      `No rule of owners.yaml says whose these are, or their department says they are not its own: ${findings(facts.findings)}, ${facts.people}.`,
      `Please find each one's department by ${facts.due}. (Campaign: ${facts.campaign})`,
    ],
    after: answering(facts),
  }),
  passOn: (department) =>
    `There is no address for ${department} in owners.yaml, so this comes to you: please pass it on.`,
  reminder: (facts) => ({
    subject: `Reminder: ${facts.department}, ${facts.left === 0 ? 'your confirmation is due' : `${findings(facts.left)} to answer`} by ${facts.due}`,
    before: [
      `To: ${facts.department}`,
      facts.left === 0
        ? `Your confirmation that you have nothing to report is still missing; it is due by ${facts.due}. (Campaign: ${facts.campaign})`
        : `An answer is still missing for ${facts.left} of ${findings(facts.findings)}; it is due by ${facts.due}. (Campaign: ${facts.campaign})`,
    ],
    after: facts.left === 0 ? [] : answering(facts),
  }),
  escalation: (facts) => ({
    subject: `Overdue: ${facts.department} has not answered, due ${facts.due}`,
    before: [
      facts.left === 0
        ? `${facts.department} has not confirmed that it has nothing to report. The answer was due by ${facts.due}. (Campaign: ${facts.campaign})`
        : `${facts.department} has not answered for ${facts.left} of ${findings(facts.findings)} where personal data can be read without a password (${facts.people}). The answer was due by ${facts.due}. (Campaign: ${facts.campaign})`,
      'You get this because you stand behind this department in the escalation chain. Please see to it that it answers.',
    ],
    after: facts.left === 0 ? [] : answering(facts),
  }),
  ended: ({ campaign, answered, departments, late, file }) => ({
    subject: `Campaign ${campaign} has ended: ${answered} of ${departments} lists answered`,
    before: [
      `Campaign ${campaign} has ended. ${answered} of ${departments} lists were answered, ${late} late or not at all.`,
      `The report is attached: ${file}.`,
    ],
    after: [],
  }),
  notice: ({ fresh, reopened, late, people }) => ({
    subject: `ajar: ${[
      fresh > 0 ? `${fresh} new` : '',
      reopened > 0 ? `${reopened} open again` : '',
      late > 0 ? `${late} late` : '',
    ]
      .filter((part) => part !== '')
      .join(', ')}`,
    before: [
      [
        fresh > 0 ? `New: ${findings(fresh)}.` : '',
        reopened > 0 ? `Open again after it was proved closed: ${findings(reopened)}.` : '',
        late > 0 ? `Past the deadline since the last run: ${findings(late)}.` : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
      `People behind open doors in this run: ${people}.`,
    ],
    after: ['"ajar findings" lists them; "ajar findings show ID" explains one.'],
  }),
};
export default en;
