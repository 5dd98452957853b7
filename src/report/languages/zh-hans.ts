/** The report in Simplified Chinese, in the terms of offices on the mainland. */
import { durationOf, formatsOf, untilOf } from './formats.ts';
import type { Words } from './words.ts';

const formats = formatsOf('zh-Hans', (count) => `${count} 字节`);
const { count } = formats;

function counted(unit: string): (value: number) => string {
  return (value) => `${count(value)} ${unit}`;
}

const people = counted('人');
const findings = counted('项问题');
const departments = counted('个部门');
const places = counted('处');
const assets = counted('个资产');
const objects = counted('个对象');
const gaps = counted('处未检查');

const code: Words['code'] = {
  state: {
    open: '任何人可访问',
    'partly-open': '部分公开',
    'open-to-any-account': '任意云账号可访问',
    unknown: '无法确定',
    closed: '已关闭',
  },
  reader: {
    open: '任何人',
    'partly-open': '任何人（部分）',
    'open-to-any-account': '任意云账号',
    unknown: '无法确定',
    closed: '无人',
  },
  severity: { critical: '严重', high: '高', medium: '中', low: '低' },
  status: {
    new: '新发现',
    open: '未处置',
    acknowledged: '已确认',
    'not-ours': '不属于本部门',
    accepted: '已接受风险',
    fixed: '已修复（已验证）',
    reopened: '重新打开',
    moved: '已转交其他部门',
  },
  confidence: { low: '低', medium: '中', high: '高' },
  form: { full: '完整', masked: '来源已脱敏', partial: '部分' },
  kind: {
    person: '身份识别号码',
    document: '护照或证件',
    account: '银行账户或支付卡',
    contact: '联系方式',
    attribute: '个人属性',
    company: '企业号码',
  },
  purpose: { close: '关闭公开访问', guard: '防止再次公开', remove: '移除数据', prove: '验证' },
  gap: {
    denied: '访问被拒绝',
    'not-found': '未找到',
    unreachable: '无法连接',
    timeout: '超时',
    throttled: '被服务商限流',
    malformed: '损坏或格式错误',
    unsupported: '不支持的格式',
    encrypted: '已加密',
    truncated: '内容不完整',
    'too-large': '超出上限',
    'out-of-scope': '超出授权范围',
    changed: '读取期间发生变化',
    interrupted: '已中断',
    'no-credentials': '没有凭证',
  },
  score: {
    who: '谁可以读取',
    listable: '文件列表同样公开',
    guessable: '名称可被猜中',
    what: '数据类型',
    beside: '旁有姓名及联系方式',
    people: '涉及人数',
    duration: '公开天数',
    lapsed: '合同或使用目的已终止',
  },
  column: {
    deadline: '期限',
    severity: '严重程度',
    department: '部门',
    status: '状态',
    provider: '服务商',
    asset: '资产',
    part: '范围',
    who: '谁可以读取',
    peopleAtLeast: '最少人数',
    peopleAtMost: '最多人数',
    contents: '所含数据',
    samples: '样本（已脱敏）',
    since: '公开始于',
    firstKnown: '首次获知',
    close: '关闭命令',
    guard: '防止再次公开的命令',
    remove: '移除数据的命令',
    prove: '验证',
    why: '公开原因',
    reading: '读取',
    listing: '列出文件',
    disagreement: '不一致之处',
    confidence: '置信度',
    whyDepartment: '归属本部门的依据',
    lapsed: '合同或使用目的已终止',
    assetId: '资产标识',
    finding: '问题编号',
  },
  skip: {
    'closed: contents are not read': '已关闭：不读取内容',
    'closed, each asked for without credentials: contents are not read':
      '已关闭，已逐个在不带凭证的情况下请求：不读取内容',
    'not asked for one by one (limits.objectProbes): closed by the rules of the whole, or old versions; --objects all asks for every one':
      '未逐个请求（limits.objectProbes）：按整体规则属于已关闭，或属于历史版本；使用 --objects all 可逐个请求',
    'contact details of a few people only: no finding': '仅有少数人的联系方式：不列为问题',
    'named in the file of keys, but not there or hidden from the credentials':
      '列于键文件，但并不存在或凭证无权查看',
  },
};

