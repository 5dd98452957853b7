/** 日本語. */
import type { LetterFacts, Words } from './words.ts';

const findings = (count: number): string => `${count} 件`;

const answering = ({ replyTo, file }: LetterFacts): readonly string[] => [
  `回答方法：添付の ${file} の「回答」欄に、対応済み・確認済み・所管外・リスク受容のいずれかをご記入ください。「所管外」には理由、「リスク受容」には理由とその期限が必要です。${replyTo === '' ? '' : `ご記入のうえ ${replyTo} までお送りください。`}`,
  '「対応済み」は直ちに記録され、再度の確認で閉じていることが証明された時点で完了となります。ファイルには、閉じるためのコマンドと確認のためのコマンドを記載しています。',
  '本状に個人情報は含まれません。検出した内容はすべて伏せ字にしています。',
];

const ja: Words = {
  locale: 'ja-JP',
  columns: {
    department: '部署',
    finding: '検出番号',
    severity: '重大度',
    place: '場所',
    part: '範囲',
    who: '閲覧できる人',
    people: '人数（最大）',
    contents: '内容',
    deadline: '対応期限',
    close: '閉じるコマンド',
    prove: '確認コマンド',
    answer: '回答',
    reason: '理由',
    until: '期限',
  },
  severity: { critical: '最重大', high: '高', medium: '中', low: '低' },
  readers: {
    open: 'インターネット上の誰でも（パスワード不要）',
    'partly-open': 'インターネット上の誰でも（パスワード不要、一部）',
    'open-to-any-account': '当該クラウドのアカウントを持つ誰でも',
    unknown: '判定できず。公開されているものとして扱ってください',
    closed: '許可のない者は閲覧不可',
  },
  colon: '：',
  labels: {
    who: '閲覧できる人',
    contents: '内容',
    people: '人数',
    deadline: '対応期限',
    close: '閉じるには',
  },
  answers: {
    fixed: ['対応済み', '対応済', '修正済み', '修正済', '閉鎖済み', '削除済み', '完了'],
    acknowledged: ['確認済み', '確認済', '了解', '承知', '対応中'],
    'not-ours': ['所管外', '担当外', '当部署ではない', '当課ではない', '管轄外'],
    accepted: ['リスク受容', 'リスクを受容', '受容', '容認'],
    'nothing-to-report': ['該当なし', '報告事項なし', 'なし', '無し'],
  },
  people: (count, bound) => `${bound === 'at most' ? '最大 ' : ''}${count} 人`,
  orphans: '所管部署なし',
  more: (count) => `ほか ${count} 件は添付ファイルをご覧ください。`,
  list: (facts) => ({
    subject: `誰でも閲覧できる個人情報：${facts.department} ${findings(facts.findings)}、${facts.due}までにご回答ください`,
    before: [
      `${facts.department} 御中`,
      `${facts.office}の調査により、貴部署の所管として登録されている場所で、パスワードなしに閲覧できる個人情報が ${findings(facts.findings)}（${facts.people}分）見つかりました。`,
      `${facts.due}までにすべて閉じ、それぞれについてご回答ください。（調査：${facts.campaign}）`,
    ],
    after: answering(facts),
  }),
  emptyList: (facts) => ({
    subject: `誰でも閲覧できる個人情報：${facts.department} 検出なし、${facts.due}までにご確認ください`,
    before: [
      `${facts.department} 御中`,
      `${facts.office}がパスワードなしに閲覧できる個人情報を調査したところ、貴部署の所管として登録されている場所では見つかりませんでした。`,
      `${facts.due}までに該当がないことをご確認いただき、登録されていない場所があればお知らせください。（調査：${facts.campaign}）`,
    ],
    after:
      facts.replyTo === ''
        ? []
        : [`ご回答は「該当なし」として ${facts.replyTo} までお送りください。`],
  }),
  orphanList: (facts) => ({
    subject: `誰でも閲覧できる個人情報：所管部署のない ${findings(facts.findings)}、${facts.due}までに特定してください`,
    before: [
      `${facts.office} 御中`,
      `owners.yaml に該当する規則がない、または所管外と回答されたものが ${findings(facts.findings)}（${facts.people}分）あります。`,
      `${facts.due}までにそれぞれの所管部署を特定してください。（調査：${facts.campaign}）`,
    ],
    after: answering(facts),
  }),
  passOn: (department) =>
    `owners.yaml に${department}の連絡先がないため、貴部署にお送りします。転送をお願いします。`,
  reminder: (facts) => ({
    subject: `再度のお願い：${facts.department} ${facts.left === 0 ? 'ご確認' : `${findings(facts.left)}のご回答`}、期限 ${facts.due}`,
    before: [
      `${facts.department} 御中`,
      facts.left === 0
        ? `該当がないことのご確認をまだいただいておりません。期限は ${facts.due}です。（調査：${facts.campaign}）`
        : `${facts.findings} 件のうち ${facts.left} 件のご回答をまだいただいておりません。期限は ${facts.due}です。（調査：${facts.campaign}）`,
    ],
    after: facts.left === 0 ? [] : answering(facts),
  }),
  escalation: (facts) => ({
    subject: `期限超過：${facts.department}から回答がありません（期限 ${facts.due}）`,
    before: [
      facts.left === 0
        ? `${facts.department}から、該当がないことの確認が届いていません。期限は ${facts.due}でした。（調査：${facts.campaign}）`
        : `パスワードなしに閲覧できる個人情報 ${facts.findings} 件（${facts.people}分）のうち ${facts.left} 件について、${facts.department}から回答がありません。期限は ${facts.due}でした。（調査：${facts.campaign}）`,
      '当該部署の上位連絡先として登録されているため、お送りしています。回答するようご指導ください。',
    ],
    after: facts.left === 0 ? [] : answering(facts),
  }),
  ended: ({ campaign, answered, departments, late, file }) => ({
    subject: `調査 ${campaign} が終了しました：${departments} 件の一覧のうち ${answered} 件が回答済み`,
    before: [
      `調査 ${campaign} が終了しました。${departments} 件の一覧のうち ${answered} 件が回答済み、${late} 件が期限後または未回答です。`,
      `報告書を添付します：${file}`,
    ],
    after: [],
  }),
  notice: ({ fresh, reopened, late, people }) => ({
    subject: `ajar：${[
      fresh > 0 ? `新規 ${fresh} 件` : '',
      reopened > 0 ? `再公開 ${reopened} 件` : '',
      late > 0 ? `期限超過 ${late} 件` : '',
    ]
      .filter((part) => part !== '')
      .join('、')}`,
    before: [
      [
        fresh > 0 ? `新規：${fresh} 件。` : '',
        reopened > 0 ? `閉じたことの証明後に再び公開：${reopened} 件。` : '',
        late > 0 ? `前回の実行以降に期限超過：${late} 件。` : '',
      ].join(''),
      `今回の実行で公開状態にある人数：${people}。`,
    ],
    after: ['「ajar findings」で一覧、「ajar findings show ID」で詳細を表示します。'],
  }),
};
export default ja;
