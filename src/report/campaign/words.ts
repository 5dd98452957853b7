/** What the report of a campaign says, in the four languages. */
import type { Standing } from '../../model/campaign.ts';
import type { Language } from '../../model/language.ts';

export interface CampaignWords {
  readonly language: Language;
  /** BCP 47, for dates and numbers. */
  readonly locale: string;
  readonly title: (name: string) => string;
  readonly due: string;
  readonly started: string;
  readonly ended: string;
  readonly asOf: string;
  readonly department: string;
  /** Of what has no department. */
  readonly orphans: string;
  readonly standing: string;
  readonly standings: Readonly<Record<Standing, string>>;
  readonly answeredAt: string;
  readonly answeredBy: string;
  readonly findings: string;
  readonly fixed: string;
  readonly claimed: string;
  readonly open: string;
  readonly accepted: string;
  readonly notOurs: string;
  readonly newer: string;
  readonly peopleThen: string;
  readonly peopleNow: string;
  readonly reminders: string;
  readonly escalations: string;
  readonly late: string;
  readonly yes: string;
  readonly no: string;
  /** Heads of a terminal's narrow columns, where they differ. */
  readonly brief: Readonly<Record<string, string>>;
  readonly upTo: (count: string) => string;
  readonly total: string;
  /** One sentence over the table. */
  readonly summary: (facts: { answered: number; lists: number; late: number }) => string;
  readonly exposed: (then: string, now: string) => string;
  /** What the columns mean, under the table. */
  readonly notes: readonly string[];
}

