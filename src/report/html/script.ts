/**
 * The script of report.html: finding rows by word and severity, unpacking what lies packed, and
 * opening a finding that the address names. Everything that is on the page can be read without it;
 * its controls only appear when it runs.
 */
export const SCRIPT: string = `
(function(){
var main=document.querySelector('main'),box=document.querySelector('.find');
var said=box&&box.querySelector('output'),word=box&&box.querySelector('[type=search]');
var levels=box?Array.from(box.querySelectorAll('[type=checkbox]')):[];
function fill(text,n,all){return text.replace('{n}',n.toLocaleString(document.documentElement.lang)).replace('{all}',all.toLocaleString(document.documentElement.lang))}
function unpack(script){
var bytes=Uint8Array.from(atob(script.textContent),function(c){return c.charCodeAt(0)});
return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()}
function place(script){
if(script.placing)return script.placing;
return script.placing=unpack(script).then(function(text){
var holder=document.createElement('template');holder.innerHTML=text;
script.replaceWith(holder.content)})}
function listOf(more){return more.parentElement}
function packed(list){return Array.from(list.querySelectorAll('script.portion'))}
document.querySelectorAll('.more').forEach(function(m){listOf(m).all=packed(listOf(m))});
function count(scripts){return scripts.reduce(function(sum,s){return sum+Number(s.dataset.n)},0)}
function indexOf(list){
var script=list.querySelector('script.index');
if(!script)return Promise.resolve(null);
return list.known=list.known||unpack(script).then(function(text){
var all=JSON.parse(text),scripts=list.all,name=(list.querySelector('h3')||list).textContent.toLowerCase();
return all.map(function(rows,i){return{script:scripts[i],rows:rows.map(function(r){return{level:r[0],id:r[1],text:(r[2]+' '+name).toLowerCase()}})}})})}
function wanted(){return word?word.value.trim().toLowerCase().split(/\\s+/).filter(Boolean):[]}
function on(){var o={};levels.forEach(function(l){o[l.value]=l.checked});return o}
function sifting(){return wanted().length>0||levels.some(function(l){return!l.checked})}
function fits(level,text,words,o){return o[level]&&words.every(function(w){return text.indexOf(w)>=0})}
function waiting(list){
if(!sifting()||!list.querySelector('script.index'))return Promise.resolve(packed(list).map(function(s){return{script:s,n:Number(s.dataset.n)}}));
return indexOf(list).then(function(known){
var words=wanted(),o=on();
return(known||[]).filter(function(p){return p.script.isConnected}).map(function(p){
return{script:p.script,n:p.rows.filter(function(r){return fits(r.level,r.text,words,o)}).length}}).filter(function(p){return p.n>0})})}
function label(more){
var list=listOf(more),button=more.firstElementChild;
return waiting(list).then(function(left){
var all=left.reduce(function(sum,p){return sum+p.n},0);
more.hidden=all===0;if(!sifting()){var paper=more.nextElementSibling;paper.textContent=all===0?'':paper.dataset.text.replace('{n}',all.toLocaleString(document.documentElement.lang))}
button.textContent=all===0?'':fill(main.dataset.more,left[0].n,all);return all})}
function take(list){return waiting(list).then(function(left){return left.length?place(left[0].script):null})}
function failed(more){more.hidden=false;more.textContent=main.dataset.old}
var rounds=0,enough=50;
function sift(){
if(!box)return;
var round=++rounds,words=wanted(),o=on(),shown=0,all=0;
document.querySelectorAll('.dept').forEach(function(d){
var name=d.querySelector('h3').textContent,any=false;
d.querySelectorAll('.finding').forEach(function(f){
all++;f.words=f.words||(f.querySelector('summary').textContent+' '+name).toLowerCase();
var yes=fits(f.dataset.level,f.words,words,o);f.hidden=!yes;if(yes){shown++;any=true}});
d.hidden=!any;d.any=any;if(words.length)d.firstElementChild.open=true});
var mores=Array.from(document.querySelectorAll('.dept .more'));
mores.forEach(function(m){all+=count(packed(listOf(m)))});
function say(){said.textContent=!sifting()?'':fill(box.dataset.shown,shown,all)}
say();
if(!mores.length)return;
Promise.all(mores.map(function(m){return label(m).then(function(left){
if(round===rounds){var d=m.closest('.dept');d.hidden=!d.any&&left===0}
return left})})).then(function(left){
if(round!==rounds||!sifting()||shown>=enough)return;
for(var i=0;i<mores.length;i++)if(left[i]>0)return take(listOf(mores[i])).then(function(){if(round===rounds)sift()})
}).catch(function(){mores.forEach(failed)})}
document.querySelectorAll('.more').forEach(function(more){
label(more).catch(function(){failed(more)});
more.firstElementChild.addEventListener('click',function(){
this.disabled=true;this.textContent=main.dataset.loading;var button=this;
take(listOf(more)).then(function(){button.disabled=false;return label(more)}).then(sift).catch(function(){failed(more)})})});
function open(to){
for(var at=to;at;at=at.parentElement){if(at.tagName==='DETAILS')at.open=true}
var own=to.querySelector(':scope > details');if(own)own.open=true;to.scrollIntoView()}
function reveal(){
var id;try{id=decodeURIComponent(location.hash.slice(1))}catch(e){return}
var to=id&&document.getElementById(id);if(to)return open(to);
if(id.indexOf('finding-')!==0)return;
document.querySelectorAll('.dept .more').forEach(function(m){indexOf(listOf(m)).then(function(known){
(known||[]).forEach(function(p){if(p.rows.some(function(r){return'finding-'+r.id===id}))place(p.script).then(function(){
var found=document.getElementById(id);if(found)open(found);label(m)})})}).catch(function(){failed(m)})})}
addEventListener('hashchange',reveal);if(location.hash)reveal();
addEventListener('beforeprint',function(){document.querySelectorAll('details:not([open])').forEach(function(d){d.open=true;d.dataset.was='closed'})});
addEventListener('afterprint',function(){document.querySelectorAll('details[data-was]').forEach(function(d){d.open=false;delete d.dataset.was})});
if(!box)return;
box.hidden=false;
var wait;word.addEventListener('input',function(){clearTimeout(wait);wait=setTimeout(sift,120)});
levels.forEach(function(l){l.addEventListener('change',sift)});
})();
`;