const say: Words['say'] = {
  peopleRange: (atLeast, atMost) => `${count(atLeast)} 至 ${count(atMost)} 人`,
  peopleAtLeast: (atLeast) => `至少 ${people(atLeast)}`,
  who: {
    open: '互联网上任何人无需密码即可读取',
    'partly-open': '互联网上任何人无需密码即可读取其中一部分',
    'open-to-any-account': '任何在该云平台开户的人（免费、无审核）均可读取',
    unknown: '无法确定；在证实已关闭之前，应按公开处理',
    closed: '未经授权不能读取',
  },
  listing: {
    open: '；文件列表同样公开',
    'partly-open': '；部分文件列表同样公开',
    'open-to-any-account': '；该云平台的任意账号均可列出文件',
    unknown: '；无法确定文件能否被列出',
    closed: '；须知道或猜中文件地址',
  },
  whoBriefly: {
    open: '任何人，可列出并读取文件',
    addressOnly: '任何知道地址的人',
    'partly-open': '任何人，仅限部分内容',
    'open-to-any-account': '该云平台的任意账号',
    unknown: '无法确定，应按公开处理',
    closed: '未经授权不能读取',
  },
  unknownDoor: '无法确定谁可以读取',
  readableBy: (who) => `可读取者：${who}`,
  confidenceOf: (confidence) => `置信度：${code.confidence[confidence]}`,
  personalData: '个人信息',
  comma: '，',
  semicolon: '；',
  byRule: (rule) => `按 owners.yaml 的规则：${rule}`,
  byHand: '由人工指派',
  noRule: 'owners.yaml 没有匹配的规则',
  unowned: '尚未归属任何部门',
  noOwner: '未归属部门',
  lapsed: (what, day) =>
    `${what === 'contract' ? '合同' : '使用目的'}已于 ${day} 终止：任何人不应再持有这些数据`,
  points: (points) => `${count(points)} 分`,
  contents: (title, number, form, confidence) =>
    `${title}：${number}（${code.form[form]}，置信度${code.confidence[confidence]}）`,
  sampleAt: (masked, place) => `${masked}，位于 ${place}`,
  claimEverything: (all) => `已读取全部 ${count(all)} 个对象。`,
  claimSample: (read, listed, atMost) =>
    `已读取 ${count(listed)} 个对象中的 ${count(read)} 个${
      atMost === null
        ? '，部分对象只读取片段。'
        : `：在 95% 置信水平下，最多 ${atMost} 的对象含有识别信息。`
    }`,
  claimNone: '已关闭：未读取内容。',
  claimUnread: '没有任何对象可读取；原因见“未检查之处”。',
  claimNothing: '没有可读取的内容。',
  list: (items, rest) => `${items.join('、')}${rest > 0 ? `等另外 ${count(rest)} 种` : ''}`,
  nothingFound: '未发现问题：没有任何人无需授权即可读取的个人信息。',
  nothingFoundGaps: '已检查的部分未发现问题，但并非全部都已检查：见“未检查之处”。',
  nothingFoundSample: '已读取的部分未发现问题：所读取的是任何人可访问内容的抽样。',
  filtered: (filters) => `本报告为节选：${filters.join('；')}。`,
  filterOwner: (name) => `仅限${name}`,
  filterSeverity: (severity) => `严重程度“${code.severity[severity]}”及以上`,
  filterStatus: (statuses) => `状态：${statuses.map((one) => code.status[one]).join('、')}`,
};

const lead: Words['lead'] = {
  whose: (number, atLeast) => `${atLeast ? '至少 ' : ''}${people(number)}的个人信息`,
  read: (number) => `在 ${places(number)}可未经授权读取`,
  unclear: (number) => `在 ${places(number)}可能被读取`,
  both: (read, unclear) => `在 ${places(read)}可未经授权读取，另有 ${places(unclear)}无法确定`,
  mustAct: (number) => `${departments(number)}须采取行动`,
  nobody: '尚无部门负责',
  join: (whose, where, act) => `${whose}${where}；${act}。`,
};

