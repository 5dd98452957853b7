/** A list of departments as an office keeps it, CSV or XLSX → `owners.yaml`. */
import { UsageError } from '../model/errors.ts';
import type { Contact, Owner, OwnerRule } from '../model/owner.ts';
import { isDay } from './calendar.ts';
import type { SheetRow } from './sheet.ts';

/** Column names that are understood, without case, blanks, `_` and `-`. */
const COLUMNS = {
  id: ['id', 'department', 'departmentid', 'code', 'owner', '部門代號', '部门代码', '部署コード'],
  name: [
    'name',
    'departmentname',
    'title',
    '部門',
    '部門名稱',
    '部门',
    '部门名称',
    '部署',
    '部署名',
  ],
  nameHant: ['namezhhant', 'namezhtw', 'namezhhk', 'chinesename', '中文名稱', '繁體名稱'],
  nameHans: ['namezhhans', 'namezhcn', '简体名称', '中文名称'],
  nameJa: ['nameja', 'japanesename', '日本語名'],
  contact: [
    'contact',
    'email',
    'mail',
    'owneremail',
    '電郵',
    '電子郵件',
    '邮箱',
    '邮件',
    'メール',
    '連絡先',
  ],
  privacy: [
    'privacyofficer',
    'dpo',
    'dpoemail',
    '私隱主任',
    '個資長',
    '个人信息保护负责人',
    '個人情報保護管理者',
  ],
  technical: ['technical', 'technicalcontact', 'it', '技術聯絡人', '技术联系人', '技術担当'],
  escalation: ['escalation', 'escalationchain', '上報', '上报', 'エスカレーション'],
  language: ['language', 'lang', '語言', '语言', '言語'],
  jurisdiction: ['jurisdiction', 'country', '司法管轄區', '管辖', '法域'],
  contractor: ['contractor', 'vendor', '承辦商', '承包商', '委託先'],
  contractorContact: [
    'contractorcontact',
    'vendorcontact',
    '承辦商電郵',
    '承包商邮箱',
    '委託先連絡先',
  ],
  contractEnd: ['contractend', 'contractenddate', '合約期滿', '合同到期', '契約終了日'],
  purposeEnd: ['purposeend', 'retentionend', '保留至', '使用期限', '利用終了日'],
  asset: ['asset'],
  provider: ['provider', 'cloud', '雲', '云'],
  account: ['account', 'accountid', '帳戶', '账户', 'アカウント'],
  subscription: ['subscription', 'subscriptionid'],
  project: ['project', 'projectid'],
  bucket: ['bucket', 'container', 'bucketname', '儲存桶', '存储桶', 'バケット'],
  prefix: ['prefix', 'path', 'folder', '前綴', '前缀'],
  domain: ['domain', '網域', '域名', 'ドメイン'],
  endpoint: ['endpoint', 'host'],
  label: ['label', 'labels', 'tag', 'tags', '標籤', '标签', 'タグ'],
} as const;

type Column = keyof typeof COLUMNS;
type Values = Readonly<Partial<Record<Column, string>>>;

const RULE_FIELDS = [
  'asset',
  'provider',
  'account',
  'subscription',
  'project',
  'bucket',
  'prefix',
  'domain',
  'endpoint',
] as const;
const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

export interface Imported {
  readonly owners: readonly Owner[];
  readonly rules: readonly OwnerRule[];
  /** Columns that mean nothing here. */
  readonly ignored: readonly string[];
}

function plain(header: string): string {
  return header.toLowerCase().replace(/[\s_()（）-]/g, '');
}

/**
 * Each row gives a department, a rule, or both; rows of one id are one department. Throws UsageError
 * that names every bad row; nothing is taken by halves.
 */
export function importOwners(file: string, rows: readonly SheetRow[]): Imported {
  const [head, ...body] = rows;
  if (head === undefined) throw new UsageError(`${file}: it is empty`);
  const columns = head.cells.map((header) => columnOf(header));
  if (!columns.includes('id')) {
    throw new UsageError(
      `${file}: no column "id"; understood are ${Object.values(COLUMNS)
        .map(([name]) => name)
        .join(', ')}`,
    );
  }
  const owners = new Map<string, Owner>();
  const rules: OwnerRule[] = [];
  const wrong: string[] = [];
  for (const { number, cells } of body) {
    const values = valuesOf(columns, cells);
    const complaint = problemOf(values);
    if (complaint !== null) {
      wrong.push(`${file}: row ${number}: ${complaint}`);
      continue;
    }
    const id = values.id ?? '';
    const rule = ruleOf(id, values);
    owners.set(id, together(owners.get(id), ownerOf(id, values, rule === null)));
    if (rule) rules.push(rule);
  }
  const nameless = [...owners.values()].filter(({ name }) => name === '').map(({ id }) => id);
  if (nameless.length > 0) wrong.push(`${file}: no name is given for ${nameless.join(', ')}`);
  if (owners.size === 0 && wrong.length === 0) wrong.push(`${file}: no row under the header`);
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  const ignored = head.cells.filter((header, index) => header !== '' && !columns[index]);
  return { owners: [...owners.values()], rules, ignored };
}

function columnOf(header: string): Column | null {
  const wanted = plain(header);
  const found = Object.entries(COLUMNS).find(([, names]) =>
    (names as readonly string[]).includes(wanted),
  );
  return found ? (found[0] as Column) : null;
}

