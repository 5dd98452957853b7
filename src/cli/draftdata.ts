/** `ajar ledger export`: which clock is meant, and the draft for it. */
import { clockOf, firstKnown } from '../campaign/clocks.ts';
import { RULES } from '../campaign/regulators/index.ts';
import type { Clock } from '../model/clock.ts';
import { UsageError } from '../model/errors.ts';
import type { Language } from '../model/language.ts';
import { type OpenArchive, recordsOf } from './archive.ts';
import { departmentOf, findingPage } from './findingdata.ts';
import type { FindingPage } from './findingpage.ts';
import { regulatorOf } from './ledgerwrite.ts';

/** The most pressing clock of this regulator; a rule that nothing asks for, where a person names it. */
function clockMeant(page: FindingPage, id: string): Clock {
  const own = page.clocks.find(({ rule }) => rule.regulator === id || rule.id === id);
  if (own) return own;
  const rule = RULES.find((each) => each.id === id) ?? RULES.find((each) => each.regulator === id);
  if (!rule) throw new Error(`no rule of ${id}`);
  const { record, entries, now } = page;
  return clockOf(rule, 'department', { finding: record.finding, owner: null, entries, now });
}

/** Throws UsageError where finding or regulator are none. */
export async function draftOf(
  open: OpenArchive,
  id: string,
  regulator: string | undefined,
  language: Language,
): Promise<string> {
  if (regulator === undefined) {
    const [record] = await recordsOf(open.archive, [id]);
    if (!record) throw new Error(`no record of ${id}`);
    const page = await findingPage(open, record.finding.id, new Date());
    const may = [...new Set(page.clocks.map(({ rule }) => rule.regulator))].join(', ');
    throw new UsageError(
      `ledger export: needs --regulator; ${may === '' ? '"ajar ledger regulators" lists them' : `for this finding perhaps ${may}`}`,
    );
  }
  const named = regulatorOf('--regulator', regulator);
  const page = await findingPage(open, id, new Date());
  const { renderDraft } = await import('../report/draft.ts');
  const owner = departmentOf(open.config, page.record);
  return renderDraft({
    record: page.record,
    clock: clockMeant(page, named),
    entries: page.entries,
    known: firstKnown({ finding: page.record.finding, entries: page.entries }),
    department: owner?.names?.[language] ?? page.department,
    language,
    titles: page.titles,
    now: page.now,
  });
}
