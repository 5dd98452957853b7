"""Makes the cases of texts, records and workbooks with Python's writers and LibreOffice.

    pip install openpyxl xlwt PyYAML vobject; apt-get install libreoffice
    python3 test/extract/cases/make-texts.py

`expected.json` as in make.py. The dumps of MySQL and PostgreSQL are written in their programs' form by hand.
"""
import csv, io, json, pathlib, sqlite3, subprocess, tempfile
import xml.etree.ElementTree as tree
import openpyxl, vobject, xlwt, yaml
from openpyxl.comments import Comment
from people import PEOPLE, hkid

here = pathlib.Path(__file__).parent
work = pathlib.Path(tempfile.mkdtemp())
COLUMNS = ('name', 'id', 'phone', 'city')
RECORDS = [dict(zip(COLUMNS, person)) for person in PEOPLE]


def case(name):
    folder = here / name
    folder.mkdir(exist_ok=True)
    return folder / 'source'


def table(delimiter=','):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([COLUMNS, *PEOPLE])
    return out.getvalue()


def iso_2022_kr(text):
    """Python leaves the shifts open at the end of a line; RFC 1557 closes them."""
    return text.encode('iso2022_kr')


# Encodings
case('csv-big5-hkscs').write_bytes('編號,姓名,地址\n1,陳大文,鰂魚涌㗎道3號\n2,何嘉欣,深水埗\n'.encode('big5hkscs'))
case('csv-euc-jp').write_bytes('氏名,電話番号\n山田太郎,0312345678\n佐藤花子,0687654321\n'.encode('euc_jp'))
case('csv-koi8-r').write_bytes('Имя;Фамилия;Телефон\nИван;Петров;89161234567\nАнна;Смирнова;89167654321\n'.encode('koi8_r'))
case('csv-tis-620').write_bytes('ชื่อ,โทรศัพท์\nสมชาย ใจดี,0812345678\nสมหญิง รักไทย,0898765432\n'.encode('tis_620'))
case('text-iso-2022-kr').write_bytes(iso_2022_kr('이름 김철수 전화 01012345678\n이름 이영희 전화 01087654321\n'))
case('csv-utf-16-unmarked').write_bytes(table().encode('utf-16-le'))
case('csv-utf-32-unmarked').write_bytes(table().encode('utf-32-be'))
case('text-full-width').write_text('姓名：林怡君　身分證字號：' + PEOPLE[0][1].translate({at: at + 0xfee0 for at in range(33, 127)}) + '\n')

# Records
case('ndjson-python').write_text(''.join(json.dumps(one) + '\n' for one in RECORDS))
case('geojson-python').write_text(json.dumps({'type': 'FeatureCollection', 'features': [
    {'type': 'Feature', 'geometry': {'type': 'Point', 'coordinates': [114.17, 22.3]}, 'properties': one} for one in RECORDS]}))
case('yaml-python').write_text(yaml.safe_dump({'people': RECORDS}, allow_unicode=True))
root = tree.Element('people')
for one in RECORDS:
    person = tree.SubElement(root, 'person', id=one['id'])
    for key in ('name', 'phone', 'city'):
        tree.SubElement(person, key).text = one[key]
case('xml-python').write_bytes(tree.tostring(root, encoding='utf-16'))
cards = ''
for one in RECORDS:
    card = vobject.vCard()
    card.add('n').value = vobject.vcard.Name(family=one['name'])
    card.add('fn').value = one['name']
    card.add('tel').value = one['phone']
    card.add('note').value = f'identity card {one["id"]}, ' + 'a note that goes on for longer than a line of a card may be; ' * 2
    cards += card.serialize()
case('vcf-vobject').write_text(cards, newline='')
calendar = vobject.iCalendar()
for one in RECORDS:
    event = calendar.add('vevent')
    event.add('summary').value = f'{one["name"]}, {one["phone"]}'
    event.add('description').value = f'identity card {one["id"]}; bring it\nand this letter'
case('ics-vobject').write_text(calendar.serialize(), newline='')
case('md-table').write_text('# Members\n\n| name | id |\n| --- | --- |\n' + ''.join(f'| {one["name"]} | {one["id"]} |\n' for one in RECORDS))

# Dumps
quoted = lambda one: ','.join("'" + value.replace("'", "\\'") + "'" for value in one)
case('sql-mysqldump').write_text(
    '-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n\n/*!40101 SET NAMES utf8mb4 */;\nDROP TABLE IF EXISTS `people`;\n'
    'CREATE TABLE `people` (\n  `name` varchar(80) DEFAULT NULL,\n  `id` varchar(20) NOT NULL,\n  `phone` varchar(20),\n'
    '  `city` varchar(40),\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\nLOCK TABLES `people` WRITE;\n'
    'INSERT INTO `people` VALUES ' + ','.join(f'({quoted(person)})' for person in PEOPLE) + ';\nUNLOCK TABLES;\n')
case('sql-pg-dump').write_text(
    '--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = \'UTF8\';\n\nCREATE TABLE public.people (\n    name text,\n'
    '    id text NOT NULL,\n    phone text,\n    city text\n);\n\nCOPY public.people (name, id, phone, city) FROM stdin;\n'
    + ''.join('\t'.join(person) + '\n' for person in PEOPLE) + 'Dan\\tTab\t\\N\t\\N\tOslo\n\\.\n\n')
database = sqlite3.connect(':memory:')
database.execute('create table people(name text, id text, phone text, city text)')
database.executemany('insert into people values (?, ?, ?, ?)', PEOPLE)
database.commit()
case('sql-sqlite').write_text('\n'.join(database.iterdump()) + '\n')

# Workbooks
book = openpyxl.Workbook()
book.active.title = 'Cover'
book.active['A1'] = 'internal'
book.active['A1'].comment = Comment('HKID ' + hkid('K', '580316'), 'Ann Example')
hidden = book.create_sheet('People')
hidden.sheet_state = 'veryHidden'
hidden.append(COLUMNS)
for name, number, phone, city in PEOPLE:
    hidden.append((name, int(number) if number.isdigit() else number, int(phone), city))
    for cell in hidden[hidden.max_row][1:3]:
        cell.number_format = '0' * len(phone) if cell.column == 3 else '0'
hidden.oddHeader.center.text = '&"Arial,Bold"Staff 91230009'
book.save(case('xlsx-openpyxl'))
old = xlwt.Workbook()
sheet = old.add_sheet('名冊')
for at, row in enumerate([COLUMNS, *PEOPLE]):
    for column, value in enumerate(row):
        sheet.write(at, column, value)
old.save(str(case('xls-xlwt')))
(work / 'a.xlsx').write_bytes((here / 'xlsx-openpyxl' / 'source').read_bytes())
for kind in ('xls', 'ods', 'fods'):
    subprocess.run(['soffice', f'-env:UserInstallation=file://{work}/profile', '--headless', '--convert-to', kind,
                    '--outdir', str(work), str(work / 'a.xlsx')], check=True, capture_output=True)
    case(f'{kind}-libreoffice').write_bytes((work / f'a.{kind}').read_bytes())
