/** The report in Traditional Chinese, in the terms of offices in Hong Kong and Taiwan. */
import { durationOf, formatsOf, untilOf } from './formats.ts';
import type { Words } from './words.ts';

const formats = formatsOf('zh-Hant', (count) => `${count} 位元組`);
const { count } = formats;

function counted(unit: string): (value: number) => string {
  return (value) => `${count(value)} ${unit}`;
}

const people = counted('人');
const findings = counted('項發現');
const departments = counted('個部門');
const places = counted('處');
const assets = counted('個資產');
const objects = counted('個物件');
const gaps = counted('處未檢查');

const code: Words['code'] = {
  state: {
    open: '任何人可存取',
    'partly-open': '部分公開',
    'open-to-any-account': '任何雲端帳戶可存取',
    unknown: '未能確定',
    closed: '已關閉',
  },
  reader: {
    open: '任何人',
    'partly-open': '任何人（部分）',
    'open-to-any-account': '任何雲端帳戶',
    unknown: '未能確定',
    closed: '無人',
  },
  severity: { critical: '嚴重', high: '高', medium: '中', low: '低' },
  status: {
    new: '新發現',
    open: '未處理',
    acknowledged: '已確認收悉',
    'not-ours': '非本部門所有',
    accepted: '已接受風險',
    fixed: '已修復（經驗證）',
    reopened: '重新開啟',
    moved: '已轉交其他部門',
  },
  confidence: { low: '低', medium: '中', high: '高' },
  form: { full: '完整', masked: '來源已遮蔽', partial: '部分' },
  kind: {
    person: '身分識別號碼',
    document: '護照或證件',
    account: '銀行帳戶或支付卡',
    contact: '聯絡資料',
    attribute: '個人屬性',
    company: '公司號碼',
  },
  purpose: { close: '關閉公開存取', guard: '防止再次公開', remove: '移走資料', prove: '驗證' },
  gap: {
    denied: '存取被拒',
    'not-found': '找不到',
    unreachable: '無法連線',
    timeout: '逾時',
    throttled: '被服務商限流',
    malformed: '損毀或格式錯誤',
    unsupported: '不支援的格式',
    encrypted: '已加密',
    truncated: '內容不完整',
    'too-large': '超出上限',
    'out-of-scope': '超出授權範圍',
    changed: '讀取期間有變更',
    interrupted: '已中斷',
    'no-credentials': '沒有憑證',
  },
  score: {
    who: '誰可讀取',
    listable: '檔案清單同樣公開',
    guessable: '名稱可被猜中',
    what: '資料種類',
    beside: '旁有姓名及聯絡資料',
    people: '受影響人數',
    duration: '公開日數',
    lapsed: '合約或用途已終止',
  },
  column: {
    deadline: '限期',
    severity: '嚴重程度',
    department: '部門',
    status: '狀態',
    provider: '服務商',
    asset: '資產',
    part: '範圍',
    who: '誰可讀取',
    peopleAtLeast: '最少人數',
    peopleAtMost: '最多人數',
    contents: '所含資料',
    samples: '樣本（已遮蔽）',
    since: '公開始於',
    firstKnown: '首次得悉',
    close: '關閉指令',
    guard: '防止再次公開的指令',
    remove: '移走資料的指令',
    prove: '驗證',
    why: '公開原因',
    reading: '讀取',
    listing: '列出清單',
    disagreement: '不一致之處',
    confidence: '可信度',
    whyDepartment: '歸屬本部門的依據',
    lapsed: '合約或用途已終止',
    assetId: '資產識別碼',
    finding: '發現編號',
  },
  skip: {
    'closed: contents are not read': '已關閉：不讀取內容',
    'closed, each asked for without credentials: contents are not read':
      '已關閉，已逐一在不帶憑證下要求：不讀取內容',
    'not asked for one by one (limits.objectProbes): closed by the rules of the whole, or old versions; --objects all asks for every one':
      '未有逐一要求（limits.objectProbes）：按整體規則屬已關閉，或屬舊版本；使用 --objects all 可逐一要求',
    'contact details of a few people only: no finding': '只有少數人的聯絡資料：不列為發現',
    'named in the file of keys, but not there or hidden from the credentials':
      '列於鍵值檔案，但並不存在或憑證無權查看',
  },
};

