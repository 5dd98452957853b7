/** The report in English. */
import { durationOf, formatsOf, untilOf } from './formats.ts';
import type { Words } from './words.ts';

const formats = formatsOf('en-GB', (count, one) => (one ? '1 byte' : `${count} bytes`));
const { count } = formats;

function counted(one: string, many: string): (value: number) => string {
  return (value) => `${count(value)} ${value === 1 ? one : many}`;
}

const people = counted('person', 'people');
const findings = counted('finding', 'findings');
const departments = counted('department', 'departments');
const places = counted('place', 'places');
const assets = counted('asset', 'assets');
const objects = counted('object', 'objects');
const gaps = counted('gap', 'gaps');
const days = counted('day', 'days');

function list(items: readonly string[], rest: number): string {
  if (rest > 0) return `${items.join(', ')} and ${rest} more`;
  return items.length > 1
    ? `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
    : (items[0] ?? '');
}

const code: Words['code'] = {
  state: {
    open: 'open to anyone',
    'partly-open': 'partly open',
    'open-to-any-account': 'open to any account',
    unknown: 'unknown',
    closed: 'closed',
  },
  reader: {
    open: 'anyone',
    'partly-open': 'anyone (a part)',
    'open-to-any-account': 'any account',
    unknown: 'unknown',
    closed: 'nobody',
  },
  severity: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
  status: {
    new: 'new',
    open: 'open',
    acknowledged: 'acknowledged',
    'not-ours': 'not ours',
    accepted: 'accepted risk',
    fixed: 'fixed, proved',
    reopened: 'reopened',
    moved: 'moved to another department',
  },
  confidence: { low: 'low', medium: 'medium', high: 'high' },
  form: { full: 'in full', masked: 'masked at its source', partial: 'in part' },
  kind: {
    person: 'identity number',
    document: 'passport or permit',
    account: 'bank account or card',
    contact: 'contact details',
    attribute: 'attribute of a person',
    company: 'company number',
  },
  purpose: {
    close: 'Close it',
    guard: 'Keep it closed',
    remove: 'Take the data away',
    prove: 'Prove it',
  },
  gap: {
    denied: 'access denied',
    'not-found': 'not found',
    unreachable: 'unreachable',
    timeout: 'timed out',
    throttled: 'slowed down by the provider',
    malformed: 'damaged or malformed',
    unsupported: 'format not read',
    encrypted: 'encrypted',
    truncated: 'cut short',
    'too-large': 'over a limit',
    'out-of-scope': 'out of scope',
    changed: 'changed while being read',
    interrupted: 'interrupted',
    'no-credentials': 'no credentials',
  },
  score: {
    who: 'who can read it',
    listable: 'the list is open too',
    guessable: 'the name can be guessed',
    what: 'what it is',
    beside: 'name and contact details beside it',
    people: 'how many people',
    duration: 'how long, in days',
    lapsed: 'contract or purpose ended',
  },
  column: {
    deadline: 'deadline',
    severity: 'severity',
    department: 'department',
    status: 'status',
    provider: 'provider',
    asset: 'asset',
    part: 'part',
    who: 'who can read it',
    peopleAtLeast: 'people at least',
    peopleAtMost: 'people at most',
    contents: 'what lies there',
    samples: 'samples (masked)',
    since: 'exposed since',
    firstKnown: 'first known',
    close: 'commands to close it',
    guard: 'commands to keep it closed',
    remove: 'commands to take the data away',
    prove: 'proof',
    why: 'why it is open',
    reading: 'reading',
    listing: 'listing',
    disagreement: 'disagreement',
    confidence: 'confidence',
    whyDepartment: 'why this department',
    lapsed: 'contract or purpose ended',
    assetId: 'asset id',
    finding: 'finding',
  },
  skip: {},
};

const say: Words['say'] = {
  peopleRange: (atLeast, atMost) => `${count(atLeast)} to ${count(atMost)} people`,
  peopleAtLeast: (atLeast) => `at least ${people(atLeast)}`,
  who: {
    open: 'Anyone on the internet, without a password',
    'partly-open': 'Anyone on the internet, without a password, a part of it',
    'open-to-any-account': 'Anyone who opens an account with that cloud, free and unchecked',
    unknown: 'Could not be determined; treat it as open until it is proved closed',
    closed: 'Nobody without permission',
  },
  listing: {
    open: '; the list of files is open too',
    'partly-open': '; a part of the list of files is open too',
    'open-to-any-account': '; any account of that cloud can list the files',
    unknown: '; whether the files can be listed is unknown',
    closed: '; the address of a file must be known or guessed',
  },
  whoBriefly: {
    open: 'anyone, list and files',
    addressOnly: 'anyone who has the address',
    'partly-open': 'anyone, a part of it',
    'open-to-any-account': 'any account of that cloud',
    unknown: 'unknown, treat as open',
    closed: 'nobody without permission',
  },
  unknownDoor: 'nobody could tell who can read it',
  readableBy: (who) => `readable by ${who}`,
  confidenceOf: (confidence) => `${confidence} confidence`,
  personalData: 'personal data',
  comma: ', ',
  semicolon: '; ',
  byRule: (rule) => `by ${rule}`,
  byHand: 'given to it by hand',
  noRule: 'no rule of the owners file matches it',
  unowned: 'No department yet',
  noOwner: 'no department',
  lapsed: (what, day) => `The ${what} ended on ${day}: nobody may hold this data any more`,
  points: counted('point', 'points'),
  contents: (title, number, form, confidence) =>
    `${title}: ${number} (${code.form[form]}, ${confidence} confidence)`,
  sampleAt: (masked, place) => `${masked} at ${place}`,
  claimEverything: (all) => `All ${count(all)} objects were read.`,
  claimSample: (read, listed, atMost) =>
    `${count(read)} of ${count(listed)} objects were read${
      atMost === null
        ? ', some in part.'
        : `: at most ${atMost} of the objects hold an identifier, at 95 %.`
    }`,
  claimNone: 'Closed: its contents were not read.',
  claimUnread: 'None of its objects could be read; the gaps say why.',
  claimNothing: 'There was nothing to read.',
  list,
  nothingFound: 'Nothing found: no personal data that anyone can read without permission.',
  nothingFoundGaps:
    'Nothing found in what was looked at, but not everything was looked at: see the gaps.',
  nothingFoundSample: 'Nothing found in what was read: a sample of what anyone can reach.',
  filtered: (filters) => `This is an excerpt: ${filters.join('; ')}.`,
  filterOwner: (name) => `only ${name}`,
  filterSeverity: (severity) => `severity ${severity} and above`,
  filterStatus: (statuses) =>
    `status ${list(
      statuses.map((one) => code.status[one]),
      0,
    )}`,
};

const lead: Words['lead'] = {
  whose: (number, atLeast) => `Personal data of ${atLeast ? 'at least ' : ''}${people(number)}`,
  read: (number) => `can be read without permission in ${places(number)}`,
  unclear: (number) => `may be readable in ${places(number)}`,
  both: (read, unclear) => `${lead.read(read)}, and perhaps in ${count(unclear)} more`,
  mustAct: (number) => `${departments(number)} must act`,
  nobody: 'no department answers for them yet',
  join: (whose, where, act) => `${whose} ${where}; ${act}.`,
};

const page: Words['page'] = {
  title: 'Personal data that anyone can read',
  contents: 'Contents',
  authorised: ({ by, reference, until, hosts }) =>
    `Sweep from outside, authorised by ${by} (${reference}) until ${until}, for ${hosts.join(', ')}`,
  scanOf: (targets) => `Scan of ${counted('target', 'targets')(targets)}`,
  notFinished: 'not finished',
  unfinishedHead: 'This run did not finish.',
  unfinished: 'Every figure here is a lower bound: what had not been looked at by then is missing.',
  gapsHead: (number) => `Not everything was looked at: ${gaps(number)}.`,
  gapsNote: 'No place with a gap counts as clean.',
  gapsLink: 'What was not looked at, and why',
  asPlanned: 'Everything was looked at as planned.',
  claimLink: 'What this allows one to say',
  peopleExposed: 'People exposed',
  findings: 'Findings',
  departments: 'Departments',
  placesLookedAt: 'Places looked at',
  nextDeadline: 'Next deadline',
  none: 'none',
  nothingToClose: 'nothing to close',
  nothingFound: 'nothing found',
  noneFound: 'none found',
  countedOnce: 'each counted once',
  atLeastOnce: 'at least; each counted once',
  withFindings: 'with findings',
  withoutDepartment: (number) => `${findings(number)} without a department`,
  severityCount: (number, severity) => `${count(number)} ${severity}`,
  openAndUnknown: (open, unknown) =>
    `${count(open)} open${unknown > 0 ? `, ${count(unknown)} unknown` : ''}`,
  peopleByDepartment: 'People by department',
  peopleByDepartmentWhy: 'Each person counts once in a department; someone may lie in several.',
  bar: (number, severity) => `${findings(number)}, worst ${severity}`,
  peopleOverTime: 'People exposed, run by run',
  peopleOverTimeWhy:
    'What each finished run found. A run that looked at less can find fewer: the gaps say what it missed.',
  doors: 'How the doors stand',
  doorsWhy: 'Places by provider and by who can read what lies in them. Unknown is not closed.',
  provider: 'Provider',
  all: 'all',
  lists: 'What each department must do',
  listsWhy:
    'The most urgent first. Open a finding for the evidence and the commands; clicking a command selects all of it.',
  filterHint: 'Filter by department, place or provider',
  filterLabel: 'Filter findings',
  filterShown: '{n} of {all} shown',
  showMore: 'Show {n} more of {all}',
  noScript: (rest, file) =>
    `${rest} more, less urgent, are shown by this page’s script; without it, see ${file}.`,
  loading: 'One moment …',
  tooOld: 'This browser cannot unpack the rest; the tables in the same folder have it.',
  orphanNote:
    'No rule of owners.yaml gives these places to anyone: find out whose they are, and close them meanwhile.',
  contact: 'Contact:',
  asTable: 'The same list as a table:',
  departmentSub: (whose, found) => `${whose}, ${findings(found)}`,
  firstDeadline: 'first deadline',
  sentenceEnd: '.',
  whoCanRead: 'Who can read it',
  people: 'People',
  byWhatWasRead: (text) => `${text}, by what was read`,
  howWeKnow: 'How we know',
  disagreement: 'Disagreement',
  exposedSince: 'Exposed since',
  sinceUnknown: 'not known: the provider keeps no date',
  since: (day) => `${day} at the earliest, the date of the oldest file with people in it`,
  firstKnown: 'First known',
  deadlineRuns: (minute) => `${minute}; the deadline runs from here`,
  why: (severity) => `Why ${severity}`,
  whyDepartment: 'Why this department',
  finding: 'Finding',
  status: 'Status',
  statusBy: (who, minute) => `by ${who}, ${minute}`,
  until: (day) => `until ${day}`,
  lapsed: 'Ended',
  whatLiesThere: 'What lies there',
  kindHeads: ['Kind', 'Different values', 'Times met', 'Written', 'Confidence'],
  samples: 'Samples, masked',
  samplesNote: '(“ajar locate” and the reference gives the file)',
  whatToDo: 'What to do',
  noStep: 'No step is known. Take the public permission away where it was given, then scan again.',
  others: 'Other places looked at',
  othersWhy:
    'No personal data was found here. Where anyone can read a place, make sure that it is meant to be public.',
  otherHeads: ['Place', 'Read', 'List', 'Write', 'Why', 'What was read'],
  notEverything: 'Not everything was looked at.',
  noStatement: 'no statement',
  clean: 'What “clean” means here',
  cleanWhy:
    'A place counts as clean only as far as it was read. Where every object was read, nothing of the ' +
    'kinds ajar knows lies there. Where a random sample was read, at most the named share of the ' +
    'objects holds an identifier, at 95 % confidence. Closed places are not opened: their contents ' +
    'were not read.',
  readOf: (read, listed, bytes, bytesListed, where) =>
    `${read} of ${listed} and ${bytes} of ${bytesListed} were read, in ${where}.`,
  lowerBounds: 'The run did not finish: these are lower bounds.',
  placeByPlace: (number) => `Place by place (${count(number)})`,
  claimHeads: ['Place', 'Objects read', 'Bytes read', 'What this allows one to say', 'Left out'],
  ofTotal: (part, all) => `${part} of ${all}`,
  skipped: (reason, number) => `${reason}: ${objects(number)}`,
  gaps: 'What was not looked at',
  gapsNone: 'Nothing: everything was looked at as planned.',
  gapsWhy: (kinds) => `${kinds.join(', ')}. No place with a gap counts as clean.`,
  gapKind: (number, label) => `${count(number)} ${label}`,
  gapHeads: ['Why', 'Place', 'What', 'What happened, what to do'],
  gapsMissing: (number) =>
    `${counted('gap more was', 'gaps more were')(number)} counted than are listed here.`,
  allOfIt: 'all of it',
  madeBy: (version) => `Made by ajar ${version}`,
  run: 'run',
  seed: (seed) => `random seed ${seed}`,
  targets: 'Targets:',
  handle: 'Values are masked; the report still says which doors are open. Hand it on with care.',
};

const terminal: Words['terminal'] = {
  exposed: (number, atLeast, found) =>
    `${atLeast ? 'At least ' : ''}${people(number)} exposed, ${findings(found)}.`,
  lookedAt: (number, open, unknown) =>
    `${assets(number)} looked at: ${count(open)} open, ${count(unknown)} unknown.`,
  readIn: (read, all) => `Read ${count(read)} of ${objects(all)} in those.`,
  department: 'Department',
  worst: 'Worst',
  findings: 'Findings',
  people: 'People',
  firstDeadline: 'First deadline',
  whoCanRead: 'Who can read',
  interrupted: 'The run was interrupted: everything above is a lower bound.',
  unjudged: (number) => `${assets(number)} could not be judged; unknown is not closed.`,
  gaps: (number) => `${gaps(number)}: something was not looked at; the report says what and why.`,
  more: (number) => `… and ${count(number)} more`,
  act: (who, what, day, until) => `${who}. ${what}. Close it by ${day}, ${until}.`,
  whatLies: (whose, kinds) => `${whose}: ${kinds}`,
};

const letter: Words['letter'] = {
  subject: (department, number, day) =>
    day === null
      ? `${department}: no open personal data was found, please confirm`
      : `${department}: ${findings(number)} of open personal data, close by ${day}`,
  greeting: (department) => `To: ${department}`,
  found: (number, whose) =>
    `A scan found ${findings(number)} in places that you answer for. They expose ${whose}, each counted once.`,
  foundNothing:
    'A scan found no personal data that anyone can read in the places that you answer for. Please confirm that you know of none either.',
  deadline: (day, until) => `The first deadline is ${day} (${until}).`,
  attached:
    'The attached table has every finding, what proves it, and the commands that close it and prove that it is closed.',
  doFirst: 'The most urgent:',
  masked: 'Values are masked here and in the attachment.',
  secret:
    'This list says which doors are open. Pass it on only to those who close them, and not by an open link.',
  finding: 'Finding',
  deadlineHead: 'Deadline',
  summary: 'Summary',
  worst: 'worst',
  cellCut: '… (cut: a cell holds no more; report.json has all of it)',
};

export const EN: Words = {
  ...formats,
  language: 'en',
  people,
  findings,
  departments,
  places,
  assets,
  objects,
  gaps,
  targets: counted('target', 'targets'),
  until: untilOf({
    overdueToday: 'overdue since today',
    today: 'today',
    tomorrow: 'tomorrow',
    overdue: (number) => `${days(number)} overdue`,
    in: (number) => `in ${count(number)} days`,
  }),
  duration: durationOf({
    seconds: (number) => `${number} s`,
    minutes: (number) => `${number} min`,
    hours: (number) => `${number} h`,
    days,
  }),
  code,
  say,
  lead,
  page,
  terminal,
  letter,
};
