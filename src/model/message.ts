/**
 * Messages to people and systems, and the outbox they wait in.
 *
 * A message is written in the same transaction as the ledger entries it belongs to, under an id that
 * is made from what it says; writing it again changes nothing. Before it goes out it is claimed. If
 * the process dies between handing it over and noting that, nobody can know whether it arrived: it
 * then is `unsure`, shown to a person, and never sent again by itself.
 */
import type { Language } from './language.ts';

export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

export interface NewMessage {
  /** The same for the same message: `campaign-7/lands/list`. Also its Message-ID and idempotency key. */
  readonly id: string;
  /** A channel of the configuration: `mail`, `chat`, `tickets`. */
  readonly channel: string;
  /** Addresses, for mail; empty where the channel knows where it leads. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly language: Language;
  readonly attachments: readonly Attachment[];
  /** The campaign, finding or run it is about. */
  readonly about: string;
}

export type MessageState = 'waiting' | 'sending' | 'sent' | 'failed' | 'unsure';

/** What became of a message, once that is known. */
export type Settled = Exclude<MessageState, 'waiting' | 'sending'>;

/** The `once` of its ledger entry: a message is sent once; it may fail, or be unsure, once an attempt. */
export function outcomeOnce(id: string, outcome: Settled, attempts: number): string {
  return outcome === 'sent' ? `message/${id}/sent` : `message/${id}/${outcome}/${attempts}`;
}

export interface Message extends NewMessage {
  readonly state: MessageState;
  readonly attempts: number;
  /** ISO 8601; not before. */
  readonly nextAt: string;
  /** Of the last attempt, masked; null without. */
  readonly error: string | null;
}