const page: Words['page'] = {
  title: '任何人均可读取的个人信息',
  contents: '目录',
  authorised: ({ by, reference, until, hosts }) =>
    `从外部排查，由 ${by} 授权（${reference}），有效期至 ${until}，范围：${hosts.join('、')}`,
  scanOf: (targets) => `扫描 ${count(targets)} 个目标`,
  notFinished: '未完成',
  unfinishedHead: '本次扫描未完成。',
  unfinished: '本报告所有数字均为下限：中断时尚未检查的部分不包括在内。',
  gapsHead: (number) => `并非全部都已检查：${gaps(number)}。`,
  gapsNote: '存在未检查之处的位置一律不视为无问题。',
  gapsLink: '未检查之处及其原因',
  asPlanned: '已按计划全部检查。',
  claimLink: '由此可得出的结论',
  peopleExposed: '涉及人数',
  findings: '问题',
  departments: '部门',
  placesLookedAt: '已检查位置',
  nextDeadline: '最近期限',
  none: '无',
  nothingToClose: '没有须关闭之处',
  nothingFound: '未发现问题',
  noneFound: '未发现',
  countedOnce: '每人只计一次',
  atLeastOnce: '至少；每人只计一次',
  withFindings: '存在问题的部门',
  withoutDepartment: (number) => `${findings(number)}未归属部门`,
  severityCount: (number, severity) => `${code.severity[severity]} ${count(number)}`,
  openAndUnknown: (open, unknown) =>
    `${count(open)} 处公开${unknown > 0 ? `，${count(unknown)} 处无法确定` : ''}`,
  peopleByDepartment: '各部门涉及人数',
  peopleByDepartmentWhy: '每人在同一部门只计一次；同一人可能出现在多个部门。',
  bar: (number, severity) => `${findings(number)}，最高为“${code.severity[severity]}”`,
  peopleOverTime: '历次扫描涉及人数',
  peopleOverTimeWhy: '每次完成的扫描所发现的人数。检查范围较小的扫描可能发现较少：见“未检查之处”。',
  doors: '公开状况',
  doorsWhy: '按服务商和可读取者统计的位置数量。无法确定不等于已关闭。',
  provider: '服务商',
  all: '总数',
  lists: '各部门待办事项',
  listsWhy: '最紧急的在前。展开各项可查看证据和命令；点击命令即可全选。',
  filterHint: '按部门、位置或服务商筛选',
  filterLabel: '筛选问题',
  filterShown: '显示 {all} 项中的 {n} 项',
  showMore: '再显示 {n} 项（共 {all} 项）',
  noScript: (rest, file) =>
    `另有 ${rest} 项紧急程度较低的问题，由本页脚本显示；如不运行脚本，请查看 ${file}。`,
  loading: '请稍候 …',
  tooOld: '此浏览器无法展开其余内容；同一文件夹中的表格载有全部内容。',
  orphanNote: 'owners.yaml 没有任何规则把这些位置归属任何部门：请查明归属，并先行关闭。',
  contact: '联系方式：',
  asTable: '同一清单的表格：',
  departmentSub: (whose, found) => `${whose}，${findings(found)}`,
  firstDeadline: '最早期限',
  sentenceEnd: '。',
  whoCanRead: '谁可以读取',
  people: '人数',
  byWhatWasRead: (text) => `${text}（按已读取的内容）`,
  howWeKnow: '判断依据',
  disagreement: '不一致之处',
  exposedSince: '公开始于',
  sinceUnknown: '不详：服务商未保存日期',
  since: (day) => `最早于 ${day}，即含有个人信息的最早文件的日期`,
  firstKnown: '首次获知',
  deadlineRuns: (minute) => `${minute}；期限由此起算`,
  why: (severity) => `列为“${code.severity[severity]}”的原因`,
  whyDepartment: '归属本部门的依据',
  finding: '问题编号',
  status: '状态',
  statusBy: (who, minute) => `由 ${who} 更新，${minute}`,
  until: (day) => `至 ${day} 为止`,
  lapsed: '已终止',
  whatLiesThere: '所含数据',
  kindHeads: ['类型', '不同数值', '出现次数', '书写形式', '置信度'],
  samples: '样本（已脱敏）',
  samplesNote: '（用“ajar locate”加引用编号可得知文件）',
  whatToDo: '处置方法',
  noStep: '没有已知的步骤。请在授予公开权限之处撤回该权限，然后重新扫描。',
  others: '其他已检查位置',
  othersWhy: '此处未发现个人信息。任何人均可读取的位置，请确认确实拟公开。',
  otherHeads: ['位置', '读取', '列出文件', '写入', '原因', '已读取内容'],
  notEverything: '并非全部都已检查。',
  noStatement: '无结论',
  clean: '“未发现问题”的含义',
  cleanWhy:
    '一个位置只在已读取的范围内可视为未发现问题。全部对象均已读取的，不存在 ajar 所能识别的数据。' +
    '随机抽样读取的，在 95% 置信水平下，含有识别信息的对象最多为所示比例。' +
    '已关闭的位置不会打开：未读取其内容。',
  readOf: (read, listed, bytes, bytesListed, where) =>
    `在 ${where}共读取 ${listed}中的 ${read} 个，${bytesListed} 中的 ${bytes}。`,
  lowerBounds: '扫描未完成：以上均为下限。',
  placeByPlace: (number) => `逐一列出（${count(number)} 处）`,
  claimHeads: ['位置', '已读取对象', '已读取数据量', '可得出的结论', '未包括'],
  ofTotal: (part, all) => `${part} / ${all}`,
  skipped: (reason, number) => `${reason}：${objects(number)}`,
  gaps: '未检查之处',
  gapsNone: '没有：已按计划全部检查。',
  gapsWhy: (kinds) => `${kinds.join('、')}。存在未检查之处的位置一律不视为无问题。`,
  gapKind: (number, label) => `${label} ${count(number)} 处`,
  gapHeads: ['原因', '位置', '项目', '情况及处置方法'],
  gapsMissing: (number) => `另有 ${gaps(number)}，未列于此。`,
  allOfIt: '全部',
  madeBy: (version) => `由 ajar ${version} 生成`,
  run: '扫描编号',
  seed: (seed) => `随机种子 ${seed}`,
  targets: '目标：',
  handle: '数值已脱敏；但本报告仍指出哪些位置可被读取，请谨慎传阅。',
};

