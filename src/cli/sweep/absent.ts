/**
 * A guessed place that is not there is an answer, not something that was missed: it must not stand in
 * the report among the gaps. So a guess is looked at before it becomes an asset.
 */
import type { Asset } from '../../model/asset.ts';
import { ScanError } from '../../model/errors.ts';
import type { Gap } from '../../model/gap.ts';
import type { Connection, Probed, Provider, TargetSpec } from '../../model/provider.ts';

export interface Absence {
  /** Does a name that does not resolve say that nothing is there? Where every name resolves, it says that the network is down. */
  readonly byName: boolean;
  readonly onAbsent: (spec: TargetSpec, why: string) => void;
}

/** The same provider, silent where nothing is there. */
export function unlessAbsent(provider: Provider, { byName, onAbsent }: Absence): Provider {
  return {
    ...provider,
    async connect(spec, context) {
      const connection = await provider.connect(spec, context);
      const probed = new Map<string, Probed>();
      return {
        ...connection,
        assets: () => present(connection, probed, byName, (why) => onAbsent(spec, why)),
        // Asked once: the scan gets what was seen before.
        probes: async (asset) => probed.get(asset.id) ?? connection.probes(asset),
      };
    },
  };
}

async function* present(
  connection: Connection,
  known: Map<string, Probed>,
  byName: boolean,
  onAbsent: (why: string) => void,
): AsyncGenerator<{ readonly asset: Asset } | { readonly gap: Gap }> {
  for await (const found of connection.assets()) {
    const gaps = 'gap' in found ? [found.gap] : await gapsOf(connection, found.asset, known);
    const why = gaps.map((gap) => absence(gap, byName)).find((one) => one !== null);
    if (why === undefined || why === null) yield found;
    else onAbsent(why);
  }
}

async function gapsOf(
  connection: Connection,
  asset: Asset,
  known: Map<string, Probed>,
): Promise<readonly Gap[]> {
  try {
    const probed = await connection.probes(asset);
    known.set(asset.id, probed);
    // Azure hides a private container behind the answer for a missing one, and has no gap for it.
    const hidden = probed.facts.filter(({ source }) => source === 'probe').some(isNotThere);
    return hidden ? [notThere(asset), ...probed.gaps] : probed.gaps;
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    return [{ code: error.code, asset: asset.id, what: null, detail: error.detail }];
  }
}

function isNotThere({ because }: Probed['facts'][number]): boolean {
  return because.params.status === '404' && because.code.startsWith('probe.list');
}

function notThere(asset: Asset): Gap {
  const detail = 'the service answers that there is nothing, or hides it (HTTP 404)';
  return { code: 'not-found', asset: asset.id, what: null, detail };
}

/** Null where it may be there after all. */
function absence({ code, detail }: Gap, byName: boolean): string | null {
  if (code === 'not-found') return detail;
  return byName && /does not resolve \(ENOTFOUND\)/.test(detail)
    ? 'the name does not resolve'
    : null;
}
