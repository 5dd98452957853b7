/** The report in Japanese, in the terms of public offices. */
import { durationOf, formatsOf, untilOf } from './formats.ts';
import type { Words } from './words.ts';

const formats = formatsOf('ja-JP', (count) => `${count} バイト`);
const { count } = formats;

function counted(unit: string): (value: number) => string {
  return (value) => `${count(value)}${unit}`;
}

const people = counted('人');
const findings = counted('件の検出事項');
const departments = counted('部署');
const places = counted('か所');
const assets = counted('個の資産');
const objects = counted('個のオブジェクト');
const gaps = counted('件の未確認');

const code: Words['code'] = {
  state: {
    open: '誰でも閲覧可',
    'partly-open': '一部公開',
    'open-to-any-account': '任意のアカウントで閲覧可',
    unknown: '不明',
    closed: '非公開',
  },
  reader: {
    open: '誰でも',
    'partly-open': '誰でも（一部）',
    'open-to-any-account': '任意のアカウント',
    unknown: '不明',
    closed: '不可',
  },
  severity: { critical: '緊急', high: '高', medium: '中', low: '低' },
  status: {
    new: '新規',
    open: '未対応',
    acknowledged: '確認済み',
    'not-ours': '所管外',
    accepted: 'リスク受容',
    fixed: '是正済み（検証済み）',
    reopened: '再発',
    moved: '他部署へ移管',
  },
  confidence: { low: '低', medium: '中', high: '高' },
  form: { full: '全桁', masked: '元データでマスク済み', partial: '一部' },
  kind: {
    person: '個人識別番号',
    document: '旅券・証明書番号',
    account: '銀行口座・カード番号',
    contact: '連絡先',
    attribute: '個人の属性',
    company: '法人番号',
  },
  purpose: {
    close: '公開を止める',
    guard: '再公開を防ぐ',
    remove: 'データを移す',
    prove: '検証する',
  },
  gap: {
    denied: 'アクセス拒否',
    'not-found': '見つからない',
    unreachable: '接続不可',
    timeout: 'タイムアウト',
    throttled: '提供元による速度制限',
    malformed: '破損・形式不正',
    unsupported: '未対応の形式',
    encrypted: '暗号化',
    truncated: '途中で切れている',
    'too-large': '上限超過',
    'out-of-scope': '範囲外',
    changed: '読み取り中に変更',
    interrupted: '中断',
    'no-credentials': '認証情報なし',
  },
  score: {
    who: '閲覧できる者',
    listable: 'ファイル一覧も公開',
    guessable: '名称が推測可能',
    what: 'データの種類',
    beside: '氏名・連絡先も併記',
    people: '対象人数',
    duration: '公開日数',
    lapsed: '契約または利用目的の終了',
  },
  column: {
    deadline: '期限',
    severity: '深刻度',
    department: '部署',
    status: '状況',
    provider: '提供元',
    asset: '資産',
    part: '範囲',
    who: '閲覧できる者',
    peopleAtLeast: '最少人数',
    peopleAtMost: '最多人数',
    contents: '含まれるデータ',
    samples: 'サンプル（マスク済み）',
    since: '公開の始まり',
    firstKnown: '最初の覚知',
    close: '公開を止めるコマンド',
    guard: '再公開を防ぐコマンド',
    remove: 'データを移すコマンド',
    prove: '検証',
    why: '公開の原因',
    reading: '読み取り',
    listing: '一覧表示',
    disagreement: '不一致',
    confidence: '確度',
    whyDepartment: 'この部署とした理由',
    lapsed: '契約または利用目的の終了',
    assetId: '資産ID',
    finding: '検出番号',
  },
  skip: {
    'closed: contents are not read': '非公開：内容は読まない',
    'closed, each asked for without credentials: contents are not read':
      '非公開、認証情報なしで個別に確認済み：内容は読まない',
    'not asked for one by one (limits.objectProbes): closed by the rules of the whole, or old versions; --objects all asks for every one':
      '個別には未確認（limits.objectProbes）：全体の規則では非公開、または旧版。--objects all ですべて確認する',
    'contact details of a few people only: no finding': '少数の連絡先のみ：検出事項としない',
    'named in the file of keys, but not there or hidden from the credentials':
      'キーのファイルにあるが存在しないか、認証情報では見えない',
  },
};

