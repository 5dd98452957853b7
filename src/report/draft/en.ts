/** English. */
import type { DraftWords } from './words.ts';

const reason = (text: string | null): string => (text === null ? '' : `: ${text}`);

export const EN: DraftWords = {
  blank: '______',
  title: 'Draft: notification of a personal data breach',
  notice:
    'A draft made by ajar from its ledger. It holds no raw identifiers. A person decides whether it is sent, checks it against the authority’s own form, and fills in what is left blank (______).',
  to: 'To',
  under: 'Under',
  stage: {
    notification: 'Notification',
    preliminary: 'Preliminary report',
    final: 'Final report',
  },
  reference: 'Our reference',
  unverified: 'This deadline could not be read in a source by ajar; check it with the authority.',
  deadline: {
    head: '1. Time',
    known: 'First known',
    due: 'Due',
    asSoonAsPracticable: 'as soon as practicable',
    late: (by) => `LATE by ${by}`,
    lateReason: 'Reasons for the delay',
    left: (by) => `${by} left`,
    told: (at) => `already told on ${at}`,
    toldLate: (at) => `already told on ${at}, LATE`,
    assessment: 'counted from first knowledge; no assessment is noted yet',
    hours: (count) => `${count} ${count === 1 ? 'hour' : 'hours'}`,
    days: (count) => `${count} ${count === 1 ? 'day' : 'days'}`,
  },
  who: {
    head: '2. Who notifies',
    organisation: 'Organisation',
    contact: 'Contact (name, telephone, e-mail)',
    officer: 'Data protection officer',
  },
  what: {
    head: '3. What happened',
    place: 'Place',
    readers: 'Who could read it',
    cause: 'Why',
    since: 'The oldest of it has lain there since',
    sinceUnknown: 'Since when is not known; the provider gives no dates',
    state: 'Now',
    closed: (at) => `closed; the same unsigned requests were refused on ${at}`,
    open: {
      open: 'still open',
      'partly-open': 'still open in part',
      'open-to-any-account': 'still open to any account of that cloud',
      unknown: 'not known to be closed',
      closed: 'contents closed; the list of names was open',
    },
    accessed: 'Whether anybody has read it (access logs)',
  },
  data: {
    head: '4. Whose data',
    people: 'People',
    peopleNote: 'distinct people, counted in what was read',
    kinds: 'Kinds of data',
    samples: 'Masked examples',
    special: 'Special categories, children, other vulnerable people',
  },
  harm: { head: '5. Likely consequences', ask: 'Likely consequences for those affected' },
  measures: {
    head: '6. Measures',
    none: 'None is in the ledger yet.',
    further: 'Further measures taken or planned',
    prevention: 'So that it does not happen again',
  },
  affected: { head: '7. Those affected', ask: 'Were they told, when and how' },
  timeline: {
    head: '8. What is in the ledger',
    at: 'At (UTC)',
    by: 'By',
    what: 'What',
    seen: ({ again }) => (again ? 'the scan saw it again after it was fixed' : 'the scan saw it'),
    status: ({ from, to, reason: why }) => `status ${from} → ${to}${reason(why)}`,
    proof: ({ result, requests, answered }) =>
      `proof: ${result} (${answered} of ${requests} unsigned requests got through)`,
    assessed: ({ regulator, notifiable, reason: why }) =>
      `${regulator}: assessed as ${notifiable ? 'notifiable' : 'not notifiable'}${reason(why)}`,
    told: ({ whom, id, channel, reference }) =>
      `told ${{ owner: 'the department', 'privacy-officer': 'the privacy officer of', regulator: 'the authority' }[whom]} ${id} by ${channel}${reference === null ? '' : ` (${reference})`}`,
  },
  proofOf: (hash, chain, seq) =>
    `The ledger is append-only and chained; its last entry here is ${chain}:${seq}:${hash}.`,
};
