/** Which permissions of the scanning role are missing at the targets of a configuration, for a person to read. */
import { loadProviders, providerFor } from '../../providers/registry.ts';
import { ScanError } from '../model/errors.ts';
import type { PermissionCheck, Provider, TargetSpec } from '../model/provider.ts';
import { proxyHosts, raiseWall } from '../net/scope.ts';
import type { Config } from './config.ts';
import { trust } from './root.ts';

const SIGN = { granted: '✓', refused: '✗', 'not-tried': '·' } as const;
/** Wide enough for all but the longest names of Azure. */
const COLUMN = 40;

/** True where no permission is missing. Throws UsageError before anything is sent. */
export async function tryTargets(config: Config, say: (line: string) => void): Promise<boolean> {
  const providers = await loadProviders();
  const targets = config.targets.map((spec) => ({ spec, provider: providerFor(spec, providers) }));
  const hosts = targets.flatMap(({ spec, provider }) => provider.plan(spec, process.env).hosts);
  await trust(config.ca);
  const wall = raiseWall([...hosts, ...config.hosts, ...proxyHosts(process.env)]);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const context = {
    limits: config.limits,
    signal: stop.signal,
    env: process.env,
    allow: (host: string, port: number) => wall.allow(host, port),
  };
  let whole = true;
  for (const { spec, provider } of targets) {
    say(`${spec.name ?? spec.uri} (${provider.title})`);
    whole = (await tryOne(provider, spec, context, say)) && whole;
  }
  return whole;
}

async function tryOne(
  provider: Provider,
  spec: TargetSpec,
  context: Parameters<NonNullable<Provider['tryPermissions']>>[1],
  say: (line: string) => void,
): Promise<boolean> {
  if (!provider.tryPermissions || spec.anonymous) {
    say('  · no role is needed: nothing is asked with credentials');
    return true;
  }
  const counts = { granted: 0, refused: 0, 'not-tried': 0 };
  try {
    for await (const check of provider.tryPermissions(spec, context)) {
      counts[check.state] += 1;
      say(lineOf(check));
    }
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    say(`  ✗ ${error.detail}`);
    return false;
  }
  const { granted, refused } = counts;
  const advice = refused === 0 ? '' : `; the whole role: ajar doctor --permissions ${provider.id}`;
  say(`  ${granted} there, ${refused} missing, ${counts['not-tried']} not tried${advice}`);
  return refused === 0;
}

function lineOf({ permission, state, detail }: PermissionCheck): string {
  if (state === 'granted') return `  ${SIGN[state]} ${permission}`;
  // The line names the permission already; what is left to say is how it was refused.
  const answer = /\((HTTP [^)]*)\)/.exec(detail)?.[1];
  const why = state === 'refused' ? `missing (${answer ?? detail})` : `not tried: ${detail}`;
  return `  ${SIGN[state]} ${permission.padEnd(COLUMN)} ${why}`;
}
