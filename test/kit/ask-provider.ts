/**
 * A scan's first steps in a process of its own, because proxies and trust come from the environment
 * that a process starts with: `node ask-provider.ts PROVIDER TARGET-AS-JSON` prints one JSON object.
 */
import { spawn } from 'node:child_process';
import { loadProviders } from '../../providers/registry.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { TargetSpec } from '../../src/model/provider.ts';
import { collect } from './collect.ts';

export interface Told {
  /** `NAME: read STATE, list STATE`, one an asset. */
  readonly assets: readonly string[];
  /** `CODE DETAIL` */
  readonly gaps: readonly string[];
}

/** Runs this file with exactly that environment. */
export async function askProvider(
  id: string,
  target: TargetSpec,
  env: Readonly<Record<string, string>>,
): Promise<Told> {
  const child = spawn(process.execPath, [import.meta.filename, id, JSON.stringify(target)], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([
    collect<Buffer>(child.stdout),
    collect<Buffer>(child.stderr),
  ]);
  try {
    return JSON.parse(Buffer.concat(out).toString('utf8')) as Told;
  } catch {
    throw new Error(`no answer from ${id}: ${Buffer.concat(err).toString('utf8')}`);
  }
}

async function main(id: string, target: TargetSpec): Promise<Told> {
  const provider = (await loadProviders()).find((one) => one.id === id);
  if (!provider) throw new Error(`no provider ${id}`);
  const connection = await provider.connect(target, {
    limits: { ...DEFAULT_LIMITS, requestTimeMs: 5_000 },
    signal: new AbortController().signal,
    env: process.env,
    allow: () => {},
  });
  const assets: string[] = [];
  const gaps: string[] = [];
  for await (const found of connection.assets()) {
    if ('gap' in found) {
      gaps.push(`${found.gap.code} ${found.gap.detail}`);
      continue;
    }
    const probed = await connection.probes(found.asset);
    const { read, list } = evaluate(probed.facts);
    assets.push(`${found.asset.name}: read ${read.state}, list ${list.state}`);
    gaps.push(...probed.gaps.map(({ code, detail }) => `${code} ${detail}`));
  }
  await connection.close();
  return { assets, gaps };
}

const [, script, id, target] = process.argv;
if (script === import.meta.filename && id !== undefined && target !== undefined) {
  process.stdout.write(JSON.stringify(await main(id, JSON.parse(target) as TargetSpec)));
}
