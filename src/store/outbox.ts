/**
 * Messages between being written and being sent. A claim belongs to one process; when that is gone
 * without having said what became of it, nobody can know, and the message is `unsure`.
 */
import type { Message, MessageState, NewMessage } from '../model/message.ts';
import { type Database, must, type Row, type Session, text } from './database.ts';
import { ownHead, steady } from './ledger.ts';
import { isAlive } from './process.ts';
import * as sql from './queries.ts';
import { insertMany, listed } from './statement.ts';

/** Within a transaction. A message whose id is there changes nothing. */
export async function saveMessages(
  session: Session,
  messages: readonly NewMessage[],
  at: string,
): Promise<void> {
  await insertMany(session, sql.insertMessage, messages, (message) => {
    const { id, channel, to, subject, text: words, language, attachments, about } = message;
    const body = { channel, to, subject, text: words, language, attachments, about };
    return [id, at, 'waiting', 0, at, JSON.stringify(body)];
  });
}

function messageOf(row: Row): Message {
  const body = JSON.parse(must(row, 'body')) as Omit<NewMessage, 'id'>;
  return {
    ...body,
    id: must(row, 'id'),
    state: must(row, 'state') as MessageState,
    attempts: Number(row.attempts),
    nextAt: must(row, 'next_at'),
    error: text(row, 'error'),
  };
}

async function giveUpOnTheDead(db: Database, now: Date): Promise<void> {
  for (const row of await db.all(sql.claimed)) {
    const holder = text(row, 'holder');
    if (isAlive(holder, text(row, 'claimed_at'), now)) continue;
    await db.run(sql.lost, [must(row, 'id'), holder ?? '']);
  }
}

export async function claimMessages(
  db: Database,
  holder: string,
  limit: number,
  now: Date,
): Promise<readonly Message[]> {
  await giveUpOnTheDead(db, now);
  // Not the bare clock: set back, it would hold up messages that were written before.
  const at = steady(await ownHead(db, { lock: false }), now);
  const rows = await db.all(sql.claim, [holder, now.toISOString(), at, limit]);
  return rows.map(messageOf).sort((a, b) => (a.nextAt < b.nextAt ? -1 : 1));
}

export async function readMessages(
  db: Database,
  states: readonly MessageState[] | undefined,
  now: Date,
): Promise<readonly Message[]> {
  await giveUpOnTheDead(db, now);
  const rows = states ? await listed(db, sql.messagesIn, states) : await db.all(sql.messages);
  return rows.map(messageOf);
}

export async function readMessage(db: Database, id: string, now: Date): Promise<Message | null> {
  await giveUpOnTheDead(db, now);
  const [row] = await db.all(sql.message, [id]);
  return row ? messageOf(row) : null;
}

export async function readUnnoted(db: Database, now: Date): Promise<readonly Message[]> {
  await giveUpOnTheDead(db, now);
  return (await db.all(sql.unnoted)).map(messageOf);
}
