/**
 * After a scan: what is new, open again or late since the run before, told to those who asked for
 * it. Quiet when nothing changed.
 */
import type { Language } from '../model/language.ts';
import { type FindingRecord, responsibleFor } from '../model/lifecycle.ts';
import type { NewMessage } from '../model/message.ts';
import type { Owner } from '../model/owner.ts';
import { oneLine, plain } from '../model/plain.ts';
import type { Report } from '../model/report.ts';
import { departmentName } from './letter.ts';
import { contentsOf, placeOf } from './list.ts';
import { WORDS } from './words/index.ts';

export type NoticeKind = 'new' | 'reopened' | 'late';

/** One entry of `notify:` in ajar.yaml. */
export interface NoticeSettings {
  readonly channel: string;
  readonly on: readonly NoticeKind[];
  /** Addresses, where the channel is mail. */
  readonly to: readonly string[];
  readonly language: Language;
}

export interface NoticeOptions {
  readonly settings: readonly NoticeSettings[];
  readonly report: Report;
  /** ISO 8601: the start of the run before; null for the first run. */
  readonly before: string | null;
  readonly records: readonly FindingRecord[];
  readonly title: (detector: string, language: Language) => string;
  readonly departments: readonly Owner[];
  readonly now: Date;
}

/** Findings written out in a notice. */
const FINDINGS_IN_NOTICE = 10;

/** One message a setting that has something to tell; its id is made of the run, so that it is told once. */
export function noticesOf(options: NoticeOptions): readonly NewMessage[] {
  const { settings, report, records } = options;
  return settings.flatMap((setting, index) => {
    const groups = setting.on.map((kind) => ({
      kind,
      records: records.filter((record) => changed(record, kind, options)),
    }));
    const all = [...new Set(groups.flatMap((group) => group.records))];
    if (all.length === 0) return [];
    const count = (kind: NoticeKind): number =>
      groups.find((group) => group.kind === kind)?.records.length ?? 0;
    const words = WORDS[setting.language];
    const number = new Intl.NumberFormat(words.locale);
    const letter = words.notice({
      fresh: count('new'),
      reopened: count('reopened'),
      late: count('late'),
      people: number.format(report.people),
    });
    const lines = all
      .slice(0, FINDINGS_IN_NOTICE)
      .map((record) => lineOf(record, setting.language, options));
    const rest = all.length - lines.length;
    const text = [
      ...letter.before,
      [...lines, ...(rest > 0 ? [`… ${number.format(rest)}`] : [])].join('\n'),
      ...letter.after,
    ];
    return [
      {
        id: `run-${report.run.id}/${setting.channel}/${index + 1}`,
        channel: setting.channel,
        to: setting.to,
        subject: oneLine(letter.subject),
        text: `${text.map(plain).join('\n\n')}\n`,
        language: setting.language,
        attachments: [],
        about: report.run.id,
      },
    ];
  });
}

function lineOf(record: FindingRecord, language: Language, options: NoticeOptions): string {
  const { finding } = record;
  const words = WORDS[language];
  const id = responsibleFor(record);
  const known = options.departments.some((one) => one.id === id);
  const owner =
    known || id === null
      ? departmentName(options.departments, id, language)
      : (finding.owner?.name ?? id);
  const contents = contentsOf(finding, (detector) => options.title(detector, language));
  return oneLine(
    `${finding.id}  ${words.severity[finding.severity]}  ${owner}  ${placeOf(finding)}: ${contents}`,
  );
}

function changed(
  record: FindingRecord,
  kind: NoticeKind,
  { report, before, now }: NoticeOptions,
): boolean {
  const { status, finding, firstRun, statusAt } = record;
  if (kind === 'new') return firstRun === report.run.id && status !== 'fixed';
  if (kind === 'reopened') return status === 'reopened' && statusAt >= report.run.startedAt;
  if (status === 'fixed' || status === 'accepted' || status === 'moved') return false;
  const due = Date.parse(finding.deadline);
  return due <= now.getTime() && (before === null || due > Date.parse(before));
}
