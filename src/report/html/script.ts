/**
 * The script of report.html: finding rows by word and severity, and opening a finding that the
 * address names. Everything can be read without it; its controls only appear when it runs.
 */
export const SCRIPT = `
(function(){
var box=document.querySelector('.find');
function reveal(){var id=decodeURIComponent(location.hash.slice(1));var to=id&&document.getElementById(id);
for(var at=to;at;at=at.parentElement){if(at.tagName==='DETAILS')at.open=true}
var own=to&&to.querySelector(':scope > details');if(own)own.open=true;if(to)to.scrollIntoView()}
addEventListener('hashchange',reveal);if(location.hash)reveal();
addEventListener('beforeprint',function(){document.querySelectorAll('details:not([open])').forEach(function(d){d.open=true;d.dataset.was='closed'})});
addEventListener('afterprint',function(){document.querySelectorAll('details[data-was]').forEach(function(d){d.open=false;delete d.dataset.was})});
if(!box)return;
box.hidden=false;
var word=box.querySelector('[type=search]'),levels=box.querySelectorAll('[type=checkbox]'),said=box.querySelector('output');
var all=Array.from(document.querySelectorAll('.finding')).map(function(el){return{el:el,level:el.dataset.level,
text:(el.querySelector('summary').textContent+' '+el.closest('.dept').querySelector('h3').textContent).toLowerCase()}});
function sift(){
var wanted=word.value.trim().toLowerCase().split(/\\s+/),on={},shown=0;
levels.forEach(function(l){on[l.value]=l.checked});
all.forEach(function(f){var yes=on[f.level]&&wanted.every(function(w){return f.text.indexOf(w)>=0});f.el.hidden=!yes;if(yes)shown++});
document.querySelectorAll('.dept').forEach(function(d){d.hidden=!d.querySelector('.finding:not([hidden])');if(wanted[0])d.firstElementChild.open=true});
said.textContent=shown===all.length?'':shown+' of '+all.length+' shown'}
var wait;word.addEventListener('input',function(){clearTimeout(wait);wait=setTimeout(sift,120)});
levels.forEach(function(l){l.addEventListener('change',sift)});
})();
`;
