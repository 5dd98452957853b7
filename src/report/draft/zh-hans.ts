/** 简体中文. */
import type { DraftWords } from './words.ts';

const reason = (text: string | null): string => (text === null ? '' : `：${text}`);
const STATUS: Readonly<Record<string, string>> = {
  new: '新发现',
  open: '未处理',
  acknowledged: '部门已知悉',
  'not-ours': '不属于本部门',
  accepted: '接受风险',
  fixed: '已修复（经验证）',
  reopened: '重新打开',
  moved: '已转交其他部门',
};
const RESULT = { closed: '已关闭', open: '仍开放', unknown: '未能确定' } as const;

export const ZH_HANS: DraftWords = {
  blank: '______',
  title: '草稿：个人信息泄露事件报告',
  notice:
    '本草稿由 ajar 根据其台账编制，不含任何未脱敏的身份标识。是否报送由负责人员决定；报送前请对照主管部门的表格，并填写留空之处（______）。',
  to: '报送',
  under: '依据',
  stage: { notification: '报告', preliminary: '初步报告', final: '最终报告' },
  reference: '本单位文号',
  unverified: 'ajar 未能在资料来源中核实此时限，请向主管部门确认。',
  deadline: {
    head: '一、时间',
    known: '首次获知',
    due: '时限',
    asSoonAsPracticable: '尽快',
    late: (by) => `已逾期 ${by}`,
    lateReason: '延误原因',
    left: (by) => `尚余 ${by}`,
    told: (at) => `已于 ${at} 报告`,
    toldLate: (at) => `已于 ${at} 报告（逾期）`,
    assessment: '自首次获知起算；尚未记录研判结果',
    hours: (count) => `${count} 小时`,
    days: (count) => `${count} 天`,
  },
  who: {
    head: '二、报告单位',
    organisation: '单位／部门',
    contact: '联系人（姓名、电话、电子邮箱）',
    officer: '个人信息保护负责人',
  },
  what: {
    head: '三、事件经过',
    place: '位置',
    readers: '何人可以读取',
    cause: '原因',
    since: '其中最早的数据存放于该处自',
    sinceUnknown: '自何时起开放不详；服务商未提供日期',
    state: '目前状况',
    closed: (at) => `已关闭；同样的匿名请求于 ${at} 被拒绝`,
    open: {
      open: '仍然开放',
      'partly-open': '部分仍然开放',
      'open-to-any-account': '该云服务的任何账号仍可读取',
      unknown: '未能确定是否已关闭',
      closed: '内容已关闭；文件名清单曾经开放',
    },
    accessed: '是否有人曾经读取（访问日志）',
  },
  data: {
    head: '四、涉及的个人信息',
    people: '人数',
    peopleNote: '在已读取范围内统计的不重复人数',
    kinds: '信息种类',
    samples: '已脱敏的例子',
    special: '敏感个人信息、未成年人或其他弱势人群',
  },
  harm: { head: '五、可能造成的危害', ask: '对个人可能造成的危害' },
  measures: {
    head: '六、已采取的措施',
    none: '台账中尚无措施。',
    further: '已采取或拟采取的其他措施',
    prevention: '防止再次发生的措施',
  },
  affected: { head: '七、通知个人', ask: '是否已通知、何时、以何种方式' },
  timeline: {
    head: '八、台账',
    at: '时间（UTC）',
    by: '由',
    what: '事项',
    seen: ({ again }) => (again ? '修复后扫描再次发现' : '扫描发现'),
    status: ({ from, to, reason: why }) =>
      `状态：${STATUS[from] ?? from} → ${STATUS[to] ?? to}${reason(why)}`,
    proof: ({ result, requests, answered }) =>
      `验证：${RESULT[result]}（${requests} 个匿名请求中有 ${answered} 个成功）`,
    assessed: ({ regulator, notifiable, reason: why }) =>
      `${regulator}：研判为${notifiable ? '须报告' : '无须报告'}${reason(why)}`,
    told: ({ whom, id, channel, reference }) =>
      `已告知${{ owner: '部门', 'privacy-officer': '个人信息保护负责人', regulator: '主管部门' }[whom]} ${id}，方式：${channel}${reference === null ? '' : `（${reference}）`}`,
  },
  proofOf: (hash, chain, seq) =>
    `台账只可追加并以哈希链相连；此处最后一项为 ${chain}:${seq}:${hash}。`,
};
