/** Every query, in the subset of SQL that SQLite and PostgreSQL share; `?` is a value. */
import type { Row, Session } from './database.ts';
import { type Condition, type Insert, insert, LIST, PAGE, where } from './statement.ts';

const RECORD =
  'id, first_known, first_run, last_run, last_seen, urgency, body, status, status_by, status_at, status_reason, status_until, assigned';
const ENTRY = 'chain, seq, at, clock, kind, subject, written_by, body, once, previous, hash';
const MESSAGE = 'id, state, attempts, next_at, error, body';

export const beginRun: string =
  'INSERT INTO runs (id, started_at, finished_at, status, version, info, configuration, holder, beat_at) ' +
  'VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?)';
/** Also takes the run's row, so that nobody takes it over before this transaction is through. */
export const holdRun: string =
  "UPDATE runs SET beat_at = ? WHERE id = ? AND status = 'running' AND holder = ?";
export const takeRun: string =
  "UPDATE runs SET holder = ?, beat_at = ? WHERE id = ? AND status = 'running' AND COALESCE(holder, '') = ?";
export const endRun: string =
  'UPDATE runs SET finished_at = ?, status = ?, info = ?, report = ?, holder = NULL WHERE id = ?';
export const giveUpRun: string =
  "UPDATE runs SET status = 'interrupted', info = ?, holder = NULL WHERE id = ? AND status = 'running' AND COALESCE(holder, '') = ?";
export const runs: string =
  'SELECT id, status, info, holder, beat_at FROM runs ORDER BY started_at DESC, id DESC';
export const running: string =
  'SELECT r.id, r.info, r.configuration, r.holder, r.beat_at, ' +
  '(SELECT COUNT(*) FROM checkpoints c WHERE c.run = r.id) AS assets ' +
  "FROM runs r WHERE r.status = 'running' ORDER BY r.started_at DESC, r.id DESC";
export const report: string = 'SELECT id, report FROM runs WHERE id = ?';
export const latestReport: string =
  'SELECT id, report FROM runs WHERE report IS NOT NULL ORDER BY finished_at DESC, id DESC LIMIT 1';
export const latestRun: string =
  'SELECT id FROM runs WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, id DESC LIMIT 1';
export const sightings: string =
  'SELECT finding, body FROM sightings WHERE run = ? AND finding > ? ORDER BY finding LIMIT ?';

/** Of the runs that ended: oldest first, so that the last one written is the last seen. */
export const oldSightings: string =
  'SELECT r.started_at, s.run, s.finding, s.body FROM sightings s JOIN runs r ON r.id = s.run ' +
  'WHERE r.finished_at IS NOT NULL AND (r.started_at, s.run, s.finding) > (?, ?, ?) ' +
  'ORDER BY r.started_at, s.run, s.finding LIMIT ?';
export const rewriteSighting: string =
  'UPDATE sightings SET body = ? WHERE run = ? AND finding = ?';

export const saveCheckpoint: string =
  'INSERT INTO checkpoints (run, asset, body, persons) VALUES (?, ?, ?, ?) ' +
  'ON CONFLICT (run, asset) DO UPDATE SET body = excluded.body, persons = excluded.persons';
export const checkpoints: string =
  'SELECT asset, body, persons FROM checkpoints WHERE run = ? AND asset > ? ORDER BY asset LIMIT ?';
export const dropCheckpoints: string = 'DELETE FROM checkpoints WHERE run = ?';

export const known: string = `SELECT id, first_known FROM findings WHERE id IN (${LIST})`;
export const statuses: string = `SELECT id, status, status_at FROM findings WHERE id IN (${LIST})`;
export const setStatus: string =
  'UPDATE findings SET status = ?, status_by = ?, status_at = ?, status_reason = ?, status_until = ?, ' +
  'assigned = COALESCE(?, assigned) ' +
  'WHERE id = ? AND status IS NOT NULL';

/** Whose turn a finding is; see responsibleFor in src/model/lifecycle.ts. */
export const responsible: string =
  "CASE WHEN status = 'not-ours' THEN NULL ELSE COALESCE(assigned, owner) END";

export const lockChain: string = 'UPDATE chains SET seq = seq WHERE own = 1';
export const ownChain: string = 'SELECT id, seq, hash, at FROM chains WHERE own = 1';
export const moveChain: string = 'UPDATE chains SET seq = ?, hash = ?, at = ? WHERE id = ?';
export const makeChain: string =
  'INSERT INTO chains (id, own, seq, hash, at) VALUES (?, ?, ?, ?, ?)';
export const chains: string = 'SELECT id, own, seq, hash, at FROM chains ORDER BY own DESC, id';
export const entriesOnce: string = `SELECT ${ENTRY} FROM entries WHERE once IN (${LIST}) ORDER BY at, chain, seq`;
export const chainEntries: string = `SELECT ${ENTRY} FROM entries WHERE (chain, seq) > (?, ?) ORDER BY chain, seq LIMIT ?`;

export const claim: string =
  "UPDATE messages SET state = 'sending', holder = ?, claimed_at = ?, attempts = attempts + 1 " +
  "WHERE state = 'waiting' AND id IN (SELECT id FROM messages WHERE state = 'waiting' AND next_at <= ? " +
  `ORDER BY next_at, id LIMIT ?) RETURNING ${MESSAGE}`;
export const holdClaims: string =
  "UPDATE messages SET claimed_at = ? WHERE state = 'sending' AND holder = ?";
