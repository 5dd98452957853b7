/**
 * Who holds a run or a message, and whether that process still lives.
 *
 * On one machine the system knows: a process id together with when it started, within one boot and
 * one process namespace (containers have process 1 each). From another machine only the lease tells. A store
 * that is closed lets go of what it holds.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';

/** A holder that has not been heard of for so long is gone. */
export const LEASE_MS = 60_000;
export const BEAT_MS = 10_000;

export interface Holder {
  /** Machine, boot and process namespace: within it a process id means something. */
  readonly place: string;
  readonly pid: number;
  /** As the system counts it; null where it does not say. */
  readonly started: string | null;
  /** Tells two holders in one process apart. */
  readonly token: string;
}

const HOLDER: v.GenericSchema<unknown, Holder> = v.object({
  place: v.string(),
  pid: v.number(),
  started: v.nullable(v.string()),
  token: v.string(),
});

function quietly<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    // Not Linux, or not ours to see: the lease decides then.
    return null;
  }
}

function place(): string {
  const boot = quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = quietly(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot ?? '', namespace ?? ''].join(' ');
}

/** Clock ticks since boot: the 22nd field, counted after the command's closing bracket. */
function startOf(pid: number): string | null {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/** A new holder in this process: each opened store is one of its own. */
export function createHolder(): Holder {
  return {
    place: place(),
    pid: process.pid,
    started: startOf(process.pid),
    token: randomBytes(8).toString('hex'),
  };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's, and alive.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** What this machine's system says of it; null where it cannot tell. */
function verdictHere(holder: Holder): boolean | null {
  if (holder.place !== place()) return null;
  if (!exists(holder.pid) || startOf(holder.pid) !== holder.started) return false;
  // Without a start the number may be another process's by now.
  return holder.started === null ? null : true;
}

/**
 * Whether the holder still lives, given when it was last heard of. A beat from the future by more than
 * a lease was made before the clock was set back, and counts as old.
 */
export function isAlive(holder: string | null, beatAt: string | null, now: Date): boolean {
  if (holder === null || beatAt === null) return false;
  const parsed = v.safeParse(
    HOLDER,
    quietly(() => JSON.parse(holder)),
  );
  const here = parsed.success ? verdictHere(parsed.output) : null;
  return here ?? Math.abs(now.getTime() - Date.parse(beatAt)) < LEASE_MS;
}