const say: Words['say'] = {
  peopleRange: (atLeast, atMost) => `${count(atLeast)} 至 ${count(atMost)} 人`,
  peopleAtLeast: (atLeast) => `至少 ${people(atLeast)}`,
  who: {
    open: '網上任何人無須密碼即可讀取',
    'partly-open': '網上任何人無須密碼即可讀取其中一部分',
    'open-to-any-account': '任何在該雲端開立帳戶的人（免費、不經審核）均可讀取',
    unknown: '未能確定；在證實已關閉之前，應視作公開處理',
    closed: '未獲授權者不能讀取',
  },
  listing: {
    open: '；檔案清單同樣公開',
    'partly-open': '；部分檔案清單同樣公開',
    'open-to-any-account': '；該雲端的任何帳戶均可列出檔案',
    unknown: '；未能確定檔案可否被列出',
    closed: '；須知道或猜中檔案的網址',
  },
  whoBriefly: {
    open: '任何人，可列出清單及讀取檔案',
    addressOnly: '任何知道網址的人',
    'partly-open': '任何人，限部分內容',
    'open-to-any-account': '該雲端的任何帳戶',
    unknown: '未能確定，應視作公開',
    closed: '未獲授權者不能讀取',
  },
  unknownDoor: '未能確定誰可讀取',
  readableBy: (who) => `可讀取者：${who}`,
  confidenceOf: (confidence) => `可信度：${code.confidence[confidence]}`,
  personalData: '個人資料',
  comma: '，',
  semicolon: '；',
  byRule: (rule) => `按 owners.yaml 的規則：${rule}`,
  byHand: '由人手指派',
  noRule: 'owners.yaml 沒有相符的規則',
  unowned: '尚未歸屬任何部門',
  noOwner: '未歸屬部門',
  lapsed: (what, day) =>
    `${what === 'contract' ? '合約' : '使用目的'}已於 ${day} 終止：任何人不應再持有該等資料`,
  points: (points) => `${count(points)} 分`,
  contents: (title, number, form, confidence) =>
    `${title}：${number}（${code.form[form]}，可信度${code.confidence[confidence]}）`,
  sampleAt: (masked, place) => `${masked}，位於 ${place}`,
  claimEverything: (all) => `已讀取全部 ${count(all)} 個物件。`,
  claimSample: (read, listed, atMost) =>
    `已讀取 ${count(listed)} 個物件中的 ${count(read)} 個${
      atMost === null
        ? '，部分物件只讀取片段。'
        : `：在 95% 信心水平下，最多 ${atMost} 的物件含有識別資料。`
    }`,
  claimNone: '已關閉：未有讀取內容。',
  claimUnread: '沒有任何物件可讀取；原因見「未檢查之處」。',
  claimNothing: '沒有可讀取的內容。',
  list: (items, rest) => `${items.join('、')}${rest > 0 ? `及另外 ${count(rest)} 種` : ''}`,
  nothingFound: '沒有發現：沒有任何人無須授權即可讀取的個人資料。',
  nothingFoundGaps: '已檢查的部分沒有發現，但並非全部均已檢查：見「未檢查之處」。',
  nothingFoundSample: '已讀取的部分沒有發現：所讀取的是任何人可接觸內容的抽樣。',
  filtered: (filters) => `本報告為節錄：${filters.join('；')}。`,
  filterOwner: (name) => `只限${name}`,
  filterSeverity: (severity) => `嚴重程度「${code.severity[severity]}」或以上`,
  filterStatus: (statuses) => `狀態：${statuses.map((one) => code.status[one]).join('、')}`,
};

const lead: Words['lead'] = {
  whose: (number, atLeast) => `${atLeast ? '至少 ' : ''}${people(number)}的個人資料`,
  read: (number) => `在 ${places(number)}可未經授權讀取`,
  unclear: (number) => `在 ${places(number)}可能被讀取`,
  both: (read, unclear) => `在 ${places(read)}可未經授權讀取，另有 ${places(unclear)}未能確定`,
  mustAct: (number) => `${departments(number)}須採取行動`,
  nobody: '尚未有部門負責',
  join: (whose, where, act) => `${whose}${where}；${act}。`,
};

