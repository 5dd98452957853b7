/** Ledger entries in words, one line each. */
import type { CampaignAnswer, CampaignNudge, CampaignStarted } from '../model/campaign.ts';
import type {
  Assessed,
  Entry,
  EntryKind,
  FindingSeen,
  ProofSummary,
  RunFinished,
  Told,
} from '../model/ledger.ts';
import type { StatusChange } from '../model/lifecycle.ts';
import { counted } from '../report/numbers.ts';

/** `2026-03-05 10:00 UTC`; what is no instant stays as it is. */
export function instantText(iso: string): string {
  return Number.isNaN(Date.parse(iso))
    ? iso
    : `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `2026-03-05`, in UTC. */
export function dateText(iso: string): string {
  return Number.isNaN(Date.parse(iso)) ? iso : new Date(iso).toISOString().slice(0, 10);
}

function because(reason: string | null): string {
  return reason === null ? '' : `: ${reason}`;
}

function statusText({ from, to, reason, until, owner }: StatusChange): string {
  const given = owner === undefined ? '' : `, given to ${owner}`;
  const end = until === null ? '' : ` until ${dateText(until)}`;
  return `${from} → ${to}${end}${given}${because(reason)}`;
}

function answerText({ owner, all, answers }: CampaignAnswer): string {
  const parts = answers.map(({ finding, answer }) => `${finding} ${answer}`);
  const whole = all === null ? [] : [all];
  return `${owner ?? 'the office'} answered: ${[...whole, ...parts].join(', ')}`;
}

const WORDS: Readonly<Record<EntryKind, (body: object) => string>> = {
  'run.finished': (body) => {
    const { status, assets, findings, people, gaps } = body as RunFinished;
    const counts = [
      counted(assets, 'asset', 'assets'),
      counted(findings, 'finding', 'findings'),
      counted(people, 'person', 'people'),
      counted(gaps, 'gap', 'gaps'),
    ];
    return `run ${status}: ${counts.join(', ')}`;
  },
  'finding.seen': (body) => {
    const { run, again, severity, people } = body as FindingSeen;
    const many = people.atLeast === people.atMost ? '' : 'at least ';
    const those = `${many}${counted(people.atLeast, 'person', 'people')}`;
    return `${again ? 'seen again after it was fixed' : 'seen for the first time'}, ${severity}, ${those} (run ${run.slice(0, 8)})`;
  },
  'finding.status': (body) => statusText(body as StatusChange),
  'finding.proof': (body) => {
    const { result, requests, answered } = body as ProofSummary;
    return `proof: ${result}, ${answered} of ${requests} requests got through`;
  },
  'finding.assessed': (body) => {
    const { regulator, notifiable, reason } = body as Assessed;
    return `assessed: ${notifiable ? 'to be told to' : 'not to be told to'} ${regulator}${because(reason)}`;
  },
  told: (body) => {
    const { whom, id, channel, reference } = body as Told;
    return `told ${whom} ${id} by ${channel}${reference === null ? '' : ` (${reference})`}`;
  },
  'campaign.started': (body) => {
    const { name, due, lists } = body as CampaignStarted;
    return `campaign "${name}" started: ${lists.length} departments, due ${dateText(due)}`;
  },
  'campaign.answered': (body) => answerText(body as CampaignAnswer),
  'campaign.reminded': (body) => {
    const { owner, to } = body as CampaignNudge;
    return `${owner ?? 'the office'} reminded: ${to}`;
  },
  'campaign.escalated': (body) => {
    const { owner, step, to } = body as CampaignNudge;
    return `${owner ?? 'the office'} escalated, step ${step}: ${to}`;
  },
  'campaign.ended': () => 'campaign ended',
  'message.sent': (body) => messageText('sent', body),
  'message.failed': (body) => messageText('could not be sent', body),
  'message.unsure': (body) => messageText('may have been sent', body),
  'store.merged': (body) => {
    const { head, entries } = body as { head?: unknown; entries?: unknown };
    return `another store's ledger taken over: ${String(entries)} entries, head ${String(head)}`;
  },
};

function messageText(what: string, body: object): string {
  const { about, channel, to } = body as { about?: unknown; channel?: unknown; to?: unknown };
  const addresses = Array.isArray(to) && to.length > 0 ? ` to ${to.join(', ')}` : '';
  return `message ${what} by ${String(channel)}${addresses}, about ${String(about)}`;
}

/** What happened, without when and by whom. */
export function entryText({ kind, body }: Pick<Entry, 'kind' | 'body'>): string {
  return WORDS[kind](body);
}
