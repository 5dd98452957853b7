/** Japan and the Republic of Korea. */
import type { ClockCondition, ClockRule } from '../../model/clock.ts';
import { H72, READ, rule } from './rule.ts';

const EAST_9 = 540;
const PPC = 'Personal Information Protection Commission (個人情報保護委員会)';

const HARM: readonly ClockCondition[] = [
  {
    detectors: ['intl.card', 'intl.iban', 'jp.bank-account'],
    what: 'card and account numbers: damage to property where they are misused',
  },
  { judge: 'special care-required information (要配慮個人情報), one person is enough' },
  { judge: 'it may have been done with an improper purpose, one person is enough' },
];
const PRIVATE: readonly ClockCondition[] = [{ people: 1_001 }, ...HARM];
const PUBLIC: readonly ClockCondition[] = [{ people: 101 }, ...HARM];

/** To be safe the day of knowledge is the first one. */
const SOON = { amount: 3, upTo: 5, unit: 'days', firstDayCounts: true } as const;
const FINAL = { amount: 30, unit: 'days', firstDayCounts: true } as const;
const FINAL_NOTE =
  '60 days where it may have been done with an improper purpose: then the later day is a person’s to note.';

const APPI = 'https://www.businesslawyers.jp/practices/1433';
const APPI_PUBLIC = 'https://fukuoka.law/protection-of-personal-information/';
const MY_NUMBER = 'https://www.ppc.go.jp/all_faq_index/faq2-q4-8/';

const japan = { jurisdiction: 'JP', authority: PPC, regulator: 'jp.ppc', utcOffsetMinutes: EAST_9 };

export const JAPAN_KOREA: readonly ClockRule[] = [
  rule({
    ...japan,
    id: 'jp.ppc.preliminary',
    stage: 'preliminary',
    binds: 'private',
    law: 'APPI (個人情報保護法), article 26; Enforcement Rules, articles 7 and 8(1)',
    conditions: PRIVATE,
    deadline: SOON,
    note: 'Roughly 3 to 5 days from knowledge (速報).',
    source: APPI,
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    ...japan,
    id: 'jp.ppc.final',
    stage: 'final',
    binds: 'private',
    law: 'APPI (個人情報保護法), article 26; Enforcement Rules, article 8(2)',
    conditions: PRIVATE,
    deadline: FINAL,
    note: FINAL_NOTE,
    source: APPI,
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    ...japan,
    id: 'jp.ppc.public.preliminary',
    stage: 'preliminary',
    binds: 'public',
    law: 'APPI (個人情報保護法), article 68; Enforcement Rules, article 43',
    conditions: PUBLIC,
    deadline: SOON,
    note: 'Public bodies: more than 100 people, where private ones have more than 1,000.',
    source: APPI_PUBLIC,
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    ...japan,
    id: 'jp.ppc.public.final',
    stage: 'final',
    binds: 'public',
    law: 'APPI (個人情報保護法), article 68; Enforcement Rules, article 44',
    conditions: PUBLIC,
    deadline: FINAL,
    note: FINAL_NOTE,
    source: APPI_PUBLIC,
    read: 'commentary',
    verifiedOn: null,
  }),
  rule({
    ...japan,
    id: 'jp.ppc.mynumber',
    law: 'My Number Act (番号法), article 29-4(1), and its report rules, article 2',
    stage: 'preliminary',
    conditions: [
      {
        detectors: ['jp.mynumber'],
        what: 'My Numbers: one is enough in a system of a public body or of its contractor',
      },
    ],
    deadline: SOON,
    note: 'Other holders: more than 100 people, an improper purpose, or unspecified many could see it.',
    source: MY_NUMBER,
    read: 'regulator',
    verifiedOn: READ,
  }),
  rule({
    id: 'kr.pipc',
    jurisdiction: 'KR',
    authority: 'Personal Information Protection Commission (개인정보보호위원회) or KISA',
    law: 'PIPA (개인정보 보호법), article 34; Enforcement Decree, article 40',
    conditions: [
      { people: 1_000 },
      {
        detectors: ['kr.rrn', 'kr.frn', 'kr.passport', 'kr.licence'],
        what: 'unique identification numbers, one person is enough',
      },
      { judge: 'sensitive information, or unlawful access from outside' },
    ],
    deadline: H72,
    utcOffsetMinutes: EAST_9,
    note: 'Those affected are to be told within 72 hours too. The amendment of 2026 moves the start to the possibility of a leak.',
    source: 'https://www.dlapiperdataprotection.com/?c=KR&t=breach-notification',
    read: 'commentary',
    verifiedOn: READ,
  }),
];
