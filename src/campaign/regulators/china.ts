/** Mainland China, Hong Kong, Macao, Taiwan. */
import type { ClockRule } from '../../model/clock.ts';
import { H72, READ, rule } from './rule.ts';

const EAST_8 = 480;

/** Relatively major: from here the Measures of 2025 ask for a report. */
const CN_PEOPLE = 1_000_000;
const CN_CONDITIONS = [
  { people: CN_PEOPLE },
  { judge: 'another ground of the grading guide: important data, outages, losses, state security' },
] as const;
const CN_LAW =
  'Measures for the Administration of National Cybersecurity Incident Reporting (国家网络安全事件报告管理办法), article 4 and grading guide';
const CN_SOURCE = 'http://www.qdubb.cn/html/2025/yunlingyaowen_0916/141638.html';

export const CHINA: readonly ClockRule[] = [
  rule({
    id: 'hk.pcpd.government',
    regulator: 'hk.pcpd',
    jurisdiction: 'HK',
    authority: 'Privacy Commissioner for Personal Data (個人資料私隱專員公署)',
    law: 'Government mechanism for bureaux and departments (no statutory duty in Cap. 486)',
    binds: 'public',
    duty: 'guidance',
    deadline: null,
    utcOffsetMinutes: EAST_8,
    note: 'Bureaux and departments are to notify the Commissioner and those affected of electronic leaks, as told in 2010; ask the office for the circular in force. In early 2026 a statutory duty was still a proposal.',
    source: 'https://www.pcpd.org.hk/english/news_events/media_statements/press_20100621.html',
    read: 'regulator',
    verifiedOn: READ,
  }),
  rule({
    id: 'hk.pcpd',
    jurisdiction: 'HK',
    authority: 'Privacy Commissioner for Personal Data (個人資料私隱專員公署)',
    law: 'Guidance on Data Breach Handling and Data Breach Notifications, June 2023 (no statutory duty in Cap. 486)',
    binds: 'private',
    duty: 'guidance',
    conditions: [{ judge: 'a real risk of harm to those affected' }],
    deadline: null,
    utcOffsetMinutes: EAST_8,
    note: 'Voluntary, as soon as practicable. In early 2026 a statutory duty was still a proposal.',
    source:
      'https://www.dataprotectionreport.com/2023/08/hong-kong-revised-breach-handling-and-notifications-guidance-published-by-the-pcpd/',
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    id: 'cn.cac.pipl',
    regulator: 'cn.cac',
    jurisdiction: 'CN',
    authority: 'Department for the protection of personal information (履行个人信息保护职责的部门)',
    law: 'Personal Information Protection Law (个人信息保护法), article 57',
    deadline: null,
    utcOffsetMinutes: EAST_8,
    note: 'At once (立即), whatever the number of people; the law gives no hours.',
    source: 'https://bifrostindex.ai/guides/china/breach-notification',
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    id: 'cn.cac.incident',
    regulator: 'cn.cac',
    jurisdiction: 'CN',
    authority: 'Provincial cyberspace administration (省级网信部门)',
    law: CN_LAW,
    conditions: CN_CONDITIONS,
    deadline: { amount: 4, unit: 'hours' },
    utcOffsetMinutes: EAST_8,
    note: 'Operators of critical information infrastructure: one hour, to the protection department and the police (cn.cac.cii).',
    source: CN_SOURCE,
    read: 'text',
    verifiedOn: READ,
  }),
  rule({
    id: 'cn.cac.state',
    regulator: 'cn.cac',
    jurisdiction: 'CN',
    authority: "The body's own cyberspace office (本部门网信工作机构)",
    law: CN_LAW,
    binds: 'public',
    conditions: CN_CONDITIONS,
    deadline: { amount: 2, unit: 'hours' },
    utcOffsetMinutes: EAST_8,
    note: 'Central party and state organs and bodies directly under them; major incidents go on to the national level within an hour. Other public bodies: four hours, as cn.cac.incident.',
    source: CN_SOURCE,
    read: 'text',
    verifiedOn: READ,
  }),
  rule({
    id: 'cn.cac.cii',
    regulator: 'cn.cac',
    jurisdiction: 'CN',
    authority: 'Protection department and public security organ (保护工作部门、公安机关)',
    law: CN_LAW,
    conditions: [
      {
        judge:
          'critical information infrastructure is concerned, and the incident is relatively major or worse',
      },
    ],
    deadline: { amount: 1, unit: 'hours' },
    utcOffsetMinutes: EAST_8,
    source: CN_SOURCE,
    read: 'text',
    verifiedOn: READ,
  }),
  rule({
    id: 'mo.dspdp',
    jurisdiction: 'MO',
    authority: 'Personal Data Protection Bureau (個人資料保護局, DSPDP)',
    law: 'Law 8/2005 (no duty to notify a breach)',
    duty: 'none',
    deadline: null,
    utcOffsetMinutes: EAST_8,
    note: 'Operators of critical infrastructure report incidents under Law 13/2019, which is not modelled here.',
    source:
      'https://www.lexmundi.com/guides/global-data-privacy-guide/jurisdictions/asia-pacific/macau',
    read: 'commentary',
    verifiedOn: READ,
  }),
  rule({
    id: 'tw.moda',
    jurisdiction: 'TW',
    authority: 'Administration for Cyber Security (數位發展部資通安全署) and the superior agency',
    law: 'Regulations on the Notification and Response of Cyber Security Incident (資通安全事件通報及應變辦法), article 4',
    binds: 'public',
    deadline: { amount: 1, unit: 'hours' },
    utcOffsetMinutes: EAST_8,
    note: 'The text of 23 August 2021 was read; the regulations were replaced on 5 January 2026 (資通安全事件通報應變及演練辦法), whose time limit could not be read.',
    source: 'http://mywoo.com/amp/law/A0030305/4.html',
    read: 'text',
    verifiedOn: null,
  }),
  rule({
    id: 'tw.pdpc',
    jurisdiction: 'TW',
    authority: 'Personal Data Protection Commission (個人資料保護委員會)',
    law: 'Personal Data Protection Act (個人資料保護法), article 12 as amended in 2025, and its draft incident regulations',
    duty: 'draft',
    conditions: [
      { people: 101 },
      { judge: 'special categories (特種個資), or a system that holds 10,000 records or more' },
    ],
    deadline: H72,
    utcOffsetMinutes: EAST_8,
    note: 'Drafted on 22 January 2026 for public and private bodies; whether it is in force could not be read. Those affected are to be told within the same 72 hours.',
    source: 'https://udn.com/news/story/7314/9300353',
    read: 'commentary',
    verifiedOn: READ,
  }),
];