const page: Words['page'] = {
  title: '任何人均可讀取的個人資料',
  contents: '目錄',
  authorised: ({ by, reference, until, hosts }) =>
    `從外部排查，由 ${by} 授權（${reference}），有效期至 ${until}，範圍：${hosts.join('、')}`,
  scanOf: (targets) => `掃描 ${count(targets)} 個目標`,
  notFinished: '未完成',
  unfinishedHead: '本次掃描未完成。',
  unfinished: '本報告所有數字均為下限：中斷時尚未檢查的部分並不包括在內。',
  gapsHead: (number) => `並非全部均已檢查：${gaps(number)}。`,
  gapsNote: '有未檢查之處的位置一概不視為無問題。',
  gapsLink: '未檢查之處及其原因',
  asPlanned: '已按計劃全部檢查。',
  claimLink: '由此可得出的結論',
  peopleExposed: '受影響人數',
  findings: '發現',
  departments: '部門',
  placesLookedAt: '已檢查位置',
  nextDeadline: '最近限期',
  none: '無',
  nothingToClose: '沒有須關閉之處',
  nothingFound: '沒有發現',
  noneFound: '沒有發現',
  countedOnce: '每人只計算一次',
  atLeastOnce: '至少；每人只計算一次',
  withFindings: '有發現的部門',
  withoutDepartment: (number) => `${findings(number)}未歸屬部門`,
  severityCount: (number, severity) => `${code.severity[severity]} ${count(number)}`,
  openAndUnknown: (open, unknown) =>
    `${count(open)} 處公開${unknown > 0 ? `，${count(unknown)} 處未能確定` : ''}`,
  peopleByDepartment: '各部門受影響人數',
  peopleByDepartmentWhy: '每人在同一部門只計算一次；同一人可能見於多個部門。',
  bar: (number, severity) => `${findings(number)}，最高為「${code.severity[severity]}」`,
  peopleOverTime: '歷次掃描的受影響人數',
  peopleOverTimeWhy:
    '每次完成的掃描所發現的人數。檢查範圍較小的掃描可能發現較少：見「未檢查之處」。',
  doors: '公開狀況',
  doorsWhy: '按服務商及可讀取者統計的位置數目。未能確定不等於已關閉。',
  provider: '服務商',
  all: '總數',
  lists: '各部門須辦事項',
  listsWhy: '最緊急者在前。展開各項可查看證據及指令；點按指令即可全選。',
  filterHint: '按部門、位置或服務商篩選',
  filterLabel: '篩選發現',
  filterShown: '顯示 {all} 項中的 {n} 項',
  showMore: '再顯示 {n} 項（共 {all} 項）',
  noScript: (rest, file) =>
    `另有 ${rest} 項較不緊急的發現，由本頁的程式顯示；如不執行程式，請參閱 ${file}。`,
  loading: '請稍候 …',
  tooOld: '此瀏覽器無法展開其餘內容；同一資料夾的表格載有全部內容。',
  orphanNote: 'owners.yaml 沒有任何規則把這些位置歸屬任何部門：請查明所屬，並先行關閉。',
  contact: '聯絡：',
  asTable: '同一清單的表格：',
  departmentSub: (whose, found) => `${whose}，${findings(found)}`,
  firstDeadline: '最早限期',
  sentenceEnd: '。',
  whoCanRead: '誰可讀取',
  people: '人數',
  byWhatWasRead: (text) => `${text}（按已讀取的內容）`,
  howWeKnow: '判斷依據',
  disagreement: '不一致之處',
  exposedSince: '公開始於',
  sinceUnknown: '不詳：服務商沒有保存日期',
  since: (day) => `最早於 ${day}，即含有個人資料的最舊檔案的日期`,
  firstKnown: '首次得悉',
  deadlineRuns: (minute) => `${minute}；限期由此起計`,
  why: (severity) => `列為「${code.severity[severity]}」的原因`,
  whyDepartment: '歸屬本部門的依據',
  finding: '發現編號',
  status: '狀態',
  statusBy: (who, minute) => `由 ${who} 更新，${minute}`,
  until: (day) => `至 ${day} 為止`,
  lapsed: '已終止',
  whatLiesThere: '所含資料',
  kindHeads: ['種類', '不同數值', '出現次數', '書寫形式', '可信度'],
  samples: '樣本（已遮蔽）',
  samplesNote: '（以「ajar locate」加參考編號可得知檔案）',
  whatToDo: '處理方法',
  noStep: '沒有已知的步驟。請在給予公開權限之處撤回該權限，然後再次掃描。',
  others: '其他已檢查位置',
  othersWhy: '在此沒有發現個人資料。任何人均可讀取的位置，請確認確實擬作公開。',
  otherHeads: ['位置', '讀取', '列出清單', '寫入', '原因', '已讀取內容'],
  notEverything: '並非全部均已檢查。',
  noStatement: '未有結論',
  clean: '「沒有發現」的含義',
  cleanWhy:
    '一個位置只在已讀取的範圍內可視為沒有發現。全部物件均已讀取者，並無 ajar 所能識別的資料。' +
    '隨機抽樣讀取者，在 95% 信心水平下，含有識別資料的物件最多為所示比例。' +
    '已關閉的位置不會打開：未有讀取其內容。',
  readOf: (read, listed, bytes, bytesListed, where) =>
    `在 ${where}共讀取 ${listed}中的 ${read} 個，${bytesListed} 中的 ${bytes}。`,
  lowerBounds: '掃描未完成：以上均為下限。',
  placeByPlace: (number) => `逐一列出（${count(number)} 處）`,
  claimHeads: ['位置', '已讀取物件', '已讀取數據量', '可得出的結論', '未有包括'],
  ofTotal: (part, all) => `${part} / ${all}`,
  skipped: (reason, number) => `${reason}：${objects(number)}`,
  gaps: '未檢查之處',
  gapsNone: '沒有：已按計劃全部檢查。',
  gapsWhy: (kinds) => `${kinds.join('、')}。有未檢查之處的位置一概不視為無問題。`,
  gapKind: (number, label) => `${label} ${count(number)} 處`,
  gapHeads: ['原因', '位置', '項目', '情況及處理方法'],
  gapsMissing: (number) => `另有 ${gaps(number)}，未列於此。`,
  allOfIt: '全部',
  madeBy: (version) => `由 ajar ${version} 製作`,
  run: '掃描編號',
  seed: (seed) => `隨機種子 ${seed}`,
  targets: '目標：',
  handle: '數值已遮蔽；但本報告仍指出哪些位置可被讀取，請小心傳閱。',
};