export const releaseRuns: string =
  "UPDATE runs SET holder = NULL WHERE status = 'running' AND holder = ?";
export const releaseClaims: string =
  "UPDATE messages SET holder = NULL WHERE state = 'sending' AND holder = ?";
export const beatRuns: string =
  "UPDATE runs SET beat_at = ? WHERE status = 'running' AND holder = ?";
export const claimed: string =
  "SELECT id, holder, claimed_at FROM messages WHERE state = 'sending'";
export const lost: string =
  "UPDATE messages SET state = 'unsure' WHERE id = ? AND state = 'sending' AND COALESCE(holder, '') = ?";
export const settle: string =
  'UPDATE messages SET state = ?, error = ?, next_at = COALESCE(?, next_at), holder = NULL WHERE id = ?';
export const messages: string = `SELECT ${MESSAGE} FROM messages ORDER BY created_at, id`;
export const messagesIn: string = `SELECT ${MESSAGE} FROM messages WHERE state IN (${LIST}) ORDER BY created_at, id`;

export const message: string = `SELECT ${MESSAGE} FROM messages WHERE id = ?`;
/** See outcomeOnce in src/model/message.ts. */
export const unnoted: string =
  `SELECT ${MESSAGE} FROM messages WHERE state IN ('sent', 'failed', 'unsure') AND NOT EXISTS (` +
  "SELECT 1 FROM entries WHERE once = 'message/' || messages.id || '/' || messages.state || " +
  "CASE WHEN messages.state = 'sent' THEN '' ELSE '/' || messages.attempts END) ORDER BY created_at, id";

export const saveLocator: string =
  'INSERT INTO locators (ref, sealed) VALUES (?, ?) ON CONFLICT (ref) DO UPDATE SET sealed = excluded.sealed';
export const locator: string = 'SELECT sealed FROM locators WHERE ref = ?';
export const saveReplay: string =
  'INSERT INTO replays (finding, sealed) VALUES (?, ?) ON CONFLICT (finding) DO UPDATE SET sealed = excluded.sealed';
export const replay: string = 'SELECT sealed FROM replays WHERE finding = ?';
export const insertFinding: Insert = insert(
  'findings',
  ['id', 'asset', 'first_known', 'first_run'],
  ' ON CONFLICT (id) DO UPDATE SET ' +
    'first_run = CASE WHEN excluded.first_known < findings.first_known THEN excluded.first_run ELSE findings.first_run END, ' +
    'first_known = CASE WHEN excluded.first_known < findings.first_known THEN excluded.first_known ELSE findings.first_known END',
);
export const insertSighting: Insert = insert(
  'sightings',
  ['run', 'finding', 'body'],
  ' ON CONFLICT (run, finding) DO UPDATE SET body = excluded.body',
);
/** Where another run that began later has finished already, its view stays. */
export const insertRecord: Insert = insert(
  'findings',
  [
    'id',
    'asset',
    'first_known',
    'first_run',
    'last_run',
    'last_seen',
    'urgency',
    'owner',
    'body',
    'status',
    'status_by',
    'status_at',
  ],
  ' ON CONFLICT (id) DO UPDATE SET last_run = excluded.last_run, last_seen = excluded.last_seen, ' +
    'urgency = excluded.urgency, owner = excluded.owner, body = excluded.body, ' +
    'status = COALESCE(findings.status, excluded.status), ' +
    'status_by = COALESCE(findings.status_by, excluded.status_by), ' +
    'status_at = COALESCE(findings.status_at, excluded.status_at) ' +
    'WHERE findings.last_seen IS NULL OR findings.last_seen <= excluded.last_seen',
);
/** The view of the run that began later stays. */
export const insertAsset: Insert = insert(
  'assets',
  ['id', 'provider', 'first_seen_run', 'last_seen_run', 'body'],
  ' ON CONFLICT (id) DO UPDATE SET last_seen_run = excluded.last_seen_run, body = excluded.body ' +
    'WHERE (SELECT started_at FROM runs WHERE id = assets.last_seen_run) <= ' +
    '(SELECT started_at FROM runs WHERE id = excluded.last_seen_run)',
);
export const insertSketch: Insert = insert(
  'sketches',
  ['run', 'subject', 'key_id', 'registers'],
  ' ON CONFLICT (run, subject) DO UPDATE SET registers = excluded.registers',
);
export const insertEntry: Insert = insert('entries', ENTRY.split(', '));
export const insertMessage: Insert = insert(
  'messages',
  ['id', 'created_at', 'state', 'attempts', 'next_at', 'body'],
  ' ON CONFLICT (id) DO NOTHING',
);

export function recordPage(
  session: Pick<Session, 'all'>,
  after: string,
  conditions: readonly Condition[],
): Promise<readonly Row[]> {
  const [tail, values] = where([{ sql: 'urgency > ?', values: [after] }, ...conditions], 'urgency');
  return session.all(`SELECT ${RECORD} FROM findings ${tail}`, [...values, PAGE]);
}

export interface EntryPlace {
  readonly at: string;
  readonly chain: string;
  readonly seq: number;
}

export function entryPage(
  session: Session,
  after: EntryPlace,
  conditions: readonly Condition[],
): Promise<readonly Row[]> {
  const beyond = {
    sql: '(at, chain, seq) > (?, ?, ?)',
    values: [after.at, after.chain, after.seq],
  };
  const [tail, values] = where([beyond, ...conditions], 'at, chain, seq');
  return session.all(`SELECT ${ENTRY} FROM entries ${tail}`, [...values, PAGE]);
}
