/** 简体中文. */
import type { LetterFacts, Words } from './words.ts';

const findings = (count: number): string => `${count} 项发现`;

const answering = ({ replyTo, file }: LetterFacts): readonly string[] => [
  `答复方法：在附件 ${file} 的“答复”一栏填写其中一项：已修复、已知悉、非本部门、接受风险。“非本部门”须填写原因；“接受风险”须填写原因及承担风险的截止日期。${replyTo === '' ? '' : `请把文件发回 ${replyTo}。`}`,
  '“已修复”会立即记录，待重新测试证实已关闭后才算完成。文件内列有关闭每一项的命令及测试命令。',
  '本函不含个人信息；所发现的内容均已遮盖。',
];

const zhHans: Words = {
  locale: 'zh-Hans-CN',
  columns: {
    department: '部门',
    finding: '发现编号',
    severity: '严重程度',
    place: '位置',
    part: '部分',
    who: '谁可读取',
    people: '人数（最多）',
    contents: '内容',
    deadline: '关闭期限',
    close: '关闭命令',
    prove: '测试命令',
    answer: '答复',
    reason: '原因',
    until: '有效至',
  },
  severity: { critical: '极严重', high: '高', medium: '中', low: '低' },
  readers: {
    open: '互联网上任何人，无需密码',
    'partly-open': '互联网上任何人，无需密码（其中一部分）',
    'open-to-any-account': '任何在该云平台开户的人',
    unknown: '未能确定，请按公开处理',
    closed: '未经授权者不能读取',
  },
  colon: '：',
  labels: {
    who: '谁可读取',
    contents: '内容',
    people: '人数',
    deadline: '关闭期限',
    close: '关闭方法',
  },
  answers: {
    fixed: ['已修复', '已修正', '已关闭', '已处理', '已完成', '已删除', '完成'],
    acknowledged: ['已知悉', '知悉', '已确认', '确认', '处理中', '跟进中'],
    'not-ours': ['非本部门', '不属本部门', '不属于本部门', '不是本部门', '非我部门'],
    accepted: ['接受风险', '已接受风险', '接受', '已接受'],
    'nothing-to-report': ['无需申报', '没有申报', '无事项', '没有', '无'],
  },
  people: (count, bound) => `${bound === 'at most' ? '最多 ' : ''}${count} 人`,
  orphans: '未有所属部门',
  more: (count) => `……另有 ${count} 项，见附件。`,
  list: (facts) => ({
    subject: `个人信息可被任何人读取：${facts.department}有 ${findings(facts.findings)}，请于 ${facts.due}前答复`,
    before: [
      `致：${facts.department}`,
      `${facts.office}在记录为贵部门所有的位置，发现无需密码即可读取的个人信息：${findings(facts.findings)}，涉及 ${facts.people}。`,
      `请于 ${facts.due}或之前逐一关闭并答复。（行动：${facts.campaign}）`,
    ],
    after: answering(facts),
  }),
  emptyList: (facts) => ({
    subject: `个人信息可被任何人读取：${facts.department}没有发现，请于 ${facts.due}前确认`,
    before: [
      `致：${facts.department}`,
      `${facts.office}已查找无需密码即可读取的个人信息，在记录为贵部门所有的位置没有发现。`,
      `请于 ${facts.due}或之前确认无需申报，并告知我们可能没有记录的位置。（行动：${facts.campaign}）`,
    ],
    after: facts.replyTo === '' ? [] : [`请把答复发往 ${facts.replyTo}：“无需申报”。`],
  }),
  orphanList: (facts) => ({
    subject: `个人信息可被任何人读取：${findings(facts.findings)}未有所属部门，请于 ${facts.due}前确定`,
    before: [
      `致：${facts.office}`,
      `以下各项在 owners.yaml 没有对应规则，或部门表示不属其所有：${findings(facts.findings)}，涉及 ${facts.people}。`,
      `请于 ${facts.due}或之前确定每一项所属部门。（行动：${facts.campaign}）`,
    ],
    after: answering(facts),
  }),
  passOn: (department) => `owners.yaml 没有${department}的联系地址，因此发给你们：请代为转交。`,
  reminder: (facts) => ({
    subject: `提醒：${facts.department}${facts.left === 0 ? '尚待确认' : `${findings(facts.left)}尚待答复`}，期限 ${facts.due}`,
    before: [
      `致：${facts.department}`,
      facts.left === 0
        ? `尚未收到贵部门“无需申报”的确认，期限为 ${facts.due}。（行动：${facts.campaign}）`
        : `${facts.findings} 项发现中尚有 ${facts.left} 项未得到答复，期限为 ${facts.due}。（行动：${facts.campaign}）`,
    ],
    after: facts.left === 0 ? [] : answering(facts),
  }),
  escalation: (facts) => ({
    subject: `逾期：${facts.department}仍未答复，期限为 ${facts.due}`,
    before: [
      facts.left === 0
        ? `${facts.department}仍未确认无需申报，期限为 ${facts.due}。（行动：${facts.campaign}）`
        : `${facts.department}的 ${facts.findings} 项发现（无需密码即可读取的个人信息，涉及 ${facts.people}）中，尚有 ${facts.left} 项未得到答复，期限为 ${facts.due}。（行动：${facts.campaign}）`,
      '您在该部门的上报名单内，因此收到本函。请督促该部门答复。',
    ],
    after: facts.left === 0 ? [] : answering(facts),
  }),
  ended: ({ campaign, answered, departments, late, file }) => ({
    subject: `行动 ${campaign} 已结束：${departments} 份清单中 ${answered} 份已答复`,
    before: [
      `行动 ${campaign} 已结束。${departments} 份清单中 ${answered} 份已答复，${late} 份逾期或未答复。`,
      `报告见附件：${file}。`,
    ],
    after: [],
  }),
  notice: ({ fresh, reopened, late, people }) => ({
    subject: `ajar：${[
      fresh > 0 ? `新发现 ${fresh} 项` : '',
      reopened > 0 ? `再次打开 ${reopened} 项` : '',
      late > 0 ? `逾期 ${late} 项` : '',
    ]
      .filter((part) => part !== '')
      .join('，')}`,
    before: [
      [
        fresh > 0 ? `新发现：${fresh} 项。` : '',
        reopened > 0 ? `证实关闭后再次打开：${reopened} 项。` : '',
        late > 0 ? `上次扫描后逾期：${late} 项。` : '',
      ].join(''),
      `本次扫描可被读取信息的人数：${people}。`,
    ],
    after: ['“ajar findings”列出各项；“ajar findings show ID”说明其中一项。'],
  }),
};
export default zhHans;
