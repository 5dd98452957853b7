/**
 * The surnames that most people of the region bear, in their own script and romanised.
 *
 * A name is recognised by its surname: given names are free. Source: the commonest surnames in the
 * public statistics of China (Ministry of Public Security, yearly name report), Taiwan (Ministry of
 * the Interior), Korea (Statistics Korea, 2015 census) and Japan (published rankings), and the
 * romanisations in use in Hong Kong, Singapore and Malaysia (Cantonese, Hokkien, Teochew, Hakka).
 */

/** Chinese, of one character; traditional and simplified. */
export const CHINESE: string =
  '王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何林高羅罗鄭郑梁謝谢宋唐許许韓韩馮冯鄧邓曹彭曾蕭萧田' +
  '董潘袁蔡蔣蒋余于杜葉叶程魏蘇苏呂吕丁任盧卢姚沈鍾钟姜崔譚谭陸陆范汪廖石金韋韦賈贾夏傅方鄒邹熊白孟秦邱丘江' +
  '尹薛閻阎段雷侯龍龙史陶黎賀贺顧顾毛郝龔龚邵萬万覃武錢钱戴嚴严莫孔向湯汤溫温康施文牛樊葛邢安齊齐易喬乔伍龐庞' +
  '顏颜倪莊庄聶聂章魯鲁岳翟申詹歐欧耿關关蘭兰焦俞左柳甘祝包寧宁尚符舒阮柯紀纪梅童凌畢毕單单季裴霍涂成苗谷盛' +
  '曲翁冉駱骆藍蓝路游辛靳管柴蒙鮑鲍華华喻祁蒲房滕屈饒饒牟艾尤陽阳時时穆農农司卓古吉繆缪簡简車车項项連连蘆盧' +
  '麥麦冼招岑區区鄺邝植練练譚洪巫賴赖卞';

/** Chinese, of two characters. */
export const CHINESE_DOUBLE: readonly string[] = [
  ...[
    '歐陽',
    '欧阳',
    '司徒',
    '上官',
    '司馬',
    '司马',
    '諸葛',
    '诸葛',
    '夏侯',
    '皇甫',
    '尉遲',
    '尉迟',
  ],
  ...['公孫', '公孙', '令狐', '慕容', '端木', '東方', '东方', '張簡', '范姜'],
];

export const JAPANESE: readonly string[] = (
  '佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 齋藤 斉藤 ' +
  '清水 山崎 阿部 森 池田 橋本 山下 石川 中島 前田 藤田 小川 後藤 岡田 長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 ' +
  '西村 福田 太田 三浦 藤原 岡本 松田 中川 中野 原田 小野 田村 竹内 金子 和田 中山 石田 上田 森田 柴田 酒井 宮崎 ' +
  '横山 高木 安藤 宮本 大野 小島 工藤 谷口 今井 高田 丸山 増田 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 ' +
  '武田 松井 千葉 菅原 岩崎 久保 木下 佐野 野村 松尾 市川 菊地 菊池 杉本 古川 大西 島田 水野 桜井 渡部 吉川 山内 ' +
  '西田 飯田 西川 小松 北村 安田 五十嵐 川口 平田 関 中田 久保田 東 服部 川崎 岩田 土屋 福島 本田 辻 樋口 秋山 田口 ' +
  '永井 山中 中西 吉村 川上 石原 大橋 松岡 馬場 浜田 森本 星野 矢野 浅野 松下 大久保 吉岡 荒木 野田 大石 熊谷 松浦'
).split(' ');

export const KOREAN: string =
  '김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용';

/** Romanised: Cantonese, Hokkien and Teochew, Mandarin, Korean, Japanese. */
export const ROMANISED: ReadonlySet<string> = new Set(
  (
    'CHAN WONG LEE LAM CHEUNG CHEUNG LAU YEUNG HO LEUNG NG TANG TSANG LAI CHENG CHOW CHU TSE YIP LUI ' +
    'FUNG KWOK KWAN KWONG LO LAW SO SZETO SIU TAM TO TSANG TSOI TSUI WAN WAT WU YAU YEUNG YIU YU YUEN ' +
    'YUNG AU AU-YEUNG BUT CHOI CHOY CHUI CHUNG FAN FOK FONG FU HA HAU HUI HUNG IP KAM KAN KO KONG KUNG ' +
    'KWAN LAI LEUNG LI LING LOK LUK MA MAK MAN MO MOK MOY MUI NGAI NGAN PANG POON PUN SHEK SHUM SIN SIT ' +
    'SUEN SUM SUNG SZE TAI TING TONG TSO TUNG WAI WING YAM YAN YIM ' +
    'TAN LIM ONG GOH CHUA KOH TEO SIM TOH YEO TAY QUEK SEAH LEOW LOW NEO NEOH NGOH OOI PEH PHUA POH SEE ' +
    'SEOW SNG SOH SOON TEH TEOH THAM TIONG TJAN WEE YAP YEOH YEOW ANG AW BOEY CHEONG CHIA CHIAM CHIANG ' +
    'CHIN CHING CHONG CHOO CHOONG CHOU EE ENG FOO GAN GAY GWEE HENG HENG HO HOE HOW KANG KEE KEK KHOO KHOR ' +
    'KOK KUEK KWEE LAU LAY LIANG LIAU LIEW LIM LIN LOH LOKE LOO LOU LYE NAH NGIAM ' +
    'WANG ZHANG LIU CHEN YANG HUANG ZHAO ZHOU XU SUN ZHU GUO HE LUO ZHENG LIANG XIE SONG HAN DENG FENG ' +
    'CAO PENG ZENG XIAO TIAN DONG PAN YUAN CAI JIANG DU YE CHENG WEI SU LU DING REN SHEN YAO ZHONG CUI ' +
    'QIU QIN JIN JIA SHI DAI XIA ZOU HSU HSIEH TSAI CHANG HSIAO CHUANG LIAO CHIEN CHIU KUO WEN ' +
    'KIM PARK PAK CHOE JUNG JEONG KANG CHO YOON YUN JANG IM LIM HWANG AHN AN SHIN SEO SON BAE BAEK ' +
    'SATO SUZUKI TAKAHASHI TANAKA ITO WATANABE YAMAMOTO NAKAMURA KOBAYASHI KATO YOSHIDA YAMADA SASAKI ' +
    'YAMAGUCHI MATSUMOTO INOUE KIMURA SAITO SHIMIZU HAYASHI YAMAZAKI MORI IKEDA HASHIMOTO ABE ISHIKAWA ' +
    'YAMASHITA NAKAJIMA MAEDA FUJITA OGAWA GOTO OKADA HASEGAWA MURAKAMI KONDO ISHII SAKAMOTO ENDO AOKI FUJII'
  ).split(' '),
);