export const CAMPAIGN_WORDS: Readonly<Record<Language, CampaignWords>> = {
  en: {
    language: 'en',
    locale: 'en-GB',
    title: (name) => `Campaign ${name}`,
    due: 'Due',
    started: 'Started',
    ended: 'Ended',
    asOf: 'As of',
    department: 'Department',
    orphans: 'No department yet',
    standing: 'Answer',
    standings: { waiting: 'not answered', partly: 'in part', answered: 'answered' },
    answeredAt: 'Answered at',
    answeredBy: 'Answered by',
    findings: 'Findings',
    fixed: 'Fixed (proved)',
    claimed: 'Said fixed',
    open: 'Open',
    accepted: 'Accepted',
    notOurs: 'Not ours',
    newer: 'New since',
    peopleThen: 'People then',
    peopleNow: 'People now',
    reminders: 'Reminders',
    escalations: 'Escalated',
    late: 'Late',
    brief: { fixed: 'Proved', claimed: 'Claimed', peopleThen: 'People then' },
    yes: 'yes',
    no: 'no',
    upTo: (count) => `≤ ${count}`,
    total: 'All lists',
    summary: ({ answered, lists, late }) => `${answered} of ${lists} lists answered; ${late} late.`,
    exposed: (then, now) => `People exposed: ${then} when it began, ${now} now.`,
    notes: [
      'Fixed (proved): the requests that found the door open were asked again and refused. Said fixed: the department says so, and no proof has found it closed.',
      'Accepted, not ours and said fixed stand open until a proof says otherwise; their people count as exposed.',
      'People behind several doors count once, so the rows do not add up to the total; ≤ where only a bound is known.',
    ],
  },
  'zh-Hant': {
    language: 'zh-Hant',
    locale: 'zh-Hant-HK',
    title: (name) => `行動 ${name}`,
    due: '限期',
    started: '開始',
    ended: '結束',
    asOf: '截至',
    department: '部門',
    orphans: '未有所屬部門',
    standing: '答覆',
    standings: { waiting: '未答覆', partly: '部分答覆', answered: '已答覆' },
    answeredAt: '答覆時間',
    answeredBy: '答覆人',
    findings: '發現',
    fixed: '已修復（經證實）',
    claimed: '聲稱已修復',
    open: '未關閉',
    accepted: '接受風險',
    notOurs: '非本部門',
    newer: '其後新增',
    peopleThen: '開始時人數',
    peopleNow: '現時人數',
    reminders: '提醒次數',
    escalations: '上報級數',
    late: '逾期',
    brief: { fixed: '已證實', claimed: '僅聲稱' },
    yes: '是',
    no: '否',
    upTo: (count) => `≤ ${count}`,
    total: '所有清單',
    summary: ({ answered, lists, late }) =>
      `${lists} 份清單中 ${answered} 份已答覆，${late} 份逾期。`,
    exposed: (then, now) => `可被讀取資料的人數：開始時 ${then}，現時 ${now}。`,
    notes: [
      '已修復（經證實）：重新發出當初得到回應的請求，均被拒絕。聲稱已修復：部門如此表示，但未有證實。',
      '接受風險、非本部門及聲稱已修復的項目，在證實關閉前仍屬公開，所涉人數計算在內。',
      '同一人在多處出現只計一次，故各行相加不等於總數；只知上限時以 ≤ 表示。',
    ],
  },
  'zh-Hans': {
    language: 'zh-Hans',
    locale: 'zh-Hans-CN',
    title: (name) => `行动 ${name}`,
    due: '期限',
    started: '开始',
    ended: '结束',
    asOf: '截至',
    department: '部门',
    orphans: '未有所属部门',
    standing: '答复',
    standings: { waiting: '未答复', partly: '部分答复', answered: '已答复' },
    answeredAt: '答复时间',
    answeredBy: '答复人',
    findings: '发现',
    fixed: '已修复（经证实）',
    claimed: '声称已修复',
    open: '未关闭',
    accepted: '接受风险',
    notOurs: '非本部门',
    newer: '其后新增',
    peopleThen: '开始时人数',
    peopleNow: '现时人数',
    reminders: '提醒次数',
    escalations: '上报级数',
    late: '逾期',
    brief: { fixed: '已证实', claimed: '仅声称' },
    yes: '是',
    no: '否',
    upTo: (count) => `≤ ${count}`,
    total: '所有清单',
    summary: ({ answered, lists, late }) =>
      `${lists} 份清单中 ${answered} 份已答复，${late} 份逾期。`,
    exposed: (then, now) => `可被读取信息的人数：开始时 ${then}，现在 ${now}。`,
    notes: [
      '已修复（经证实）：重新发出当初得到回应的请求，均被拒绝。声称已修复：部门如此表示，但未经证实。',
      '接受风险、非本部门及声称已修复的项目，在证实关闭前仍属公开，所涉人数计算在内。',
      '同一人在多处出现只计一次，因此各行相加不等于总数；只知上限时以 ≤ 表示。',
    ],
  },
  ja: {
    language: 'ja',
    locale: 'ja-JP',
    title: (name) => `調査 ${name}`,
    due: '期限',
    started: '開始',
    ended: '終了',
    asOf: '時点',
    department: '部署',
    orphans: '所管部署なし',
    standing: '回答',
    standings: { waiting: '未回答', partly: '一部回答', answered: '回答済み' },
    answeredAt: '回答日時',
    answeredBy: '回答者',
    findings: '検出',
    fixed: '対応済み（証明済み）',
    claimed: '対応済みと申告',
    open: '未対応',
    accepted: 'リスク受容',
    notOurs: '所管外',
    newer: '開始後の新規',
    peopleThen: '開始時の人数',
    peopleNow: '現在の人数',
    reminders: '督促回数',
    escalations: '上位連絡',
    late: '期限超過',
    brief: { fixed: '証明済み', claimed: '申告のみ' },
    yes: 'はい',
    no: 'いいえ',
    upTo: (count) => `≤ ${count}`,
    total: 'すべての一覧',
    summary: ({ answered, lists, late }) =>
      `${lists} 件の一覧のうち ${answered} 件が回答済み、${late} 件が期限超過です。`,
    exposed: (then, now) => `閲覧可能な状態の人数：開始時 ${then}、現在 ${now}。`,
    notes: [
      '対応済み（証明済み）：開いていることを確認した要求を再送し、すべて拒否されたもの。対応済みと申告：部署の申告のみで、閉じていることは証明されていないもの。',
      'リスク受容・所管外・対応済みと申告は、証明されるまで公開状態とみなし、人数に含めます。',
      '複数の場所に現れる同一人物は一人と数えるため、各行の和は合計と一致しません。上限のみ分かる場合は ≤ で示します。',
    ],
  },
};
