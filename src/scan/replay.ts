/** A finding's requests, so that a proof can repeat them without the scan's credentials or its listing. */
import { addressOf } from '../model/domain.ts';
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
  const outside = provider.outside?.(asset, spec, job.env) ?? withoutCredentials(spec);
  const target = withOthers(outside, reached);
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
function withOthers(target: TargetSpec, { others }: Reached): TargetSpec {
  const { domains = [] } = target;
  const known = new Set(domains.map((domain) => URL.parse(addressOf(domain))?.origin));
  const more = others.filter((origin) => !known.has(origin));
  return more.length > 0 ? { ...target, domains: [...domains, ...more] } : target;
}
