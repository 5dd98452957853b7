/** What the ledger keeps of a message's outcome, and who thereby knows of what. */
import type { NewEntry, Told } from '../model/ledger.ts';
import { type Message, type MessageState, outcomeOnce } from '../model/message.ts';
import type { Owner } from '../model/owner.ts';
import { nameOf } from './answer.ts';
import { addressesOf } from './nudge.ts';
import type { CampaignSettings } from './settings.ts';
import type { CampaignState } from './state.ts';

type Outcome = Exclude<MessageState, 'sending'>;

export interface OutcomeContext {
  readonly campaigns: readonly CampaignState[];
  readonly departments: readonly Owner[];
  readonly settings: CampaignSettings;
}

const KIND = {
  sent: 'message.sent',
  failed: 'message.failed',
  unsure: 'message.unsure',
} as const;

/** Empty while the message waits. Each has its `once`: noting the same outcome again changes nothing. */
export function outcomeEntries(
  message: Message,
  outcome: Outcome,
  context: OutcomeContext,
): readonly NewEntry[] {
  if (outcome === 'waiting') return [];
  const { id, about, channel, to, attempts } = message;
  const noted: NewEntry = {
    kind: KIND[outcome],
    subject: id,
    by: 'ajar',
    body: { about, channel, to },
    once: outcomeOnce(id, outcome, attempts),
  };
  return outcome === 'sent' ? [noted, ...toldBy(message, context)] : [noted];
}

/** A list that arrived tells the department, and its privacy officer where it went to that address too. */
function toldBy(message: Message, context: OutcomeContext): readonly NewEntry[] {
  const { campaigns, departments, settings } = context;
  const [campaignId, owner, key] = message.id.split('/');
  const campaign = campaigns.find(({ id }) => id === campaignId);
  const list = campaign?.lists.find((one) => nameOf(one.owner) === owner);
  if (key !== 'list' || !campaign || !list || list.owner === null) return [];
  const department = departments.find(({ id }) => id === list.owner);
  // Without an address of its own the list went to the office, which knew; an empty one tells of nothing.
  const bare = { ...settings, office: { ...settings.office, to: [] } };
  if (!department || list.findings.length === 0) return [];
  if (addressesOf(department, bare).length === 0) return [];
  const officers = (department.contacts ?? [])
    .filter(({ role }) => role === 'privacy-officer')
    .map(({ email }) => email);
  const whom: readonly Told['whom'][] = message.to.some((address) => officers.includes(address))
    ? ['owner', 'privacy-officer']
    : ['owner'];
  return whom.map((who): NewEntry => {
    const body: Told = {
      whom: who,
      id: list.owner ?? '',
      channel: message.channel,
      reference: null,
    };
    return {
      kind: 'told',
      subject: campaign.id,
      by: 'ajar',
      body,
      once: `told/${message.id}/${who}`,
    };
  });
}
