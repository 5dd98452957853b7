/** What both engines can do with a statement of the common subset. Every text of SQL is in queries.ts and schema.ts. */

export type Value = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, unknown>>;

export interface Session {
  all(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** How many rows it changed. */
  run(sql: string, values?: readonly Value[]): Promise<number>;
  /** Several statements without values. */
  script(sql: string): Promise<void>;
}

export interface Database extends Session {
  readonly engine: 'sqlite' | 'postgres';
  /** As a person knows it: the file, or the address without its password. */
  readonly name: string;
  /**
   * All of it or nothing; writers come one after the other where they touch the same rows. The body
   * may run again when another process was in the way, so it keeps its hands off everything else.
   */
  transaction<T>(body: (session: Session) => Promise<T>): Promise<T>;
  /** The one clock of all processes of this store: the machine's for a file, the server's for PostgreSQL. */
  now(): Promise<Date>;
  /** The schema's version; 0 for a store that is not there yet. */
  version(session: Session): Promise<number>;
  /** First in a migration's transaction: from here on nobody else migrates. */
  prepareSchema(session: Session): Promise<void>;
  setVersion(session: Session, version: number): Promise<void>;
  close(): Promise<void>;
}

/** PostgreSQL keeps no NUL and no half characters in text; what is hashed must come back as it was. */
export function keepable(words: string): string {
  return words.toWellFormed().replaceAll('\0', '\ufffd');
}

export function text(row: Row | undefined, column: string): string | null {
  const value = row?.[column];
  return value === null || value === undefined ? null : String(value);
}

/** For columns that are never null. */
export function must(row: Row, column: string): string {
  return String(row[column]);
}

export function bytesOf(row: Row | undefined, column: string): Uint8Array | null {
  const value = row?.[column];
  return value instanceof Uint8Array ? value : null;
}
