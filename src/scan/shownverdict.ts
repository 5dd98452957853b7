/** A verdict as reports hold it: masked, since its reasons name keys and addresses. */
import type { Because, Verdict } from '../model/access.ts';
import { becauseText } from '../model/because.ts';
import type { FindingVerdict } from '../model/finding.ts';

/** The reasons both as sentences, each once, and as data. */
export function shownVerdict(
  { read, list }: Verdict,
  because: readonly Because[],
  mask: (text: string) => string,
): FindingVerdict {
  const disagreement = read.disagreement ?? list.disagreement;
  return {
    read: read.state,
    list: list.state,
    because: [...new Set(because.map((one) => mask(becauseText(one))))],
    reasons: because.map(({ code, params }) => ({
      code,
      params: Object.fromEntries(Object.entries(params).map(([name, text]) => [name, mask(text)])),
    })),
    disagreement: disagreement === null ? null : mask(disagreement),
  };
}
