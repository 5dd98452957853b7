/**
 * Sends what is due. One message is claimed at a time, so that a process that dies leaves at most
 * one of which nobody knows whether it arrived.
 */
import type { NewEntry } from '../model/ledger.ts';
import type { Message, MessageState } from '../model/message.ts';
import type { Archive } from '../model/store.ts';
import type { Delivery, Sender } from './delivery.ts';

export type Outbox = Pick<Archive, 'claim' | 'settle' | 'append'>;
export type Outcome = Exclude<MessageState, 'sending'>;

export interface SendOptions {
  /** The channel's sender, or why there is none that could be used. */
  readonly senderFor: (channel: string) => Sender | { readonly problem: string };
  /** What the ledger keeps of an outcome. */
  readonly entriesFor: (message: Message, outcome: Outcome) => readonly NewEntry[];
  /** Told of each as it happens; `detail` is the error or note. */
  readonly onOutcome: (message: Message, outcome: Outcome, detail: string | null) => void;
  /** Ends it after the message that is on its way. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Waits within one call, before the message goes back to wait in the outbox. */
  readonly quickWaitsMs?: readonly number[];
}

export type Tally = Readonly<Record<Outcome, number>>;

/** Two short waits bridge a restart; longer ones are the outbox's. */
const QUICK_WAITS_MS: readonly number[] = [500, 2000];
const MINUTE_MS = 60_000;
/** Minutes from the n-th failed call to the next; after the last the message has failed. Two days in all. */
const BACKOFF_MINUTES: readonly number[] = [1, 5, 15, 60, 240, 720, 1440];
/** A server that asks for a year is asked again tomorrow. */
const LONGEST_WAIT_MINUTES = 1440;
/** A channel that is not set up right is looked at again so often. */
const PROBLEM_MINUTES = 15;

/** Until nothing is due or the signal stops it. Gives the number of messages by what became of them. */
export async function sendDue(outbox: Outbox, options: SendOptions): Promise<Tally> {
  const tally = { waiting: 0, sent: 0, failed: 0, unsure: 0 };
  while (!options.signal.aborted) {
    const [message] = await outbox.claim(1);
    if (!message) break;
    tally[await sendOne(outbox, message, options)] += 1;
  }
  return tally;
}

async function sendOne(outbox: Outbox, message: Message, options: SendOptions): Promise<Outcome> {
  const sender = options.senderFor(message.channel);
  if ('problem' in sender) {
    await outbox.settle(message.id, 'waiting', sender.problem, later(options, PROBLEM_MINUTES));
    options.onOutcome(message, 'waiting', sender.problem);
    return 'waiting';
  }
  const delivery = await deliver(sender, message, options);
  const { outcome, detail, nextAt } = settled(delivery, message, options);
  await outbox.settle(message.id, outcome, detail, nextAt);
  const entries = options.entriesFor(message, outcome);
  if (entries.length > 0) await outbox.append(entries);
  options.onOutcome(message, outcome, detail);
  return outcome;
}

async function deliver(sender: Sender, message: Message, options: SendOptions): Promise<Delivery> {
  const { signal, quickWaitsMs = QUICK_WAITS_MS } = options;
  let delivery = await sender.send(message);
  for (const waitMs of quickWaitsMs) {
    if (delivery.outcome !== 'retry' || signal.aborted) return delivery;
    // A server that asks for more patience than this is asked again from the outbox.
    if ((delivery.afterMs ?? 0) > waitMs) return delivery;
    await new Promise((done) => setTimeout(done, waitMs));
    delivery = await sender.send(message);
  }
  return delivery;
}

interface Settled {
  readonly outcome: Outcome;
  readonly detail: string | null;
  readonly nextAt: string | null;
}

function settled(delivery: Delivery, message: Message, options: SendOptions): Settled {
  if (delivery.outcome === 'sent') return { outcome: 'sent', detail: delivery.note, nextAt: null };
  const { error } = delivery;
  if (delivery.outcome === 'unsure') return { outcome: 'unsure', detail: error, nextAt: null };
  const minutes = BACKOFF_MINUTES[message.attempts - 1];
  if (delivery.outcome === 'refused' || minutes === undefined) {
    return { outcome: 'failed', detail: error, nextAt: null };
  }
  const asked = Math.min((delivery.afterMs ?? 0) / MINUTE_MS, LONGEST_WAIT_MINUTES);
  return { outcome: 'waiting', detail: error, nextAt: later(options, Math.max(minutes, asked)) };
}

function later({ now }: SendOptions, minutes: number): string {
  return new Date(now().getTime() + minutes * MINUTE_MS).toISOString();
}
