/** A finding's requests, so that a proof can repeat them without the scan's credentials or its listing. */
import type { Asset } from '../model/asset.ts';
import type { TargetSpec } from '../model/provider.ts';
import type { Replay } from '../model/replay.ts';
import type { AssetInput } from './asset.ts';
import type { Concluded } from './conclude.ts';
import type { AssetPlan, Reached } from './plan.ts';

/** Before the findings themselves are saved: one without its replay could never be proved closed. */
export async function keepReplays(
  input: AssetInput,
  { reached }: Pick<AssetPlan, 'reached'>,
  concluded: readonly Concluded[],
): Promise<void> {
  const { job, asset, provider, spec } = input;
  if (job.replays === undefined) return;
  const target = withOrigins(
    provider.outside?.(asset, spec, job.env) ?? withoutCredentials(spec),
    asset,
    reached,
  );
  for (const { finding, slice, exposed } of concluded) {
    const replay: Replay = {
      schema: 'ajar-replay/1',
      provider: provider.id,
      target,
      asset,
      slice,
      listed: reached.list,
      objects: exposed,
    };
    await job.replays.save(finding.id, replay);
  }
}

function withoutCredentials({
  credentials: _,
  keys: __,
  role: ___,
  ...spec
}: TargetSpec): TargetSpec {
  return { ...spec, anonymous: true };
}

/** Doors that answered and that nobody had named have to be tried again too. */
function withOrigins(target: TargetSpec, asset: Asset, { origins }: Reached): TargetSpec {
  const named = (target.domains ?? []).map((one) => (one.includes('://') ? one : `https://${one}`));
  const known = new Set(
    [asset.url, ...named].flatMap((url) => (URL.canParse(url) ? [new URL(url).origin] : [])),
  );
  const others = origins.filter((origin) => !known.has(origin));
  return others.length > 0
    ? { ...target, domains: [...(target.domains ?? []), ...others] }
    : target;
}
