/** 日本語. */
import type { DraftWords } from './words.ts';

const reason = (text: string | null): string => (text === null ? '' : `：${text}`);
const STATUS: Readonly<Record<string, string>> = {
  new: '新規',
  open: '未対応',
  acknowledged: '担当部署が把握済み',
  'not-ours': '当部署の所管外',
  accepted: 'リスクを受容',
  fixed: '是正済み（確認済み）',
  reopened: '再発',
  moved: '他部署へ移管',
};
const RESULT = { closed: '閉鎖', open: '公開のまま', unknown: '確認できず' } as const;

export const JA: DraftWords = {
  blank: '______',
  title: '下書き：個人データの漏えい等に関する報告',
  notice:
    'この下書きは ajar が台帳から作成したもので、マスキングされていない識別子を含みません。報告するかどうかは担当者が判断し、所管機関の様式と照合のうえ、空欄（______）を記入してください。',
  to: '宛先',
  under: '根拠',
  stage: { notification: '報告', preliminary: '速報', final: '確報' },
  reference: '当方の文書番号',
  unverified: 'この期限は ajar が出典で確認できていません。所管機関に確認してください。',
  deadline: {
    head: '1. 時期',
    known: '覚知日時',
    due: '期限',
    asSoonAsPracticable: '速やかに',
    late: (by) => `期限を ${by} 超過`,
    lateReason: '遅延の理由',
    left: (by) => `残り ${by}`,
    told: (at) => `${at} に報告済み`,
    toldLate: (at) => `${at} に報告済み（期限超過）`,
    assessment: '覚知から起算。評価はまだ記録されていません',
    hours: (count) => `${count} 時間`,
    days: (count) => `${count} 日`,
  },
  who: {
    head: '2. 報告者',
    organisation: '機関・部署',
    contact: '連絡先（氏名・電話・メール）',
    officer: '個人情報保護責任者',
  },
  what: {
    head: '3. 概要',
    place: '場所',
    readers: '閲覧できた者',
    cause: '原因',
    since: '最も古いデータが置かれていた時期',
    sinceUnknown: 'いつからかは不明（事業者が日付を提供していない）',
    state: '現在の状態',
    closed: (at) => `閉鎖済み（同じ匿名の要求が ${at} に拒否された）`,
    open: {
      open: '公開のまま',
      'partly-open': '一部が公開のまま',
      'open-to-any-account': '当該クラウドの任意のアカウントに公開のまま',
      unknown: '閉鎖されたことを確認できていない',
      closed: '内容は非公開。ファイル名の一覧が公開されていた',
    },
    accessed: '閲覧の有無（アクセスログ）',
  },
  data: {
    head: '4. 個人データの項目と本人の数',
    people: '本人の数',
    peopleNote: '読み取った範囲での重複を除いた人数',
    kinds: 'データの項目',
    samples: 'マスキングした例',
    special: '要配慮個人情報、子ども等の有無',
  },
  harm: { head: '5. 二次被害', ask: '二次被害又はそのおそれの有無及びその内容' },
  measures: {
    head: '6. 講じた措置',
    none: '台帳にはまだ措置がありません。',
    further: '講じた又は予定するその他の措置',
    prevention: '再発防止のための措置',
  },
  affected: { head: '7. 本人への対応', ask: '本人への通知の有無・時期・方法、公表の実施状況' },
  timeline: {
    head: '8. 経過（台帳）',
    at: '日時（UTC）',
    by: '実施者',
    what: '内容',
    seen: ({ again }) => (again ? '是正後に走査で再び発見' : '走査で発見'),
    status: ({ from, to, reason: why }) =>
      `状態：${STATUS[from] ?? from} → ${STATUS[to] ?? to}${reason(why)}`,
    proof: ({ result, requests, answered }) =>
      `確認：${RESULT[result]}（匿名の要求 ${requests} 件のうち ${answered} 件が成功）`,
    assessed: ({ regulator, notifiable, reason: why }) =>
      `${regulator}：${notifiable ? '報告対象' : '報告対象外'}と評価${reason(why)}`,
    told: ({ whom, id, channel, reference }) =>
      `${{ owner: '担当部署', 'privacy-officer': '個人情報保護責任者', regulator: '所管機関' }[whom]} ${id} に通知（${channel}）${reference === null ? '' : `（${reference}）`}`,
  },
  proofOf: (hash, chain, seq) =>
    `台帳は追記のみで連鎖しています。ここでの最後の記録は ${chain}:${seq}:${hash} です。`,
};
