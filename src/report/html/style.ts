/**
 * The style sheet of report.html: one column, calm, no font or picture from anywhere.
 *
 * Colour never carries meaning alone (each tag has its word), text keeps a contrast of 4.5 : 1 on
 * light and dark grounds, and paper gets everything unfolded.
 */
export const STYLE = `
:root{color-scheme:light dark;
--ground:#f5f6f8;--card:#fff;--ink:#17202e;--soft:#566174;--line:#dde2ea;--faint:#eef1f5;--accent:#1f4f8f;
--critical:#a3151c;--critical-bg:#fdecec;--high:#9a4a00;--high-bg:#fff1e0;--medium:#6b5900;--medium-bg:#fbf4d3;
--low:#3f5f86;--low-bg:#e9f0f9;--good:#17663a;--good-bg:#e5f5eb;--code:#f2f4f8}
@media (prefers-color-scheme:dark){:root{
--ground:#11161d;--card:#19202a;--ink:#e8ecf2;--soft:#a3afc0;--line:#2f3a48;--faint:#222b37;--accent:#8fbcf5;
--critical:#ff9a9a;--critical-bg:#45191d;--high:#ffbb7a;--high-bg:#412a14;--medium:#ead779;--medium-bg:#39331a;
--low:#a9c8ee;--low-bg:#1f3047;--good:#8fdcae;--good-bg:#173626;--code:#11161d}}
*{box-sizing:border-box}
:lang(zh-Hant) body{font-family:system-ui,"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC",sans-serif}:lang(zh-Hans) body{font-family:system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}:lang(ja) body{font-family:system-ui,"Hiragino Sans","Yu Gothic","Noto Sans CJK JP",sans-serif}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang TC","Hiragino Sans","Microsoft JhengHei","Yu Gothic","Noto Sans CJK TC","Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere}
main,header.top,footer{max-width:70rem;margin:0 auto;padding:0 1.5rem}
header.top{padding-top:2.5rem}
h1,h2,h3,h4,p,dl,dd,ul,ol{margin:0}
h1{font-size:1rem;font-weight:600;color:var(--soft)}
.lead{font-size:clamp(1.4rem,1.05rem + 1.4vw,2rem);line-height:1.28;font-weight:650;letter-spacing:-.01em;margin:.5rem 0 .75rem;max-width:56rem;text-wrap:balance}
.meta{color:var(--soft);font-size:.9rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;margin:1.25rem 0 0;font-size:.92rem}
.note{border:1px solid;border-left-width:6px;border-radius:8px;padding:.8rem 1.1rem;margin:1.25rem 0 0;max-width:46rem}
.note strong{display:block}
.note.bad{color:var(--critical);background:var(--critical-bg)}
.note.warn{color:var(--high);background:var(--high-bg)}
.note.good{color:var(--good);background:var(--good-bg)}
.note a{color:inherit}
.figures{display:grid;grid-template-columns:repeat(4,1fr) 1.25fr;gap:1px;margin:1.75rem 0 0;background:var(--line);border:1px solid var(--line);border-radius:12px;overflow:hidden}
.figures div{background:var(--card);padding:1rem 1.2rem 1.1rem;display:flex;flex-direction:column}
.figures dt{color:var(--soft);font-size:.86rem}
.figures dd{font-size:clamp(1.35rem,1rem + 1vw,1.6rem);font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.figures time{white-space:nowrap;font-size:.88em}
.figures .under{font-size:.86rem;font-weight:400;letter-spacing:0;color:var(--soft);margin-top:.2rem}
.figures .under.late{color:var(--critical);font-weight:650}
section{margin:2.75rem 0 0}
h2{font-size:1.3rem;line-height:1.3;margin:0 0 .3rem;letter-spacing:-.005em}
h2+.why{color:var(--soft);margin:0 0 1rem;max-width:46rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1.3rem}
.two{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;align-items:start}
.two section{min-width:0}
.bars{list-style:none;padding:0;display:grid;gap:.9rem}
.bars a{color:inherit;text-decoration:none;display:block}
.bars a:hover .n{text-decoration:underline}
.bars .top{display:flex;justify-content:space-between;gap:1rem;align-items:baseline}
.bars .n{font-weight:550}
.bars .v{font-variant-numeric:tabular-nums;font-weight:650}
.bars svg{display:block;width:100%;height:10px;margin:.25rem 0 .15rem;border-radius:5px;background:var(--faint)}
.bars .sub{color:var(--soft);font-size:.86rem}
svg.overtime{display:block;width:100%;min-width:36rem;height:auto}
.overtime rect{fill:var(--accent)}.overtime line{stroke:var(--line)}.overtime text{fill:var(--ink);font-size:13px;font-weight:600;text-anchor:middle}.overtime .day{fill:var(--soft);font-weight:400;font-size:12px}
.more{padding:.9rem 1.3rem;text-align:center}.more[hidden],.paper{display:none}
.more button{font:inherit;color:var(--accent);background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.5rem 1.1rem;cursor:pointer}
rect.critical{fill:#c9343b}rect.high{fill:#d9822b}rect.medium{fill:#c2a522}rect.low{fill:#6f96c4}
.scroll{overflow-x:auto}
.scroll.wide table{min-width:44rem}.scroll.wide :is(th,td):nth-last-child(-n+2){min-width:9rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;color:var(--soft);font-size:.86rem;padding:0 0 .4rem}
th,td{overflow-wrap:break-word;text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
tbody tr:last-child>*{border-bottom:0}
th{font-weight:600}thead th{color:var(--soft);font-size:.84rem;vertical-align:bottom}
.num{text-align:right;font-variant-numeric:tabular-nums}td.num,span.num{white-space:nowrap}
.kinds :is(th,td):is(:nth-child(2),:nth-child(3)){text-align:right;font-variant-numeric:tabular-nums}
.matrix th[scope=row]{white-space:nowrap}
td.zero{color:var(--soft)}
td.hot{font-weight:700;color:var(--critical)}td.warm{font-weight:700;color:var(--high)}
.tag{display:inline-block;font-size:.8rem;font-weight:650;line-height:1.2;padding:.22rem .55rem;border-radius:99px;white-space:nowrap;color:var(--low);background:var(--low-bg)}
.tag.critical,.tag.open{color:var(--critical);background:var(--critical-bg)}
.tag.high,.tag.partly-open,.tag.open-to-any-account{color:var(--high);background:var(--high-bg)}
.tag.medium,.tag.unknown{color:var(--medium);background:var(--medium-bg)}
.tag.closed{color:var(--good);background:var(--good-bg)}
summary{cursor:pointer}
.fold>summary::marker{color:var(--soft)}
.dept summary{display:grid;list-style:none;align-items:baseline}
.dept summary::-webkit-details-marker{display:none}
.dept summary::before{content:"";width:.42rem;height:.42rem;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(-45deg);align-self:center;transition:transform .12s}
.dept details[open]>summary::before,.finding[open]>summary::before{transform:rotate(45deg)}
.dept{margin:1.25rem 0 0;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden;content-visibility:auto;contain-intrinsic-height:auto 12rem}
.dept>details>summary{grid-template-columns:1.1rem minmax(0,1fr);gap:.1rem .4rem;padding:1.1rem 1.3rem}
.dept>details>summary::before{align-self:start;margin-top:.6rem}
.dept h3{font-size:1.15rem;line-height:1.35}
.dept .sub{grid-column:2;color:var(--soft);font-size:.92rem}
.list-note{padding:0 1.3rem .9rem 2.8rem;color:var(--soft);font-size:.86rem}
.late{color:var(--critical);font-weight:650}
.finding{border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-height:auto 4.2rem}
.finding>summary{grid-template-columns:1.1rem 5rem minmax(0,1fr) 9rem 9rem;gap:.2rem .4rem;padding:.85rem 1.3rem}
.finding>summary>*+*{margin-left:.6rem}.finding .tag{justify-self:start}
.dept summary:hover{background:var(--faint)}
.finding h4{font-size:1rem;font-weight:600}
.finding .who{color:var(--soft);font-size:.9rem;display:block;font-weight:400}
.finding .num,.finding .due{font-size:.92rem}
.due{text-align:right}.due i{display:none}.due span{display:block;color:var(--soft);font-size:.86rem}.due .late{color:var(--critical)}
.body{padding:.4rem 1.3rem 1.5rem 2.8rem;display:grid;gap:1.2rem}
.body>*{min-width:0}
.facts{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:.45rem 1.25rem}
.facts dt{color:var(--soft);font-size:.92rem}
.facts ul{padding-left:1.1rem}
.body h5{margin:0 0 .4rem;font-size:.95rem}
.odd{color:var(--high);font-weight:600}
.samples{list-style:none;padding:0;display:grid;gap:.25rem;font-size:.92rem}
.samples code:first-child{background:var(--code);padding:.1rem .4rem;border-radius:4px;margin-right:.4rem}
.ref{color:var(--soft)}i{font-style:normal}
.steps{display:grid;gap:.9rem}
.steps h6{margin:0;font-size:.92rem;font-weight:650}
.steps p{font-size:.95rem}
pre{margin:.35rem 0 0;padding:.65rem .85rem;background:var(--code);border:1px solid var(--line);border-radius:8px;font:.84rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK TC",monospace;white-space:pre-wrap;overflow-wrap:anywhere;user-select:all;-webkit-user-select:all}
code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK TC",monospace}
.small{font-weight:400;color:var(--soft);font-size:.86rem}
.find{display:flex;flex-wrap:wrap;gap:.6rem 1.25rem;align-items:center;margin:1rem 0 0;font-size:.92rem}
.find[hidden]{display:none}
.find input[type=search]{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:8px;padding:.45rem .75rem;min-width:min(22rem,100%)}
.find label{white-space:nowrap}
.fold>summary{padding:.4rem 0;font-weight:600}
.wide-fold{content-visibility:auto;contain-intrinsic-height:auto 20rem}
footer{padding-top:2.5rem;padding-bottom:3rem;color:var(--soft);font-size:.88rem}
footer p+p{margin-top:.5rem}
@media screen and (max-width:56rem){.figures{grid-template-columns:repeat(6,1fr)}.figures div{grid-column:span 2}.figures div:nth-child(n+4){grid-column:span 3}
.two{grid-template-columns:1fr;gap:0}}
@media screen and (max-width:46rem){
main,header.top,footer{padding-left:1rem;padding-right:1rem}
.dept>details>summary,.finding>summary{padding-left:1rem;padding-right:1rem}
.finding>summary{grid-template-columns:1.1rem minmax(0,1fr) auto}.finding>summary>*+*{margin-left:0}
.finding h4{grid-column:2/-1;grid-row:2}.finding>summary .tag{grid-column:2}.finding>summary .num{grid-column:3;grid-row:1}
.due{grid-column:2/-1;grid-row:3;text-align:left}.due span,.due i{display:inline}
.body{padding-left:1rem;padding-right:1rem}.list-note{padding-left:2.5rem;padding-right:1rem}
.facts{grid-template-columns:1fr;gap:.1rem}.facts dd{margin-bottom:.6rem}
.figures{grid-template-columns:1fr 1fr}.figures div:nth-child(n){grid-column:auto}.figures div:first-child{grid-column:1/-1}}
@media print{
:root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--faint:#eee;--accent:#000;
--critical:#8d0e14;--critical-bg:#fff;--high:#7a3a00;--high-bg:#fff;--medium:#544600;--medium-bg:#fff;--low:#2c4766;--low-bg:#fff;--good:#0f4d2b;--good-bg:#fff;--code:#fff}
html{font-size:11.5px}.two{grid-template-columns:1fr 1fr;gap:1rem}section{margin-top:1.8rem}
.scroll{overflow:visible}.scroll.wide table{min-width:0}
main,header.top,footer{max-width:none;padding-left:0;padding-right:0}
nav,.find,.more,noscript{display:none}.paper{display:block;padding:.5rem 0}
.tag{border:1px solid}
details::details-content{content-visibility:visible!important;block-size:auto!important}
.dept,.finding,.wide-fold{content-visibility:visible}
.dept{border:0;border-top:2px solid #000;border-radius:0;break-before:auto}
.finding>summary,.steps>div,.figures div,tr,.bars li{break-inside:avoid}
h2,h3,h4,h5,h6,summary{break-after:avoid}
svg,rect,.tag,.note{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{text-decoration:none}}
`;
