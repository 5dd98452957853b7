/** What only merging and restoring ask, in the same subset of SQL. */
import { insertAsset, insertRecord } from './queries.ts';
import { type Insert, insert, LIST } from './statement.ts';

export const anyRun: string = 'SELECT 1 FROM runs LIMIT 1';
export const chain: string = 'SELECT id, own, seq, hash, at FROM chains WHERE id = ?';
export const entryHash: string = 'SELECT hash FROM entries WHERE chain = ? AND seq = ?';
export const disown: string = 'UPDATE chains SET own = 0 WHERE own = 1';
export const statusEntries: string = `SELECT subject, written_by, at, body FROM entries WHERE kind = 'finding.status' AND subject IN (${LIST}) ORDER BY at, chain, seq`;

export const runIds: string = 'SELECT id FROM runs';
export const gaps: string = 'SELECT body FROM gaps WHERE run = ?';
export const insertGap: Insert = insert('gaps', ['run', 'body']);
export const sketches: string =
  'SELECT subject, key_id, registers FROM sketches WHERE run = ? ORDER BY subject';

/** A run that was copied before it had ended is completed; one that goes on here is left alone. */
export const insertRun: Insert = insert(
  'runs',
  ['id', 'started_at', 'finished_at', 'status', 'version', 'info', 'report', 'configuration'],
  ' ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at, status = excluded.status, ' +
    'info = excluded.info, report = excluded.report ' +
    "WHERE runs.finished_at IS NULL AND excluded.finished_at IS NOT NULL AND runs.status <> 'running'",
);
export const insertLocator: Insert = insert(
  'locators',
  ['ref', 'sealed'],
  ' ON CONFLICT (ref) DO NOTHING',
);
export const insertReplay: Insert = insert(
  'replays',
  ['finding', 'sealed'],
  ' ON CONFLICT (finding) DO NOTHING',
);
/** What the other store has sent is not to be sent from here again. */
export const insertMessage: Insert = insert(
  'messages',
  ['id', 'created_at', 'state', 'attempts', 'next_at', 'error', 'body'],
  ' ON CONFLICT (id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, ' +
    "error = excluded.error WHERE messages.state = 'waiting'",
);

/** A page of what a statement takes, by its first column. */
function pageFor({ columns }: Insert, table: string, only = ''): string {
  const [key = ''] = columns;
  return `SELECT ${columns.join(', ')} FROM ${table} WHERE ${only}${key} > ? ORDER BY ${key} LIMIT ?`;
}

export const runs: string = pageFor(insertRun, 'runs');
export const findings: string = pageFor(insertRecord, 'findings');
export const assets: string = pageFor(insertAsset, 'assets');
export const locators: string = pageFor(insertLocator, 'locators');
export const replays: string = pageFor(insertReplay, 'replays');
export const messages: string = pageFor(
  insertMessage,
  'messages',
  "state IN ('sent', 'failed', 'unsure') AND ",
);

export const doubtMessages: string =
  "UPDATE messages SET state = 'unsure', holder = NULL WHERE state IN ('waiting', 'sending')";
export const dropAllCheckpoints: string = 'DELETE FROM checkpoints';
