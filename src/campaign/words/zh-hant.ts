/** 繁體中文 (Hong Kong usage). */
import type { LetterFacts, Words } from './words.ts';

const findings = (count: number): string => `${count} 項發現`;

const answering = ({ replyTo, file }: LetterFacts): readonly string[] => [
  `答覆方法：在附件 ${file} 的「答覆」一欄填上其中一項：已修復、已知悉、非本部門、接受風險。「非本部門」須填原因；「接受風險」須填原因及承擔風險的截止日期。${replyTo === '' ? '' : `請把檔案寄回 ${replyTo}。`}`,
  '「已修復」會即時記錄，待重新測試證實已關閉後才算完成。檔案內列有關閉每一項的指令及測試指令。',
  '本函不含個人資料；所發現的內容均已遮蓋。',
];

const zhHant: Words = {
  locale: 'zh-Hant-HK',
  columns: {
    department: '部門',
    finding: '發現編號',
    severity: '嚴重程度',
    place: '位置',
    part: '部分',
    who: '誰可讀取',
    people: '人數（最多）',
    contents: '內容',
    deadline: '關閉限期',
    close: '關閉指令',
    prove: '測試指令',
    answer: '答覆',
    reason: '原因',
    until: '有效至',
  },
  severity: { critical: '極嚴重', high: '高', medium: '中', low: '低' },
  readers: {
    open: '互聯網上任何人，無須密碼',
    'partly-open': '互聯網上任何人，無須密碼（其中一部分）',
    'open-to-any-account': '任何在該雲端開戶的人',
    unknown: '未能確定，請視作公開處理',
    closed: '未獲授權者不能讀取',
  },
  colon: '：',
  labels: {
    who: '誰可讀取',
    contents: '內容',
    people: '人數',
    deadline: '關閉限期',
    close: '關閉方法',
  },
  answers: {
    fixed: ['已修復', '已修正', '已關閉', '已處理', '已完成', '已移除', '完成'],
    acknowledged: ['已知悉', '知悉', '已確認', '確認', '處理中', '跟進中'],
    'not-ours': ['非本部門', '不屬本部門', '不屬於本部門', '不是本部門', '非我部門'],
    accepted: ['接受風險', '已接受風險', '接受', '已接受'],
    'nothing-to-report': ['無須申報', '沒有申報', '無事項', '沒有', '無'],
  },
  people: (count, bound) => `${bound === 'at most' ? '最多 ' : ''}${count} 人`,
  orphans: '未有所屬部門',
  more: (count) => `……另有 ${count} 項，見附件。`,
  list: (facts) => ({
    subject: `個人資料可被任何人讀取：${facts.department}有 ${findings(facts.findings)}，請於 ${facts.due}前答覆`,
    before: [
      `致：${facts.department}`,
      `${facts.office}在記錄為貴部門所有的位置，發現無須密碼即可讀取的個人資料：${findings(facts.findings)}，涉及 ${facts.people}。`,
      `請於 ${facts.due}或之前逐一關閉並答覆。（行動：${facts.campaign}）`,
    ],
    after: answering(facts),
  }),
  emptyList: (facts) => ({
    subject: `個人資料可被任何人讀取：${facts.department}沒有發現，請於 ${facts.due}前確認`,
    before: [
      `致：${facts.department}`,
      `${facts.office}已查找無須密碼即可讀取的個人資料，在記錄為貴部門所有的位置並無發現。`,
      `請於 ${facts.due}或之前確認無須申報，並告知我們可能未有記錄的位置。（行動：${facts.campaign}）`,
    ],
    after: facts.replyTo === '' ? [] : [`請把答覆寄往 ${facts.replyTo}：「無須申報」。`],
  }),
  orphanList: (facts) => ({
    subject: `個人資料可被任何人讀取：${findings(facts.findings)}未有所屬部門，請於 ${facts.due}前確定`,
    before: [
      `致：${facts.office}`,
      `以下各項在 owners.yaml 沒有對應規則，或部門表示不屬其所有：${findings(facts.findings)}，涉及 ${facts.people}。`,
      `請於 ${facts.due}或之前確定每一項所屬部門。（行動：${facts.campaign}）`,
    ],
    after: answering(facts),
  }),
  passOn: (department) => `owners.yaml 沒有${department}的聯絡地址，故寄給你們：請代為轉交。`,
  reminder: (facts) => ({
    subject: `提醒：${facts.department}${facts.left === 0 ? '尚待確認' : `${findings(facts.left)}尚待答覆`}，限期 ${facts.due}`,
    before: [
      `致：${facts.department}`,
      facts.left === 0
        ? `尚未收到貴部門「無須申報」的確認，限期為 ${facts.due}。（行動：${facts.campaign}）`
        : `${facts.findings} 項發現中尚有 ${facts.left} 項未獲答覆，限期為 ${facts.due}。（行動：${facts.campaign}）`,
    ],
    after: facts.left === 0 ? [] : answering(facts),
  }),
  escalation: (facts) => ({
    subject: `逾期：${facts.department}仍未答覆，限期為 ${facts.due}`,
    before: [
      facts.left === 0
        ? `${facts.department}仍未確認無須申報，限期為 ${facts.due}。（行動：${facts.campaign}）`
        : `${facts.department}的 ${facts.findings} 項發現（無須密碼即可讀取的個人資料，涉及 ${facts.people}）中，尚有 ${facts.left} 項未獲答覆，限期為 ${facts.due}。（行動：${facts.campaign}）`,
      '你在該部門的上報名單內，故收到本函。請督促該部門答覆。',
    ],
    after: facts.left === 0 ? [] : answering(facts),
  }),
  ended: ({ campaign, answered, departments, late, file }) => ({
    subject: `行動 ${campaign} 已結束：${departments} 份清單中 ${answered} 份已答覆`,
    before: [
      `行動 ${campaign} 已結束。${departments} 份清單中 ${answered} 份已答覆，${late} 份逾期或未答覆。`,
      `報告見附件：${file}。`,
    ],
    after: [],
  }),
  notice: ({ fresh, reopened, late, people }) => ({
    subject: `ajar：${[
      fresh > 0 ? `新發現 ${fresh} 項` : '',
      reopened > 0 ? `再次開啟 ${reopened} 項` : '',
      late > 0 ? `逾期 ${late} 項` : '',
    ]
      .filter((part) => part !== '')
      .join('，')}`,
    before: [
      [
        fresh > 0 ? `新發現：${fresh} 項。` : '',
        reopened > 0 ? `證實關閉後再次開啟：${reopened} 項。` : '',
        late > 0 ? `上次掃描後逾期：${late} 項。` : '',
      ].join(''),
      `本次掃描可被讀取資料的人數：${people}。`,
    ],
    after: ['「ajar findings」列出各項；「ajar findings show ID」說明其中一項。'],
  }),
};
export default zhHant;