function valuesOf(columns: readonly (Column | null)[], cells: readonly string[]): Values {
  const values: Partial<Record<Column, string>> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (column !== null && cell !== '') values[column] = cell;
  }
  return values;
}

function problemOf(values: Values): string | null {
  const { id, contractEnd, purposeEnd } = values;
  if (id === undefined) return 'no id';
  if (!/^[\w.-]+$/.test(id)) return `the id "${id}" may have letters, digits, . _ - only`;
  for (const day of [contractEnd, purposeEnd]) {
    if (day !== undefined && !isDay(day)) return `"${day}" is no day such as 2027-03-31`;
  }
  for (const column of ['contact', 'privacy', 'technical'] as const) {
    const address = values[column];
    if (address !== undefined && !EMAIL.test(address)) return `"${address}" is no mail address`;
  }
  const bad = listOf(values.escalation).find((address) => !EMAIL.test(address));
  if (bad !== undefined) return `"${bad}" in the escalation chain is no mail address`;
  if (values.language !== undefined && !languageOf(values.language)) {
    return `the language "${values.language}" is none of en, zh-Hant, zh-Hans, ja`;
  }
  if (values.jurisdiction !== undefined && !/^[A-Za-z]{2}$/.test(values.jurisdiction)) {
    return `the jurisdiction "${values.jurisdiction}" is no two letters such as HK`;
  }
  const label = listOf(values.label).find((one) => !/^[^=]+=.+$/.test(one));
  return label === undefined ? null : `the label "${label}" is not name=value`;
}

function listOf(cell: string | undefined): readonly string[] {
  return (cell ?? '')
    .split(/[;,，；\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const TAGS: Readonly<Record<string, Owner['language']>> = {
  en: 'en',
  english: 'en',
  'zh-hant': 'zh-Hant',
  'zh-hk': 'zh-Hant',
  'zh-tw': 'zh-Hant',
  'zh-mo': 'zh-Hant',
  'zh-hans': 'zh-Hans',
  'zh-cn': 'zh-Hans',
  'zh-sg': 'zh-Hans',
  ja: 'ja',
  'ja-jp': 'ja',
};

function languageOf(cell: string): Owner['language'] {
  return TAGS[cell.toLowerCase().replace('_', '-')];
}

/** The end of a contract stands with the rule of its row, and with the contractor where there is none. */
function ownerOf(id: string, values: Values, ends: boolean): Owner {
  const names = {
    ...(values.nameHant === undefined ? {} : { 'zh-Hant': values.nameHant }),
    ...(values.nameHans === undefined ? {} : { 'zh-Hans': values.nameHans }),
    ...(values.nameJa === undefined ? {} : { ja: values.nameJa }),
  };
  const contacts: Contact[] = [
    ...(values.contact === undefined ? [] : [{ email: values.contact, role: 'owner' as const }]),
    ...(values.privacy === undefined
      ? []
      : [{ email: values.privacy, role: 'privacy-officer' as const }]),
    ...(values.technical === undefined
      ? []
      : [{ email: values.technical, role: 'technical' as const }]),
  ];
  const language = values.language === undefined ? undefined : languageOf(values.language);
  const escalation = listOf(values.escalation);
  return {
    id,
    name: values.name ?? '',
    ...(Object.keys(names).length > 0 ? { names } : {}),
    ...(contacts.length > 0 ? { contacts } : {}),
    ...(escalation.length > 0 ? { escalation } : {}),
    ...(language === undefined ? {} : { language }),
    ...(values.jurisdiction === undefined
      ? {}
      : { jurisdiction: values.jurisdiction.toUpperCase() }),
    ...(values.contractor === undefined
      ? {}
      : {
          contractor: {
            name: values.contractor,
            ...(values.contractorContact === undefined
              ? {}
              : { contact: values.contractorContact }),
            ...(ends && values.contractEnd !== undefined
              ? { contractEnd: values.contractEnd }
              : {}),
          },
        }),
  };
}

/** What an earlier row said stays; a later row adds what was missing. */
function together(before: Owner | undefined, now: Owner): Owner {
  if (before === undefined) return now;
  const known = new Set((before.contacts ?? []).map(({ email, role }) => `${role} ${email}`));
  const added = (now.contacts ?? []).filter(({ email, role }) => !known.has(`${role} ${email}`));
  const contacts = [...(before.contacts ?? []), ...added];
  return {
    ...now,
    ...before,
    name: before.name === '' ? now.name : before.name,
    ...(contacts.length > 0 ? { contacts } : {}),
  };
}

function ruleOf(owner: string, values: Values): OwnerRule | null {
  const fields = Object.fromEntries(
    RULE_FIELDS.flatMap((field) => {
      const value = values[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );
  const labels = Object.fromEntries(
    listOf(values.label).map((one) => {
      const at = one.indexOf('=');
      return [one.slice(0, at).trim(), one.slice(at + 1).trim()];
    }),
  );
  const hasLabels = Object.keys(labels).length > 0;
  if (Object.keys(fields).length === 0 && !hasLabels) return null;
  return {
    owner,
    ...fields,
    ...(hasLabels ? { labels } : {}),
    ...(values.purposeEnd === undefined ? {} : { purposeEnd: values.purposeEnd }),
    ...(values.contractEnd === undefined ? {} : { contractEnd: values.contractEnd }),
  };
}
