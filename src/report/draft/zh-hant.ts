/** 繁體中文. */
import type { DraftWords } from './words.ts';

const reason = (text: string | null): string => (text === null ? '' : `：${text}`);
const STATUS: Readonly<Record<string, string>> = {
  new: '新發現',
  open: '未處理',
  acknowledged: '部門已知悉',
  'not-ours': '非本部門所有',
  accepted: '接受風險',
  fixed: '已修正（經核實）',
  reopened: '重新開啟',
  moved: '已轉交其他部門',
};
const RESULT = { closed: '已關閉', open: '仍開放', unknown: '未能確定' } as const;

export const ZH_HANT: DraftWords = {
  blank: '______',
  title: '草稿：個人資料外洩事故通報',
  notice:
    '本草稿由 ajar 根據其紀錄編製，不含任何未遮蔽的識別資料。是否提交由負責人員決定；提交前請對照主管機關的表格，並填妥留空之處（______）。',
  to: '致',
  under: '依據',
  stage: { notification: '通報', preliminary: '初步報告', final: '最終報告' },
  reference: '本機關檔號',
  unverified: 'ajar 未能在資料來源中查證此期限，請向主管機關確認。',
  deadline: {
    head: '一、時間',
    known: '首次知悉',
    due: '期限',
    asSoonAsPracticable: '在切實可行範圍內盡快',
    late: (by) => `已逾期 ${by}`,
    lateReason: '延誤原因',
    left: (by) => `尚餘 ${by}`,
    told: (at) => `已於 ${at} 通報`,
    toldLate: (at) => `已於 ${at} 通報（逾期）`,
    assessment: '由首次知悉起計；尚未記錄評估結果',
    hours: (count) => `${count} 小時`,
    days: (count) => `${count} 天`,
  },
  who: {
    head: '二、通報機關',
    organisation: '機關／部門',
    contact: '聯絡人（姓名、電話、電郵）',
    officer: '保障資料主任',
  },
  what: {
    head: '三、事故經過',
    place: '位置',
    readers: '何人可讀取',
    cause: '原因',
    since: '其中最早的資料存放於該處自',
    sinceUnknown: '開放自何時起不詳；供應商沒有提供日期',
    state: '目前狀況',
    closed: (at) => `已關閉；同樣的匿名請求於 ${at} 被拒`,
    open: {
      open: '仍然開放',
      'partly-open': '部分仍然開放',
      'open-to-any-account': '該雲端服務的任何帳戶仍可讀取',
      unknown: '未能確定是否已關閉',
      closed: '內容已關閉；檔案名稱清單曾經開放',
    },
    accessed: '是否有人曾經讀取（存取紀錄）',
  },
  data: {
    head: '四、受影響的資料',
    people: '人數',
    peopleNote: '在已讀取範圍內計算的不重複人數',
    kinds: '資料種類',
    samples: '已遮蔽的例子',
    special: '特種個人資料、兒童或其他易受傷害人士',
  },
  harm: { head: '五、可能的後果', ask: '對當事人可能造成的後果' },
  measures: {
    head: '六、已採取的措施',
    none: '紀錄中尚無措施。',
    further: '已採取或計劃採取的其他措施',
    prevention: '防止再次發生的措施',
  },
  affected: { head: '七、通知當事人', ask: '是否已通知、何時、以何種方式' },
  timeline: {
    head: '八、紀錄',
    at: '時間（UTC）',
    by: '由',
    what: '事項',
    seen: ({ again }) => (again ? '修正後掃描再次發現' : '掃描發現'),
    status: ({ from, to, reason: why }) =>
      `狀態：${STATUS[from] ?? from} → ${STATUS[to] ?? to}${reason(why)}`,
    proof: ({ result, requests, answered }) =>
      `核實：${RESULT[result]}（${requests} 個匿名請求中有 ${answered} 個成功）`,
    assessed: ({ regulator, notifiable, reason: why }) =>
      `${regulator}：評估為${notifiable ? '須通報' : '無須通報'}${reason(why)}`,
    told: ({ whom, id, channel, reference }) =>
      `已通知${{ owner: '部門', 'privacy-officer': '保障資料主任', regulator: '主管機關' }[whom]} ${id}，方式：${channel}${reference === null ? '' : `（${reference}）`}`,
  },
  proofOf: (hash, chain, seq) =>
    `紀錄只可附加並以雜湊鏈相連；此處最後一項為 ${chain}:${seq}:${hash}。`,
};