const say: Words['say'] = {
  peopleRange: (atLeast, atMost) => `${count(atLeast)}～${count(atMost)}人`,
  peopleAtLeast: (atLeast) => `少なくとも${people(atLeast)}`,
  who: {
    open: 'インターネット上の誰でも、パスワードなしで閲覧できる',
    'partly-open': 'インターネット上の誰でも、パスワードなしで一部を閲覧できる',
    'open-to-any-account': 'そのクラウドのアカウント（無料・審査なし）を持つ者なら誰でも閲覧できる',
    unknown: '判定できず。非公開と証明されるまで公開とみなすこと',
    closed: '権限のない者は閲覧できない',
  },
  listing: {
    open: '。ファイルの一覧も公開されている',
    'partly-open': '。ファイルの一覧も一部公開されている',
    'open-to-any-account': '。そのクラウドの任意のアカウントがファイルを一覧できる',
    unknown: '。ファイルを一覧できるかは不明',
    closed: '。ファイルのアドレスを知るか推測する必要がある',
  },
  whoBriefly: {
    open: '誰でも、一覧とファイル',
    addressOnly: 'アドレスを知る者なら誰でも',
    'partly-open': '誰でも、一部のみ',
    'open-to-any-account': 'そのクラウドの任意のアカウント',
    unknown: '不明、公開とみなす',
    closed: '権限のない者は不可',
  },
  unknownDoor: '閲覧できる者を判定できず',
  readableBy: (who) => `閲覧できる者：${who}`,
  confidenceOf: (confidence) => `確度：${code.confidence[confidence]}`,
  personalData: '個人情報',
  comma: '、',
  semicolon: '／',
  byRule: (rule) => `owners.yaml の規則による：${rule}`,
  byHand: '手動で割り当て',
  noRule: 'owners.yaml に該当する規則がない',
  unowned: '所管部署なし',
  noOwner: '所管部署なし',
  lapsed: (what, day) =>
    `${what === 'contract' ? '契約' : '利用目的'}は${day}に終了：以後このデータを保有してはならない`,
  points: (points) => `${count(points)}点`,
  contents: (title, number, form, confidence) =>
    `${title}：${number}（${code.form[form]}、確度${code.confidence[confidence]}）`,
  sampleAt: (masked, place) => `${masked}（${place}）`,
  claimEverything: (all) => `${objects(all)}すべてを読み取った。`,
  claimSample: (read, listed, atMost) =>
    `${objects(listed)}のうち${count(read)}個を読み取った${
      atMost === null
        ? '（一部は部分的に）。'
        : `：識別情報を含むオブジェクトは、信頼度95%で最大${atMost}。`
    }`,
  claimNone: '非公開：内容は読み取っていない。',
  claimUnread: '読み取れたオブジェクトはない。理由は「未確認の項目」を参照。',
  claimNothing: '読み取る対象がなかった。',
  list: (items, rest) => `${items.join('、')}${rest > 0 ? `ほか${count(rest)}種` : ''}`,
  nothingFound: '検出なし：権限なしで閲覧できる個人情報はない。',
  nothingFoundGaps:
    '確認した範囲では検出なし。ただし、すべてを確認したわけではない：「未確認の項目」を参照。',
  nothingFoundSample: '読み取った範囲では検出なし：誰でも閲覧できるものの標本である。',
  filtered: (filters) => `本報告は抜粋：${filters.join('、')}。`,
  filterOwner: (name) => `${name}のみ`,
  filterSeverity: (severity) => `深刻度「${code.severity[severity]}」以上`,
  filterStatus: (statuses) => `状況：${statuses.map((one) => code.status[one]).join('・')}`,
};

const lead: Words['lead'] = {
  whose: (number, atLeast) => `${atLeast ? '少なくとも' : ''}${people(number)}分の個人情報`,
  read: (number) => `が${places(number)}で権限なしに閲覧できる状態`,
  unclear: (number) => `が${places(number)}で閲覧できる可能性`,
  both: (read, unclear) =>
    `が${places(read)}で権限なしに閲覧できる状態（ほか${places(unclear)}は可能性）`,
  mustAct: (number) => `${departments(number)}の対応が必要`,
  nobody: '所管部署は未定',
  join: (whose, where, act) => `${whose}${where}。${act}。`,
};

