/**
 * Frequent characters of the scripts whose legacy encodings overlap. The same bytes decode to
 * *something* in Big5, GBK, EUC-KR and EUC-JP; only in the right one are the characters common.
 * Running text first, then what fills government tables: surnames, places, column headers.
 */

const BOTH_CHINESE =
  '的一是不了在人有我他大中到以子和你地出得年自之下生能於而而家可公此已工使手第全表法如本月外去市今水多理天小安日口分高新心成都用化平些方同主行向名字住址男女性出生日期金年月日明文英志美玉秀王李陳林';

const SIMPLIFIED =
  '这个们来说会国要时为着就那上过对里后她也么之年还发成事只作当想看开道所前然都把但进实现学样长将两从动机力问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔姓名性别出生日期身份证号码电话手机地址邮箱单位职务部门工资银行账户卡号备注户籍省市县区街道镇村号楼室联系人学号班级年龄民族籍贯毕业入职赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻柏水窦章云苏潘葛范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤罗毕郝邬安常乐于时傅齐康伍余元顾孟平黄穆萧尹刘徐胡高林郭梁宋邓叶程曾田董丁蔡余杜戴夏钟汪廖邱熊陆侯龙万段钱汤尹易武乔贺赖龚文伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰建国华志红玲梅燕辉鹏飞宇婷雪琴晓东波斌浩凯俊';

const TRADITIONAL =
  '這個們來說會國要時為著就那上過對裡後她也麼還發事只作當想看開道所前然把但進實現學樣長將兩從動機力問很最重並物應戰頭文體政相見被利什二等產或己制身果加西斯話合回特代內信老給世位次度門任常先海通教兒原東聲提立及比員解真論處走義各入幾認條系氣題活爾更別打變四神總何電數少報才結反受目太量再感建務做接必場件計管直德資命山指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思象完設式色路記南品告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清切院讓識候帶導爭運筆姓名性別身分證份字號碼電話手機地址郵件單位職務部門薪資銀行帳戶卡備註戶籍縣區鄉鎮村里鄰路街巷弄樓室聯絡人學班級年齡民族籍貫陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余趙盧梁顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬阮董唐藍溫蔣石古紀姚連歐程湯康姜汪白田涂鄒尤巫鐘黎塗龔嚴韓袁金童陸柳邵錢伍倪溫于譚駱熊任甘秦毛官史萬雷溫賈鮑尹丘麥霍關區冼鄺岑莫凌馮伍雅婷怡君志明俊傑建宏家豪淑芬美玲麗華淑惠宗翰冠宇詩涵臺台灣北新桃園中南高雄基隆竹苗栗彰化投雲林嘉義屏宜蘭花蓮東澎湖金門香港九龍界灣仔旺角沙田屯元朗荃葵涌觀塘深水埗黃大仙油尖將軍澳荔枝角啟邨苑座期室號護照居民回鄉出生註冊申請表格編號日期備考國民健保險';

const JAPANESE =
  '日本国人年大十二三四五六七八九一中出会東京県市区町村郡字番号地丁目氏名住所電話生年月日性別男女個人保険者証被番号都道府北海青森岩手宮城秋田山形福島茨城栃木群馬埼玉千葉神奈川新潟富石井梨長野岐阜静岡愛知三重滋賀京大阪兵庫奈良和歌鳥取島根岡広口徳香媛高佐崎熊分鹿児沖縄田中村小林加藤伊藤佐々木鈴木高橋渡辺山本中村吉斎斉松井清水森池橋阿部石川前後藤岡長谷近坂遠青西福太三浦原岡崎竹内金子和久保安野上杉丸河今武平菊横宮増工谷酒桜子美恵由紀幸明智真健一郎太次雄夫男介樹也香奈菜葉花優結愛翔陽翼時分間行来見言事者自会社員部課長校学生先業務費金額円税支払振込銀行口座店支普通預当座名義申請届書類用紙記入欄備考登録更新取扱電子郵便連絡担当責任職種勤務先給与控除扶養家族続柄世帯主本籍現在前旧新変更理由平成昭和令和大正年度期限有効無経過対象施設病院診療医療介護福祉児童手当方法下上内外全各同以及場合私達実際体的当時最高問題関係発表開始定決調査結果必要';

const KANA_RANGES: readonly (readonly [number, number])[] = [
  [0x3041, 0x3096],
  [0x30a1, 0x30fc],
];

export type Script = 'simplified' | 'traditional' | 'japanese' | 'korean';

const COMMON: Readonly<Record<Exclude<Script, 'korean'>, ReadonlySet<string>>> = {
  simplified: new Set(BOTH_CHINESE + SIMPLIFIED),
  traditional: new Set(BOTH_CHINESE + TRADITIONAL),
  japanese: new Set(JAPANESE),
};

/** CJK punctuation and full-width ASCII: right in every one of them, so proof of none. */
function neutral(code: number): boolean {
  return (
    (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xff01 && code <= 0xff5e) ||
    (code >= 0x2010 && code <= 0x2026) ||
    (code >= 0x2460 && code <= 0x24ff) ||
    code === 0xb7
  );
}

function inRanges(code: number, ranges: readonly (readonly [number, number])[]): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}

/** How well one non-ASCII character speaks for a script, 0..1; null when it speaks for none. */
function weight(char: string, code: number, script: Script): number | null {
  if (neutral(code)) return null;
  if (script === 'korean') {
    if (code >= 0xac00 && code <= 0xd7a3) return 1;
    return code >= 0x4e00 && code <= 0x9fff ? 0.15 : 0;
  }
  if (script === 'japanese') {
    if (inRanges(code, KANA_RANGES)) return 1;
    // Half-width kana fill Japanese bank files, and any stray Chinese bytes decode to them too.
    if (code >= 0xff66 && code <= 0xff9f) return 0.45;
  }
  if (COMMON[script].has(char)) return 1;
  if (code >= 0x4e00 && code <= 0x9fff) return 0.2;
  return 0;
}

/** How plausible decoded text is in a script, 0..1, over its non-ASCII characters; 0 without any. */
export function plausibility(text: string, script: Script): number {
  let sum = 0;
  let count = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) continue;
    const one = code === 0xfffd ? -3 : weight(char, code, script);
    if (one === null) continue;
    sum += one;
    count += 1;
  }
  return count === 0 ? 0 : Math.max(0, sum / count);
}