const terminal: Words['terminal'] = {
  exposed: (number, atLeast, found) =>
    `${atLeast ? '至少 ' : ''}${people(number)}的个人信息暴露，${findings(found)}。`,
  lookedAt: (number, open, unknown) =>
    `已检查 ${assets(number)}：${count(open)} 个公开，${count(unknown)} 个无法确定。`,
  readIn: (read, all) => `其中 ${objects(all)}，已读取 ${count(read)} 个。`,
  department: '部门',
  worst: '最高',
  findings: '问题',
  people: '人数',
  firstDeadline: '最早期限',
  whoCanRead: '谁可以读取',
  interrupted: '扫描曾被中断：以上均为下限。',
  unjudged: (number) => `${assets(number)}无法判断；无法确定不等于已关闭。`,
  gaps: (number) => `${gaps(number)}；报告载有详情和原因。`,
  more: (number) => `… 以及另外 ${count(number)} 项`,
  act: (who, what, day, until) => `${who}。${what}。须于 ${day} 前关闭（${until}）。`,
  whatLies: (whose, kinds) => `${whose}：${kinds}`,
};

const letter: Words['letter'] = {
  subject: (department, number, day) =>
    day === null
      ? `${department}：未发现公开的个人信息，请确认`
      : `${department}：${findings(number)}涉及公开的个人信息，须于 ${day} 前关闭`,
  greeting: (department) => `致：${department}`,
  found: (number, whose) =>
    `扫描在贵部门负责的位置发现 ${findings(number)}，涉及 ${whose}的个人信息暴露，每人只计一次。`,
  foundNothing:
    '扫描在贵部门负责的位置未发现任何人均可读取的个人信息。请确认贵部门亦未得知其他情况。',
  deadline: (day, until) => `最早期限为 ${day}（${until}）。`,
  attached: '附件表格载有每项问题、其证据，以及关闭和验证已关闭的命令。',
  doFirst: '最紧急的：',
  masked: '本函及附件中的数值均已脱敏。',
  secret: '本清单指出哪些位置可被读取。请仅交给负责关闭的人员，切勿以公开链接传送。',
  finding: '问题编号',
  deadlineHead: '期限',
  summary: '摘要',
  worst: '最高',
  cellCut: '…（已截断：单元格容量有限；report.json 载有全文）',
};

export const ZH_HANS: Words = {
  ...formats,
  language: 'zh-Hans',
  people,
  findings,
  departments,
  places,
  assets,
  objects,
  gaps,
  targets: counted('个目标'),
  until: untilOf({
    overdueToday: '今日已逾期',
    today: '今日到期',
    tomorrow: '明日到期',
    overdue: (number) => `已逾期 ${count(number)} 天`,
    in: (number) => `剩余 ${count(number)} 天`,
  }),
  duration: durationOf({
    seconds: (number) => `${number} 秒`,
    minutes: (number) => `${number} 分钟`,
    hours: (number) => `${number} 小时`,
    days: (number) => `${number} 天`,
  }),
  code,
  say,
  lead,
  page,
  terminal,
  letter,
};