const page: Words['page'] = {
  title: '誰でも閲覧できる個人情報',
  contents: '目次',
  authorised: ({ by, reference, until, hosts }) =>
    `外部からの一斉確認。許可者：${by}（${reference}）、期限：${until}、範囲：${hosts.join('、')}`,
  scanOf: (targets) => `対象${count(targets)}件の走査`,
  notFinished: '未完了',
  unfinishedHead: '今回の走査は完了していない。',
  unfinished: '本報告の数値はすべて下限値：中断時に未確認の部分は含まれない。',
  gapsHead: (number) => `すべてを確認したわけではない：${gaps(number)}。`,
  gapsNote: '未確認の項目がある場所は、問題なしとはみなさない。',
  gapsLink: '未確認の項目とその理由',
  asPlanned: '予定どおりすべてを確認した。',
  claimLink: 'この結果から言えること',
  peopleExposed: '対象人数',
  findings: '検出事項',
  departments: '部署',
  placesLookedAt: '確認した場所',
  nextDeadline: '直近の期限',
  none: 'なし',
  nothingToClose: '対応すべきものはない',
  nothingFound: '検出なし',
  noneFound: '検出なし',
  countedOnce: '1人は1回だけ数える',
  atLeastOnce: '少なくとも。1人は1回だけ数える',
  withFindings: '検出事項のある部署',
  withoutDepartment: (number) => `${findings(number)}は所管部署なし`,
  severityCount: (number, severity) => `${code.severity[severity]} ${count(number)}件`,
  openAndUnknown: (open, unknown) =>
    `公開${places(open)}${unknown > 0 ? `、不明${places(unknown)}` : ''}`,
  peopleByDepartment: '部署別の対象人数',
  peopleByDepartmentWhy: '部署内で1人は1回だけ数える。同じ人が複数の部署に含まれることがある。',
  bar: (number, severity) => `${findings(number)}、最高は「${code.severity[severity]}」`,
  peopleOverTime: '走査ごとの対象人数',
  peopleOverTimeWhy:
    '完了した各走査で検出した人数。確認範囲が狭い走査では少なくなることがある（未確認の項目を参照）。',
  doors: '公開の状況',
  doorsWhy: '提供元と閲覧できる者ごとの場所の数。不明は非公開ではない。',
  provider: '提供元',
  all: '計',
  lists: '各部署の対応事項',
  listsWhy:
    '緊急のものから順に示す。項目を開くと証拠とコマンドがある。コマンドはクリックで全選択できる。',
  filterHint: '部署・場所・提供元で絞り込み',
  filterLabel: '検出事項の絞り込み',
  filterShown: '{all}件中{n}件を表示',
  showMore: 'さらに{n}件を表示（全{all}件）',
  noScript: (rest, file) =>
    `緊急度の低いほか${rest}件は、このページのスクリプトで表示する。スクリプトなしの場合は${file}を参照。`,
  loading: 'お待ちください …',
  tooOld: 'このブラウザーでは残りを展開できない。同じフォルダーの表に全件がある。',
  orphanNote:
    'owners.yaml にこれらの場所の所管を定める規則がない：所管を調べ、それまでの間に公開を止めること。',
  contact: '連絡先：',
  asTable: '同じ一覧の表：',
  departmentSub: (whose, found) => `${whose}、${findings(found)}`,
  firstDeadline: '最初の期限',
  sentenceEnd: '。',
  whoCanRead: '閲覧できる者',
  people: '人数',
  byWhatWasRead: (text) => `${text}（読み取った範囲から）`,
  howWeKnow: '判定の根拠',
  disagreement: '不一致',
  exposedSince: '公開の始まり',
  sinceUnknown: '不明：提供元が日付を保持していない',
  since: (day) => `早ければ${day}から（個人情報を含む最も古いファイルの日付）`,
  firstKnown: '最初の覚知',
  deadlineRuns: (minute) => `${minute}。期限はここから起算`,
  why: (severity) => `「${code.severity[severity]}」の理由`,
  whyDepartment: 'この部署とした理由',
  finding: '検出番号',
  status: '状況',
  statusBy: (who, minute) => `${who}、${minute}`,
  until: (day) => `${day}まで`,
  lapsed: '終了',
  whatLiesThere: '含まれるデータ',
  kindHeads: ['種類', '異なる値', '出現回数', '表記', '確度'],
  samples: 'サンプル（マスク済み）',
  samplesNote: '（「ajar locate」と参照番号でファイルがわかる）',
  whatToDo: '対応方法',
  noStep: '手順は不明。公開の権限を付与した箇所で取り消し、再度走査すること。',
  others: 'そのほかの確認した場所',
  othersWhy: 'ここでは個人情報を検出していない。誰でも閲覧できる場所は、公開の意図を確認すること。',
  otherHeads: ['場所', '読み取り', '一覧表示', '書き込み', '理由', '読み取った範囲'],
  notEverything: 'すべてを確認したわけではない。',
  noStatement: '言えることはない',
  clean: '「検出なし」の意味',
  cleanWhy:
    '場所は、読み取った範囲に限り検出なしとする。全オブジェクトを読み取った場合、ajar が知る種類のデータはない。' +
    '無作為標本を読み取った場合、識別情報を含むオブジェクトは信頼度95%で最大でも示した割合である。' +
    '非公開の場所は開かない：内容は読み取っていない。',
  readOf: (read, listed, bytes, bytesListed, where) =>
    `${where}で、${listed}のうち${read}個、${bytesListed}のうち${bytes}を読み取った。`,
  lowerBounds: '走査は完了していない：いずれも下限値。',
  placeByPlace: (number) => `場所ごと（${places(number)}）`,
  claimHeads: ['場所', '読み取ったオブジェクト', '読み取った量', 'この結果から言えること', '除外'],
  ofTotal: (part, all) => `${part} / ${all}`,
  skipped: (reason, number) => `${reason}：${objects(number)}`,
  gaps: '未確認の項目',
  gapsNone: 'なし：予定どおりすべてを確認した。',
  gapsWhy: (kinds) => `${kinds.join('、')}。未確認の項目がある場所は、問題なしとはみなさない。`,
  gapKind: (number, label) => `${label} ${count(number)}件`,
  gapHeads: ['理由', '場所', '項目', '状況と対応'],
  gapsMissing: (number) => `ほかに${gaps(number)}があるが、ここには示していない。`,
  allOfIt: '全体',
  madeBy: (version) => `ajar ${version} で作成`,
  run: '走査番号',
  seed: (seed) => `乱数の種 ${seed}`,
  targets: '対象：',
  handle: '値はマスク済みだが、どこが公開されているかは本報告からわかる。取り扱いに注意すること。',
};

