/** What people run today to get at the text of a file, by format. Each reads every value, as extraction does. */

/** A command line; `FILE` stands for the path and `FOLDER` for an empty folder to write into. */
export interface Peer {
  readonly name: string;
  readonly words: readonly string[];
}

const python = (name: string, code: string): Peer => ({
  name: `python3 ${name}`,
  words: ['python3', '-c', `import sys\nfile=sys.argv[1]\nn=0\n${code}\nassert n>0`, 'FILE'],
});

const READ_CSV = 'for row in csv.reader(text):\n  for cell in row: n+=len(cell)';
const WALK =
  'def walk(v):\n  global n\n  if isinstance(v,dict):\n    for x in v.values(): walk(x)\n  elif isinstance(v,list):\n    for x in v: walk(x)\n  else: n+=len(str(v))';

const office = (to: string): Peer => ({
  name: 'LibreOffice headless',
  words: [
    'soffice',
    '-env:UserInstallation=file://FOLDER/profile',
    '--headless',
    '--convert-to',
    to,
    '--outdir',
    'FOLDER',
    'FILE',
  ],
});

export const PEERS: Readonly<Record<string, readonly Peer[]>> = {
  csv: [python('csv', `import csv\ntext=open(file,newline='',encoding='utf-8')\n${READ_CSV}`)],
  json: [python('json', `import json\n${WALK}\nwalk(json.load(open(file,encoding='utf-8')))`)],
  ndjson: [
    python(
      'json',
      `import json\n${WALK}\nfor line in open(file,encoding='utf-8'): walk(json.loads(line))`,
    ),
  ],
  xml: [
    python(
      'ElementTree',
      "import xml.etree.ElementTree as E\nfor _,e in E.iterparse(file):\n  n+=len(e.text or '')\n  e.clear()",
    ),
  ],
  html: [
    python(
      'html.parser',
      "from html.parser import HTMLParser\nclass P(HTMLParser):\n  def handle_data(self,d):\n    global n\n    n+=len(d)\nP().feed(open(file,encoding='utf-8').read())",
    ),
  ],
  'csv.gz': [
    python(
      'gzip, csv',
      `import csv,gzip\ntext=gzip.open(file,'rt',newline='',encoding='utf-8')\n${READ_CSV}`,
    ),
  ],
  zip: [
    python(
      'zipfile, csv',
      `import csv,io,zipfile\ntext=io.TextIOWrapper(zipfile.ZipFile(file).open('list.csv'),encoding='utf-8',newline='')\n${READ_CSV}`,
    ),
  ],
  eml: [
    python(
      'email, csv',
      `import csv,email,email.policy,io\nm=email.message_from_binary_file(open(file,'rb'),policy=email.policy.default)\nfor a in m.iter_attachments():\n  text=io.StringIO(a.get_content())\n  for row in csv.reader(text):\n    for cell in row: n+=len(cell)`,
    ),
  ],
  xlsx: [
    python(
      'openpyxl',
      'import openpyxl\nfor s in openpyxl.load_workbook(file,read_only=True):\n  for row in s.iter_rows(values_only=True):\n    for c in row: n+=len(str(c))',
    ),
  ],
  xls: [
    python(
      'xlrd',
      'import xlrd\nfor s in xlrd.open_workbook(file).sheets():\n  for r in range(s.nrows):\n    for c in s.row_values(r): n+=len(str(c))',
    ),
    office('csv'),
  ],
  docx: [
    python('docx', 'import docx\nfor p in docx.Document(file).paragraphs: n+=len(p.text)'),
    office('txt:Text'),
  ],
  pdf: [
    { name: 'pdftotext', words: ['pdftotext', '-layout', 'FILE', 'FOLDER/out.txt'] },
    { name: 'tika', words: ['tika', '--text', 'FILE'] },
  ],
  sqlite: [
    python(
      'sqlite3',
      "import sqlite3\nfor row in sqlite3.connect(file).execute('SELECT * FROM people'):\n  for c in row: n+=len(str(c))",
    ),
  ],
  parquet: [
    python(
      'pyarrow',
      'import pyarrow.parquet as q\nfor row in q.read_table(file).to_pylist():\n  for c in row.values(): n+=len(str(c))',
    ),
  ],
};
