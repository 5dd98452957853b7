/** The four catalogues. */
import type { Language } from '../../model/language.ts';
import en from './en.ts';
import ja from './ja.ts';
import type { Words } from './words.ts';
import zhHans from './zh-hans.ts';
import zhHant from './zh-hant.ts';

export const WORDS: Readonly<Record<Language, Words>> = {
  en,
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
  ja,
};