const terminal: Words['terminal'] = {
  exposed: (number, atLeast, found) =>
    `${atLeast ? '少なくとも' : ''}${people(number)}分の個人情報が露出、${findings(found)}。`,
  lookedAt: (number, open, unknown) =>
    `${assets(number)}を確認：公開${count(open)}、不明${count(unknown)}。`,
  readIn: (read, all) => `そのうち${objects(all)}中${count(read)}個を読み取った。`,
  department: '部署',
  worst: '最高',
  findings: '検出',
  people: '人数',
  firstDeadline: '最初の期限',
  whoCanRead: '閲覧できる者',
  interrupted: '走査は中断された：上の数値はいずれも下限値。',
  unjudged: (number) => `${assets(number)}は判定できなかった。不明は非公開ではない。`,
  gaps: (number) => `${gaps(number)}：内容と理由は報告書にある。`,
  more: (number) => `… ほか${count(number)}件`,
  act: (who, what, day, until) => `${who}。${what}。${day}までに公開を止めること（${until}）。`,
  whatLies: (whose, kinds) => `${whose}：${kinds}`,
};

const letter: Words['letter'] = {
  subject: (department, number, day) =>
    day === null
      ? `${department}：公開された個人情報は検出されず、ご確認ください`
      : `${department}：公開された個人情報 ${count(number)}件、${day}までに公開停止`,
  greeting: (department) => `${department} 御中`,
  found: (number, whose) =>
    `貴部署の所管する場所で、走査により${findings(number)}がありました。${whose}分の個人情報が露出しています（1人は1回だけ数えています）。`,
  foundNothing:
    '貴部署の所管する場所では、誰でも閲覧できる個人情報は検出されませんでした。貴部署でも把握していないことをご確認ください。',
  deadline: (day, until) => `最初の期限は${day}です（${until}）。`,
  attached:
    '添付の表に、各検出事項、その証拠、公開を止めるコマンドと、止まったことを検証するコマンドがあります。',
  doFirst: '最も緊急のもの：',
  masked: '本状と添付の値はマスクしてあります。',
  secret:
    'この一覧からは、どこが公開されているかがわかります。対応する担当者だけに渡し、公開リンクで送らないでください。',
  finding: '検出番号',
  deadlineHead: '期限',
  summary: '概要',
  worst: '最高',
  cellCut: '…（省略：セルの上限。全文は report.json にある）',
};

export const JA: Words = {
  ...formats,
  language: 'ja',
  people,
  findings,
  departments,
  places,
  assets,
  objects,
  gaps,
  targets: counted('件の対象'),
  until: untilOf({
    overdueToday: '本日期限超過',
    today: '本日期限',
    tomorrow: '明日期限',
    overdue: (number) => `${count(number)}日超過`,
    in: (number) => `残り${count(number)}日`,
  }),
  duration: durationOf({
    seconds: (number) => `${number}秒`,
    minutes: (number) => `${number}分`,
    hours: (number) => `${number}時間`,
    days: (number) => `${number}日`,
  }),
  code,
  say,
  lead,
  page,
  terminal,
  letter,
};
