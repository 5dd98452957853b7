"""Makes the `source` of each case with the programs people use: python, zip, gzip, tar.

    python3 test/extract/cases/make.py

Everybody in them is made up. `expected.json` is written by hand, or by
`UPDATE_CASES=1 npx vitest run test/extract/cases.test.ts` and then read line by line.
"""
import csv, io, json, os, pathlib, subprocess, tarfile, tempfile, zipfile

here = pathlib.Path(__file__).parent
PEOPLE = [('name', 'phone', 'city'), ('Ann, jr.', '91230001', 'Oslo'), ('Bob "B"', '91230002', 'Rome'), ('Cid', '91230003', 'line\nbreak')]
TAIWAN = '編號,姓名,電話,地址\r\n1,陳大文,0912345678,台北市信義區\r\n2,林怡君,0987654321,高雄市三民區\r\n'
JAPAN = '氏名\t電話番号\t住所\n山田太郎\t0312345678\t東京都新宿区\n佐藤花子\t0687654321\t大阪府大阪市\n'
CHINA = '姓名;电话;住址\n张伟;13800138000;北京市朝阳区\n王芳;13912345678;广东省深圳市\n'
KOREA = '이름,전화번호,주소\n김철수,01012345678,서울특별시\n이영희,01087654321,부산광역시\n'


def case(name):
    folder = here / name
    folder.mkdir(exist_ok=True)
    return folder / 'source'


def people():
    out = io.StringIO()
    csv.writer(out).writerows(PEOPLE)
    return out.getvalue()


case('csv-python-excel').write_text(people(), newline='')
case('csv-big5').write_bytes(TAIWAN.encode('cp950'))
case('tsv-shift-jis').write_bytes(JAPAN.encode('cp932'))
case('csv-gb18030').write_bytes(CHINA.encode('gb18030'))
case('csv-euc-kr').write_bytes(KOREA.encode('euc-kr'))
case('tsv-utf-16-excel').write_bytes(JAPAN.encode('utf-16'))
case('text-iso-2022-jp').write_bytes('連絡先：山田太郎 0312345678\n'.encode('iso2022_jp'))
case('json-python-ascii').write_text(json.dumps({'people': [{'name': '陳大文', 'phones': ['91230001', '91230002']}]}))

with tempfile.TemporaryDirectory() as work:
    root = pathlib.Path(work)
    (root / 'lists').mkdir()
    (root / 'lists' / 'people.csv').write_text(people(), newline='')
    (root / 'lists' / '名單.csv').write_bytes(TAIWAN.encode('utf-8'))
    run = lambda *words: subprocess.run(words, cwd=root, check=True, capture_output=True)
    run('zip', '-q', '-r', 'all.zip', 'lists')
    case('zip-info-zip').write_bytes((root / 'all.zip').read_bytes())
    run('zip', '-q', '-P', 'secret', 'locked.zip', 'lists/people.csv')
    case('zip-encrypted').write_bytes((root / 'locked.zip').read_bytes())
    run('sh', '-c', 'zip -q - lists/people.csv > piped.zip')
    case('zip-piped').write_bytes((root / 'piped.zip').read_bytes())
    run('tar', '--format=gnu', '-cf', 'gnu.tar', 'lists')
    run('gzip', '-n', 'gnu.tar')
    case('tar-gnu-gzip').write_bytes((root / 'gnu.tar.gz').read_bytes())
    run('tar', '--format=pax', '-cf', 'pax.tar', 'lists/名單.csv')
    case('tar-pax').write_bytes((root / 'pax.tar').read_bytes())
    run('tar', '--format=v7', '-cf', 'v7.tar', 'lists/people.csv')
    case('tar-v7').write_bytes((root / 'v7.tar').read_bytes())
    deep = 'a-folder-with-a-rather-long-name/' * 5 + 'people.csv'
    with tarfile.open(root / 'deep.tar', 'w', format=tarfile.GNU_FORMAT) as tar:
        info = tarfile.TarInfo(deep)
        data = people().encode()
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    case('tar-long-name').write_bytes((root / 'deep.tar').read_bytes())

# The name in the code page of a Taiwanese Windows, as its Explorer writes it.
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED) as archive:
    archive.writestr('XXXXXX.csv', TAIWAN.encode('cp950'))
case('zip-name-big5').write_bytes(buffer.getvalue().replace(b'XXXXXX', '客戶表'.encode('cp950')))
