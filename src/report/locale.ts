/** One reader's language: the catalogue, and the names of what the report speaks of. */
import type { Because } from '../model/access.ts';
import { becauseText } from '../model/because.ts';
import type { Language } from '../model/language.ts';
import type { FindingRecord } from '../model/lifecycle.ts';
import { BECAUSE_JA } from './languages/because/ja.ts';
import { BECAUSE_ZH_HANS } from './languages/because/zh-hans.ts';
import { BECAUSE_ZH_HANT } from './languages/because/zh-hant.ts';
import { EN } from './languages/en.ts';
import { JA } from './languages/ja.ts';
import { builtInTitle } from './languages/titles.ts';
import type { Words } from './languages/words.ts';
import { ZH_HANS } from './languages/zh-hans.ts';
import { ZH_HANT } from './languages/zh-hant.ts';

const WORDS: Readonly<Record<Language, Words>> = {
  en: EN,
  'zh-Hant': ZH_HANT,
  'zh-Hans': ZH_HANS,
  ja: JA,
};

const REASONS: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<string, string>>>> = {
  'zh-Hant': BECAUSE_ZH_HANT,
  'zh-Hans': BECAUSE_ZH_HANS,
  ja: BECAUSE_JA,
};

/** Detector ids to titles (`jp.mynumber` → `Japan My Number`); an id without a title is shown itself. */
export type Titles = Readonly<Record<string, string>>;

/** The names of one department, by language. */
export type OwnerNames = Readonly<Partial<Record<Language, string>>>;

/** A past run, for the plot over time. */
export interface PastRun {
  readonly run: string;
  /** ISO 8601. */
  readonly at: string;
  readonly people: number;
  readonly findings: number;
}

/** Where a finding stands in the store. */
export type Standing = Pick<FindingRecord, 'status' | 'statusBy' | 'statusAt' | 'reason' | 'until'>;

/** What a report is told besides itself; all of it may be left out. */
export interface Setting {
  readonly language?: Language;
  /** English titles, the office's own detectors among them. */
  readonly titles?: Titles;
  /** Department id → its name in other languages. */
  readonly owners?: Readonly<Record<string, OwnerNames>>;
  /** Finding id → where it stands; findings that are not in it are shown without. */
  readonly standings?: ReadonlyMap<string, Standing>;
  /** Finished runs, this one among them; in any order. */
  readonly history?: readonly PastRun[];
  /** False: no list of a department lies beside, so none is pointed to. */
  readonly lists?: boolean;
}

export interface Locale {
  readonly language: Language;
  readonly words: Words;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly history: readonly PastRun[];
  readonly lists: boolean;
  title(detector: string): string;
  /** `name` where owners.yaml has none in this language; null is the orphan queue. */
  owner(id: string | null, name: string): string;
  /** `sentence` is the English one that findings carry; it stands in for a code without a translation. */
  because(reason: Because, sentence?: string): string;
}

export function localeOf(setting: Setting = {}): Locale {
  const { language = 'en', titles = {}, owners = {} } = setting;
  const words = WORDS[language];
  return {
    language,
    words,
    standings: setting.standings ?? new Map(),
    history: setting.history ?? [],
    lists: setting.lists ?? true,
    title: (id) =>
      builtInTitle(id, language) ?? (Object.hasOwn(titles, id) ? (titles[id] ?? id) : id),
    owner(id, name) {
      if (id === null) return name.trim() === '' || language !== 'en' ? words.say.unowned : name;
      return (Object.hasOwn(owners, id) ? owners[id]?.[language] : undefined) ?? name;
    },
    because(reason, sentence) {
      const template = language === 'en' ? undefined : REASONS[language][reason.code];
      if (template === undefined) return sentence ?? becauseText(reason);
      return template.replace(/\{(\w+)\}/g, (_, name: string) => reason.params[name] ?? '?');
    },
  };
}

/** For the test that every code has a sentence in every language. */
export function reasonCodes(language: Exclude<Language, 'en'>): readonly string[] {
  return Object.keys(REASONS[language]);
}