const terminal: Words['terminal'] = {
  exposed: (number, atLeast, found) =>
    `${atLeast ? '至少 ' : ''}${people(number)}的個人資料外露，${findings(found)}。`,
  lookedAt: (number, open, unknown) =>
    `已檢查 ${assets(number)}：${count(open)} 個公開，${count(unknown)} 個未能確定。`,
  readIn: (read, all) => `其中 ${objects(all)}，已讀取 ${count(read)} 個。`,
  department: '部門',
  worst: '最高',
  findings: '發現',
  people: '人數',
  firstDeadline: '最早限期',
  whoCanRead: '誰可讀取',
  interrupted: '掃描曾被中斷：以上均為下限。',
  unjudged: (number) => `${assets(number)}未能判斷；未能確定不等於已關閉。`,
  gaps: (number) => `${gaps(number)}；報告載有詳情及原因。`,
  more: (number) => `… 及另外 ${count(number)} 項`,
  act: (who, what, day, until) => `${who}。${what}。限於 ${day} 前關閉（${until}）。`,
  whatLies: (whose, kinds) => `${whose}：${kinds}`,
};

const letter: Words['letter'] = {
  subject: (department, number, day) =>
    day === null
      ? `${department}：沒有發現公開的個人資料，請確認`
      : `${department}：${findings(number)}涉及公開的個人資料，限於 ${day} 前關閉`,
  greeting: (department) => `致：${department}`,
  found: (number, whose) =>
    `掃描在貴部門負責的位置有 ${findings(number)}，涉及 ${whose}的個人資料外露，每人只計算一次。`,
  foundNothing:
    '掃描在貴部門負責的位置沒有發現任何人均可讀取的個人資料。請確認貴部門亦沒有得悉其他情況。',
  deadline: (day, until) => `最早限期為 ${day}（${until}）。`,
  attached: '附件表格載有每項發現、其證據，以及關閉和驗證已關閉的指令。',
  doFirst: '最緊急者：',
  masked: '本函及附件的數值均已遮蔽。',
  secret: '本清單指出哪些位置可被讀取。請只交予負責關閉的人員，切勿以公開連結傳送。',
  finding: '發現編號',
  deadlineHead: '限期',
  summary: '摘要',
  worst: '最高',
  cellCut: '…（已截短：儲存格容量有限；report.json 載有全文）',
};

export const ZH_HANT: Words = {
  ...formats,
  language: 'zh-Hant',
  people,
  findings,
  departments,
  places,
  assets,
  objects,
  gaps,
  targets: counted('個目標'),
  until: untilOf({
    overdueToday: '今日已逾期',
    today: '今日到期',
    tomorrow: '明日到期',
    overdue: (number) => `已逾期 ${count(number)} 日`,
    in: (number) => `尚餘 ${count(number)} 日`,
  }),
  duration: durationOf({
    seconds: (number) => `${number} 秒`,
    minutes: (number) => `${number} 分鐘`,
    hours: (number) => `${number} 小時`,
    days: (number) => `${number} 日`,
  }),
  code,
  say,
  lead,
  page,
  terminal,
  letter,
};
