/** What only merging and restoring ask, in the same subset of SQL. */
import { type Insert, insert, LIST } from './statement.ts';

const RUN = 'id, started_at, finished_at, status, version, info, report, configuration';
const RECORD =
  'id, asset, first_known, first_run, last_run, last_seen, urgency, owner, body, status, status_by, status_at';
const MESSAGE = 'id, created_at, state, attempts, next_at, error, body';

export const anyRun: string = 'SELECT 1 FROM runs LIMIT 1';
export const chain: string = 'SELECT id, own, seq, hash, at FROM chains WHERE id = ?';
export const entryHash: string = 'SELECT hash FROM entries WHERE chain = ? AND seq = ?';
export const disown: string = 'UPDATE chains SET own = 0 WHERE own = 1';
export const statusEntries: string = `SELECT subject, written_by, at, body FROM entries WHERE kind = 'finding.status' AND subject IN (${LIST}) ORDER BY at, chain, seq`;

export const runs: string = `SELECT ${RUN} FROM runs WHERE id > ? ORDER BY id LIMIT ?`;
export const runIds: string = 'SELECT id FROM runs';
export const findings: string = `SELECT ${RECORD} FROM findings WHERE id > ? ORDER BY id LIMIT ?`;
export const assets: string =
  'SELECT id, provider, first_seen_run, last_seen_run, body FROM assets WHERE id > ? ORDER BY id LIMIT ?';
export const gaps: string = 'SELECT body FROM gaps WHERE run = ?';
export const insertGap: Insert = insert('gaps', ['run', 'body']);
export const sketches: string =
  'SELECT subject, key_id, registers FROM sketches WHERE run = ? ORDER BY subject';
export const locators: string =
  'SELECT ref, sealed FROM locators WHERE ref > ? ORDER BY ref LIMIT ?';
export const replays: string =
  'SELECT finding, sealed FROM replays WHERE finding > ? ORDER BY finding LIMIT ?';
export const messages: string = `SELECT ${MESSAGE} FROM messages WHERE state IN ('sent', 'failed', 'unsure') AND id > ? ORDER BY id LIMIT ?`;

/** A run that was copied before it had ended is completed; one that goes on here is left alone. */
export const insertRun: Insert = insert(
  'runs',
  RUN.split(', '),
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
  MESSAGE.split(', '),
  ' ON CONFLICT (id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, ' +
    "error = excluded.error WHERE messages.state = 'waiting'",
);
export const doubtMessages: string =
  "UPDATE messages SET state = 'unsure', holder = NULL WHERE state IN ('waiting', 'sending')";
export const dropAllCheckpoints: string = 'DELETE FROM checkpoints';
