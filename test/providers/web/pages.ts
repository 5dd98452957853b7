/**
 * One folder, `/p/` with a file `a b.csv` and a folder `sub`, as each program writes it. nginx,
 * Apache, lighttpd, Caddy and Python after their real answers here; IIS, Tomcat, Jetty, serve and
 * http-server after their published templates.
 */
export interface RecordedPage {
  readonly name: string;
  readonly form: string;
  readonly body: string;
  /** Where the form tells it exactly. */
  readonly sizeBytes: number | null;
  /** ISO 8601; null where the form leaves day and month in doubt or tells none. */
  readonly modifiedAt: string | null;
}

export const PAGES: readonly RecordedPage[] = [
  {
    name: 'nginx',
    form: 'nginx',
    sizeBytes: 3300,
    modifiedAt: '2026-11-05T07:28:00.000Z',
    body: `<html>\r
<head><title>Index of /p/</title></head>\r
<body>\r
<h1>Index of /p/</h1><hr><pre><a href="../">../</a>\r
<a href="sub/">sub/</a>                                               05-Nov-2026 07:28                   -\r
<a href="a%20b.csv">a b.csv</a>                                            05-Nov-2026 07:28                3300\r
</pre><hr></body>\r
</html>\r
`,
  },
  {
    name: 'nginx with rounded sizes',
    form: 'nginx',
    sizeBytes: null,
    modifiedAt: '2026-11-05T07:28:00.000Z',
    body: `<html>
<head><title>Index of /p/</title></head>
<body>
<h1>Index of /p/</h1><hr><pre><a href="../">../</a>
<a href="sub/">sub/</a>                                               05-Nov-2026 07:28       -
<a href="a%20b.csv">a b.csv</a>                                            05-Nov-2026 07:28     12K
</pre><hr></body>
</html>
`,
  },
  {
    name: 'nginx as JSON',
    form: 'nginx',
    sizeBytes: 3300,
    modifiedAt: '2026-11-05T07:28:15.000Z',
    body: `[
{ "name":"sub", "type":"directory", "mtime":"Thu, 05 Nov 2026 07:28:15 GMT" },
{ "name":"a b.csv", "type":"file", "mtime":"Thu, 05 Nov 2026 07:28:15 GMT", "size":3300 }
]`,
  },
  {
    name: 'Apache with columns as a table',
    form: 'apache',
    sizeBytes: null,
    modifiedAt: '2026-11-05T07:28:00.000Z',
    body: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html>
 <head>
  <title>Index of /p</title>
 </head>
 <body>
<h1>Index of /p</h1>
  <table>
   <tr><th valign="top">&nbsp;</th><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th><th><a href="?C=S;O=A">Size</a></th><th><a href="?C=D;O=A">Description</a></th></tr>
   <tr><th colspan="5"><hr></th></tr>
<tr><td valign="top">&nbsp;</td><td><a href="/">Parent Directory</a></td><td>&nbsp;</td><td align="right">  - </td><td>&nbsp;</td></tr>
<tr><td valign="top">&nbsp;</td><td><a href="a%20b.csv">a b.csv</a></td><td align="right">2026-11-05 07:28  </td><td align="right">3.2K</td><td>Year 2024</td></tr>
<tr><td valign="top">&nbsp;</td><td><a href="sub/">sub/</a></td><td align="right">2026-11-05 07:28  </td><td align="right">  - </td><td>&nbsp;</td></tr>
   <tr><th colspan="5"><hr></th></tr>
</table>
<address>Apache/2.4.71 (Debian) Server at 127.0.0.1 Port 80</address>
</body></html>
`,
  },
  {
    name: 'Apache with columns as text and links on icons',
    form: 'apache',
    sizeBytes: 330,
    modifiedAt: '2026-11-05T07:28:00.000Z',
    body: `<html><head><title>Index of /p</title></head><body><h1>Index of /p</h1>
<pre><img src="/icons/blank.gif" alt="Icon "> <a href="?C=N;O=D">Name</a>  <a href="?C=M;O=A">Last modified</a>      <a href="?C=S;O=A">Size</a>  <a href="?C=D;O=A">Description</a><hr><a href="/"><img src="/icons/back.gif" alt="[PARENTDIR]"></a> <a href="/">Parent Directory</a>                             -   
<a href="a%20b.csv"><img src="/icons/text.gif" alt="[TXT]"></a> <a href="a%20b.csv">a b.csv</a>                 2026-11-05 07:28  330   
<a href="sub/"><img src="/icons/folder.gif" alt="[DIR]"></a> <a href="sub/">sub/</a>                    2026-11-05 07:28    -   
<hr></pre>
</body></html>`,
  },
  {
    name: 'Apache, plain',
    form: 'apache',
    sizeBytes: null,
    modifiedAt: null,
    body: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html>
 <head>
  <title>Index of /p</title>
 </head>
 <body>
<h1>Index of /p</h1>
<ul><li><a href="/"> Parent Directory</a></li>
<li><a href="a%20b.csv"> a b.csv</a></li>
<li><a href="sub/"> sub/</a></li>
</ul>
</body></html>
`,
  },
  {
    name: 'lighttpd',
    form: 'lighttpd',
    sizeBytes: null,
    modifiedAt: '2026-11-05T07:28:15.000Z',
    body: `<!DOCTYPE html>
<html>
<head>
<title>Index of /p/</title>
<style type="text/css">a{}</style>
</head>
<body>
<h2>Index of /p/</h2>
<div class="list">
<table summary="Directory Listing" cellpadding="0" cellspacing="0">
<thead><tr><th class="n">Name</th><th class="m">Last Modified</th><th class="s">Size</th><th class="t">Type</th></tr></thead>
<tbody>
<tr class="d"><td class="n"><a href="../">..</a>/</td><td class="m">&nbsp;</td><td class="s">- &nbsp;</td><td class="t">Directory</td></tr>
<tr class="d"><td class="n"><a href="sub/">sub</a>/</td><td class="m">2026-Nov-05 07:28:15</td><td class="s">- &nbsp;</td><td class="t">Directory</td></tr>
<tr><td class="n"><a href="a%20b.csv">a b.csv</a></td><td class="m">2026-Nov-05 07:28:15</td><td class="s">3.2K</td><td class="t">text/csv</td></tr>
</tbody>
</table>
</div>
<div class="foot">lighttpd/1.4.69</div>
</body></html>`,
  },
  {
    name: 'Caddy as JSON',
    form: 'caddy',
    sizeBytes: 3300,
    modifiedAt: '2026-11-05T07:28:15.869Z',
    body: `[{"name":"sub/","size":4096,"url":"./sub/","mod_time":"2026-11-05T07:28:15.869Z","mode":2147484141,"is_dir":true,"is_symlink":false},
{"name":"a b.csv","size":3300,"url":"./a%20b.csv","mod_time":"2026-11-05T07:28:15.869Z","mode":420,"is_dir":false,"is_symlink":false}]`,
  },
  {
    name: 'Caddy as a page',
    form: 'caddy',
    sizeBytes: null,
    modifiedAt: null,
    body: `<!DOCTYPE html><html><head><title>/p/</title></head><body>
<header><h1><a href="/">/</a><a href="">p</a></h1></header>
<main><div class="meta"><div id="summary"><span class="meta-item"><b>1</b> directory</span></div></div>
<div class="listing"><table aria-describedby="summary"><thead><tr><th><a href="./?sort=name&order=desc">Name</a></th></tr></thead>
<tbody><tr class="file"><td></td><td><a href="./sub/"><span class="name">sub</span></a></td><td data-order="-1">&mdash;</td></tr>
<tr class="file"><td></td><td><a href="./a%20b.csv"><span class="name">a b.csv</span></a></td><td data-order="3300">3.2 KiB</td><td class="hideable"><time datetime="2026-11-05T07:28:15Z">11/05/2026 07:28:15 AM +00:00</time></td></tr></tbody></table></div></main>
<footer>Served with <a rel="noopener noreferrer" href="https://caddyserver.com">Caddy</a></footer></body></html>`,
  },
  {
    name: 'python -m http.server',
    form: 'python',
    sizeBytes: null,
    modifiedAt: null,
    body: `<!DOCTYPE HTML>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Directory listing for /p/</title>
</head>
<body>
<h1>Directory listing for /p/</h1>
<hr>
<ul>
<li><a href="a%20b.csv">a b.csv</a></li>
<li><a href="sub/">sub/</a></li>
</ul>
<hr>
</body>
</html>
`,
  },
  {
    name: 'IIS',
    form: 'iis',
    sizeBytes: 3300,
    modifiedAt: null,
    body: `<html><head><title>www.example.org - /p/</title></head><body><H1>www.example.org - /p/</H1><hr>

<pre><A HREF="/">[To Parent Directory]</A><br><br>  11/5/2026  7:28 AM        &lt;dir&gt; <A HREF="/p/sub/">sub</A><br>  11/5/2026  7:28 AM         3300 <A HREF="/p/a%20b.csv">a b.csv</A><br></pre><hr></body></html>`,
  },
  {
    name: 'Tomcat',
    form: 'tomcat',
    sizeBytes: null,
    modifiedAt: '2026-11-05T07:28:15.000Z',
    body: `<!doctype html><html><head>
<title>Directory Listing For [/p/]</title>
</head>
<body><h1>Directory Listing For [/p/] - <a href="/"><b>Up To [/]</b></a></h1><hr class="line">
<table width="100%" cellspacing="0" cellpadding="5" align="center">
<thead><tr><td><strong><a href="?C=N;O=A">Filename</a></strong></td><td><strong><a href="?C=S;O=A">Size</a></strong></td><td><strong><a href="?C=M;O=A">Last Modified</a></strong></td></tr></thead>
<tbody><tr><td align="left">&nbsp;&nbsp;
<a href="/p/sub/"><tt>sub/</tt></a></td>
<td align="right"><tt>&nbsp;</tt></td>
<td align="right"><tt>Thu, 05 Nov 2026 07:28:15 GMT</tt></td>
</tr>
<tr><td align="left">&nbsp;&nbsp;
<a href="/p/a%20b.csv"><tt>a b.csv</tt></a></td>
<td align="right"><tt>3.2 KiB</tt></td>
<td align="right"><tt>Thu, 05 Nov 2026 07:28:15 GMT</tt></td>
</tr>
</tbody></table>
<hr class="line"><h3>Apache Tomcat/10.1</h3></body>
</html>`,
  },
  {
    name: 'Jetty',
    form: 'jetty',
    sizeBytes: 3300,
    modifiedAt: null,
    body: `<!DOCTYPE html>
<html lang="en"><head>
<meta charset="utf-8">
<link href="jetty-dir.css" rel="stylesheet" />
<title>Directory: /p/</title>
</head>
<body>
<h1 class="title">Directory: /p/</h1>
<table class="listing">
<thead>
<tr><th class="name"><a href="?C=N&O=D">Name&nbsp; &#8679;</a></th><th class="lastmodified"><a href="?C=M&O=A">Last Modified</a></th><th class="size"><a href="?C=S&O=A">Size</a></th></tr>
</thead>
<tbody>
<tr><td class="name"><a href="/">Parent Directory</a></td><td></td><td></td></tr>
<tr><td class="name"><a href="/p/a%20b.csv">a b.csv&nbsp;</a></td><td class="lastmodified">Nov 5, 2026, 7:28:15 AM&nbsp;</td><td class="size">3,300 bytes&nbsp;</td></tr>
<tr><td class="name"><a href="/p/sub/">sub/&nbsp;</a></td><td class="lastmodified">Nov 5, 2026, 7:28:15 AM&nbsp;</td><td class="size">4,096 bytes&nbsp;</td></tr>
</tbody>
</table>
</body></html>`,
  },
  {
    name: 'serve as JSON',
    form: 'serve',
    sizeBytes: null,
    modifiedAt: null,
    body: `{"files":[{"base":"..","relative":"/","title":"/","ext":"","type":"directory"},{"type":"folder","base":"sub/","title":"sub/","ext":"","dir":"p","relative":"/p/sub/"},{"type":"file","base":"a b.csv","title":"a b.csv","ext":"csv","size":"3.22 KB","dir":"p","relative":"/p/a b.csv"}],"directory":"p/","paths":[{"name":"p/","url":"/p/"}]}`,
  },
  {
    name: 'serve as a page',
    form: 'serve',
    sizeBytes: null,
    modifiedAt: null,
    body: `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Files within p/</title></head>
<body><main><header><h1><i>Index of&nbsp;</i><a href="/p/">p/</a></h1></header>
<ul id="files"><li><a href="/" title="/" class="">..</a></li><li><a href="/p/sub/" title="sub/" class="folder">sub/</a></li><li><a href="/p/a%20b.csv" title="a b.csv" class="file csv">a b.csv</a></li></ul></main></body></html>`,
  },
  {
    name: 'http-server',
    form: 'http-server',
    sizeBytes: null,
    modifiedAt: '2026-11-05T07:28:00.000Z',
    body: `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Index of /p/</title></head><body>
<h1>Index of /p/</h1>
<table><tr><td><i class="icon icon-parent"></i></td><td class="perms"><code>(drwxr-xr-x)</code></td><td class="last-modified"></td><td class="file-size"><code></code></td><td class="display-name"><a href="../">../</a></td></tr>
<tr><td><i class="icon"></i></td><td class="perms"><code>(drwxr-xr-x)</code></td><td class="last-modified">05-Nov-2026 07:28</td><td class="file-size"><code></code></td><td class="display-name"><a href="./sub/">sub/</a></td></tr>
<tr><td><i class="icon"></i></td><td class="perms"><code>(-rw-r--r--)</code></td><td class="last-modified">05-Nov-2026 07:28</td><td class="file-size"><code>3.2k</code></td><td class="display-name"><a href="./a%20b.csv">a b.csv</a></td></tr>
</table>
<br><address>Node.js v24/ <a href="https://github.com/http-party/http-server">http-server</a> server running @ 127.0.0.1</address>
</body></html>`,
  },
];
