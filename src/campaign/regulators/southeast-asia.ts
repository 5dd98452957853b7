/** Singapore, Malaysia, Thailand, the Philippines, Indonesia, Vietnam. */
import type { ClockRule } from '../../model/clock.ts';
import { H72, READ, RISK, rule } from './rule.ts';

const EAST_7 = 420;
const EAST_8 = 480;

export const SOUTHEAST_ASIA: readonly ClockRule[] = [
  rule({
    id: 'sg.pdpc',
    jurisdiction: 'SG',
    authority: 'Personal Data Protection Commission (PDPC)',
    law: 'PDPA 2012, sections 26B to 26D; Notification of Data Breaches Regulations 2021',
    binds: 'private',
    conditions: [
      { people: 500 },
      { judge: 'significant harm: a name or number together with what the Schedule lists' },
    ],
    deadline: { amount: 3, unit: 'days' },
    from: 'assessment',
    utcOffsetMinutes: EAST_8,
    note: 'Three calendar days after the day of the assessment that it is notifiable; the assessment must be expeditious.',
    source: 'https://laws.sg/legislation/act-2012-pdpa/section-26d',
    read: 'text',
    verifiedOn: READ,
  }),
  rule({
    id: 'sg.government',
    jurisdiction: 'SG',
    authority: 'Government data office and GovTech, under the agency’s own instructions',
    law: 'Public Sector (Governance) Act 2018 and the Government Instruction Manual on IT Management; the PDPA does not bind public agencies',
    binds: 'public',
    duty: 'guidance',
    deadline: null,
    utcOffsetMinutes: EAST_8,
    note: 'The manual is not public; the agency’s own incident instructions say how soon.',
    source:
      'https://www.smartnation.gov.sg/why-Smart-Nation/secure-smart-nation/personal-data-protection',
    read: 'regulator',
    verifiedOn: READ,
  }),
  rule({
    id: 'my.pdp',
    jurisdiction: 'MY',
    authority: 'Personal Data Protection Commissioner (Pesuruhjaya Perlindungan Data Peribadi)',
    law: 'PDPA 2010, section 12B; Data Breach Notification guideline of 25 February 2025',
    binds: 'private',
    conditions: [
      { people: 1_001 },
      {
        judge:
          'significant harm: loss, identity fraud by combination, sensitive data, unlawful purposes',
      },
    ],
    deadline: H72,
    utcOffsetMinutes: EAST_8,
    note: 'In force since 1 June 2025. The Federal and State Governments are outside the Act (section 3(1)).',
    source:
      'https://cms-lawnow.com/en/ealerts/2025/04/new-guidelines-on-mandatory-breach-notifications-under-malaysia-s-personal-data-protection-act-2010',
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    id: 'my.government',
    jurisdiction: 'MY',
    authority: 'None under the PDPA',
    law: 'PDPA 2010, section 3(1): the Act does not apply to the Federal and State Governments',
    binds: 'public',
    duty: 'none',
    deadline: null,
    utcOffsetMinutes: EAST_8,
    note: 'Circulars of the government and the Cyber Security Act 2024 are not modelled here.',
    source: 'https://www.pdp.gov.my/jpdpv2/laws-of-malaysia-pdpa/non-application-of-act/?lang=en',
    read: 'text',
    verifiedOn: READ,
  }),
  rule({
    id: 'th.pdpc',
    jurisdiction: 'TH',
    authority: 'Office of the Personal Data Protection Committee (สคส.)',
    law: 'PDPA B.E. 2562, section 37(4); PDPC notification on breaches B.E. 2565',
    conditions: [RISK],
    deadline: H72,
    utcOffsetMinutes: EAST_7,
    note: 'Later only with a reason, and within 15 days.',
    source:
      'https://iapp.org/news/a/thailand-s-pdpc-clarifies-data-breach-notification-requirements',
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    id: 'ph.npc',
    jurisdiction: 'PH',
    authority: 'National Privacy Commission (NPC)',
    law: 'Data Privacy Act of 2012, section 20(f); NPC Circular 16-03, sections 11 and 17',
    conditions: [
      {
        judge:
          'sensitive information, or what enables identity fraud, with a real risk of serious harm',
      },
    ],
    deadline: H72,
    utcOffsetMinutes: EAST_8,
    note: 'From 100 people on there is no delay for finding out the extent. Government is bound too. Those affected: within 72 hours.',
    source: 'https://ru.scribd.com/document/426332567/Data-Breach-Management',
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    id: 'ph.npc.final',
    regulator: 'ph.npc',
    jurisdiction: 'PH',
    stage: 'final',
    authority: 'National Privacy Commission (NPC)',
    law: 'NPC Circular 16-03, section 17: full report',
    conditions: [{ judge: 'as ph.npc' }],
    deadline: { amount: 5, unit: 'days' },
    utcOffsetMinutes: EAST_8,
    source: 'https://ru.scribd.com/document/426332567/Data-Breach-Management',
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    id: 'id.pdp',
    jurisdiction: 'ID',
    authority: 'Lembaga Pelindungan Data Pribadi; until it is set up, Komdigi',
    law: 'UU 27/2022 (UU PDP), article 46',
    deadline: H72,
    utcOffsetMinutes: EAST_7,
    note: 'Three times 24 hours, to the institution and to those affected, in writing; public and private bodies.',
    source: 'https://globallawexperts.com/?p=1497308',
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    id: 'vn.a05',
    jurisdiction: 'VN',
    authority: 'Department A05, Ministry of Public Security (Bộ Công an)',
    law: 'Law on Personal Data Protection 91/2025/QH15, article 23; Decree 356/2025/ND-CP',
    conditions: [
      {
        judge:
          'possible harm to security, order, or the life, health, honour or property of people',
      },
    ],
    deadline: H72,
    utcOffsetMinutes: EAST_7,
    note: 'In force since 1 January 2026. The 72 hours were read in a commentary, the conditions could not be.',
    source: 'https://www.vnetwork.vn/en-US/news/luat-so-91-2025-qh15',
    read: 'commentary',
    verifiedOn: READ,
  }),
];
