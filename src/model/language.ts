/** Languages of reports and messages, as BCP 47 tags. */
export type Language = 'en' | 'zh-Hant' | 'zh-Hans' | 'ja';

export const LANGUAGES: readonly Language[] = ['en', 'zh-Hant', 'zh-Hans', 'ja'];
