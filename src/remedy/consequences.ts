/** What else ends when a door is shut: told first, as far as the scan has seen it. */
import type { Because } from '../model/access.ts';
import type { Asset } from '../model/asset.ts';
import type { RemedyStep } from '../model/finding.ts';

/** A bucket behind a domain of its own has to be called like it. */
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9-]+\.)+[a-z]{2,}$/i;

/**
 * `served` are further addresses that answered without credentials, or that the target names. One
 * step without a command, or none where nothing speaks for other readers.
 */
export function consequences(
  asset: Asset,
  verdictBecause: readonly Because[],
  served: readonly string[],
): readonly RemedyStep[] {
  const known = [
    served.length > 0 ? `it is served at ${served.join(', ')} too` : '',
    asset.kind === 'bucket' && DOMAIN.test(asset.name)
      ? `it is called like the domain ${asset.name}, as the buckets of websites are`
      : '',
    verdictBecause.some(({ code }) => code === 'azure.web.served')
      ? 'it is the static website of its account'
      : '',
  ].filter((part) => part !== '');
  if (known.length === 0) return [];
  const what =
    `Before you close it: ${known.join('; ')}. Pages, programs and partners that read it there stop ` +
    'working. Its access log, where one is kept, shows who reads it now; move what has to stay ' +
    'public to a place of its own, but do not leave the people in it exposed meanwhile.';
  return [{ purpose: 'close', what, command: '' }];
}
