/** An extraction that does what a file's name says: what a parser would do that the file has taken over. */
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Extract, ObjectBytes } from '../../../src/model/extraction.ts';

const kept: Buffer[] = [];
let files = 0;

function firstBytes({ parts }: ObjectBytes): Uint8Array {
  return parts[0]?.bytes ?? new Uint8Array(0);
}

const DEEDS: Readonly<Record<string, (object: ObjectBytes) => unknown>> = {
  hang() {
    for (;;);
  },
  buffers() {
    for (;;) kept.push(Buffer.alloc(16 * 1024 * 1024, 1));
  },
  heap() {
    const all: string[][] = [];
    for (let at = 0; ; at += 1) all.push(Array.from({ length: 1_000 }, (_, one) => `${at} ${one}`));
  },
  crash() {
    setTimeout(() => {
      throw new Error('a parser’s own, with content in it');
    });
    return new Promise(() => {});
  },
  /** Fetches, and then crashes for what an earlier file has left in the process. */
  async fetchAndCrash({ more }) {
    await more?.read({ start: 0, end: 60 });
    if (files > 1) process.exit(1);
  },
  slow: () => new Promise((done) => setTimeout(done, 1_500)),
  /** A library that gives up on the first failure and leaves the second to nobody. */
  async leak() {
    void Promise.reject(new Error('a column’s own, with content in it'));
    await new Promise((done) => setTimeout(done, 50));
  },
  /** Held by the process after its file is done: the next file must not pay for it. */
  leave() {
    for (let count = 0; count < 16; count += 1) kept.push(Buffer.alloc(16 * 1024 * 1024, 1));
  },
  some: () => kept.push(Buffer.alloc(128 * 1024 * 1024, 1)),
  read: () => readFileSync('/etc/hostname'),
  write: (object) => writeFileSync(Buffer.from(firstBytes(object)).toString(), 'x'),
  async program() {
    const { execFileSync } = await import('node:child_process');
    execFileSync('true');
  },
  async thread() {
    const { Worker } = await import('node:worker_threads');
    new Worker('', { eval: true });
  },
  connect: (object) => connection(Number(Buffer.from(firstBytes(object)).toString())),
  fetch: (object) => fetch(`http://127.0.0.1:${Buffer.from(firstBytes(object)).toString()}/`),
  async name() {
    const { lookup } = await import('node:dns/promises');
    await lookup('localhost');
  },
  environment() {
    if (process.env.AJAR_TEST_SECRET === undefined) throw new Error('nothing there');
  },
};

function connection(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    connect(port, '127.0.0.1', resolve).once('error', reject);
  });
}

/** A file that names no deed is text. */
export const extract: Extract = async (object, sink) => {
  files += 1;
  await DEEDS[object.name]?.(object);
  const text = firstBytes(object);
  sink.piece({ text, locate: () => ({ label: 'line 1', row: null, column: null }) });
};
