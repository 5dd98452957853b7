"""Makes the cases of PDF files and pictures.

    pip install reportlab pypdf cryptography Pillow; apt-get install fonts-noto-cjk
    python3 test/extract/cases/make-pages.py

`expected.json` as in make.py. Pictures for OCR lie in `ocr/`, without one: an engine's words vary.
"""
import io, pathlib
from PIL import Image, ImageDraw, ImageFont, TiffImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import _cidfontdata, pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from people import PEOPLE, hkid, mynumber, nric, taiwan

here = pathlib.Path(__file__).parent
FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'
# reportlab gives this Traditional font the encoding of Simplified ones.
_cidfontdata.defaultUnicodeEncodings['MSung-Light'] = ('cht', 'UniCNS-UCS2-H')
for name in ('HeiseiMin-W3', 'MSung-Light', 'STSong-Light', 'HYSMyeongJo-Medium'):
    pdfmetrics.registerFont(UnicodeCIDFont(name))


def case(name):
    folder = here / name
    folder.mkdir(exist_ok=True)
    return folder / 'source'


def pdf(draw, **properties):
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4, invariant=1)
    for name, value in properties.items():
        getattr(page, f'set{name.title()}')(value)
    draw(page)
    page.save()
    return out.getvalue()


def cjk(page):
    lines = (
        ('HeiseiMin-W3', f'氏名：山田太郎 個人番号 {mynumber("57203816490")}'),
        ('MSung-Light', f'姓名：林怡君 身分證 {taiwan("F", "23148207")}'),
        ('STSong-Light', '姓名：张伟 手机 13800138000'),
        ('HYSMyeongJo-Medium', '이름: 김철수 전화 010-1234-5678'),
    )
    for at, (font, text) in enumerate(lines):
        page.setFont(font, 12)
        page.drawString(72, 780 - 30 * at, text)


def placed(page):
    """An identifier in five strings, drawn in no order; turned text; prose in two columns; boxes."""
    page.setFont('Helvetica', 10)
    number = hkid('K', '580316')
    at, parts = 72, []
    for part in ('HKID ', number[:3], number[3:6], number[6:], ' of Ann'):
        parts.append((at, part))
        at += page.stringWidth(part, 'Helvetica', 10)
    for x, part in parts[::-1]:
        page.drawString(x, 780, part)
    page.saveState()
    page.translate(560, 300)
    page.rotate(90)
    page.drawString(0, 0, f'Turned {nric("S", "8041973")} here')
    page.restoreState()
    for line in range(5):
        page.drawString(60, 700 - 14 * line, f'left column, line {line} of running text')
        page.drawString(330, 700 - 14 * line, f'right column, line {line} of running text')
    page.drawString(72, 560, 'Phone')
    for at, digit in enumerate('91230001'):
        page.drawString(120 + 18 * at, 560, digit)


def table(page):
    """A list over two pages, its header on the first."""
    rows = [('Name', 'Identity number', 'Phone')] + [(row[0], row[1], row[2]) for row in PEOPLE]
    for part in (rows[:4], rows[4:] + [('Cid Third', hkid('Z', '240681'), '91230003')] * 2):
        page.setFont('Helvetica', 10)
        page.drawString(72, 800, 'Register of persons')
        for line, row in enumerate(part):
            for column, text in enumerate(row):
                page.setFont('STSong-Light' if column == 0 else 'Helvetica', 10)
                page.drawString(72 + 160 * column, 760 - 16 * line, text)
        page.showPage()


def form(page):
    page.setFont('Helvetica', 10)
    page.drawString(72, 780, 'Application for a permit to keep a boat in the harbour')
    page.acroForm.textfield(name='f1', tooltip='HKID', value=hkid('K', '580316'), x=72, y=700, width=200, height=20)
    page.acroForm.textfield(name='phone', tooltip='Phone', value='91230001', x=72, y=660, width=200, height=20)


def scanned(lines, index=0, size=26, width=1000, height=420):
    picture = Image.new('L', (width, height), 250)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, size, index=index)
    for at, line in enumerate(lines):
        draw.text((60, 40 + at * int(size * 2)), line, font=font, fill=25)
    return picture


ENGLISH = scanned(['Application for a fishing permit', 'Name: Ann Example', f'HKID {hkid("K", "580316")}', 'Phone 9123 0001'])
CHINESE = scanned(['居民資料登記表', '姓名：林怡君', f'身分證號碼：{taiwan("F", "23148207")}', '電話：0912-774-186', '地址：台北市信義區松高路十二號'], 3)
JAPANESE = scanned(['住民登録の申請書', '氏名：山田太郎', f'個人番号 {mynumber("57203816490")}', '電話番号 03-1234-5678', '住所：東京都新宿区西新宿二丁目'])


def scans(page):
    for picture in (ENGLISH, CHINESE):
        data = io.BytesIO()
        picture.save(data, 'PNG', optimize=True)
        page.drawImage(__import__('reportlab.lib.utils', fromlist=['ImageReader']).ImageReader(data), 20, 400, 555, 233)
        page.showPage()


case('pdf-cjk').write_bytes(pdf(cjk, title='名簿', author='Ann Example', subject='list of persons'))
case('pdf-placed').write_bytes(pdf(placed))
case('pdf-table').write_bytes(pdf(table))
case('pdf-form').write_bytes(pdf(form))
whole = pdf(placed)
case('pdf-cut').write_bytes(whole[: whole.rindex(b'xref\n0')])
for name, user in (('pdf-locked', 'user'), ('pdf-owner-locked', '')):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(cjk))))
    writer.encrypt(user, 'owner', algorithm='AES-256')
    writer.write(case(name))
writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(form))))
writer.add_attachment('list.csv', b'name,phone\nAnn,91230001\nBob,91230002\n')
writer.add_annotation(0, FreeText(text='call Ann on 91230009', rect=(50, 50, 200, 90)))
writer.write(case('pdf-attached'))

ocr = here / 'ocr'
ocr.mkdir(exist_ok=True)
ENGLISH.save(ocr / 'english.png', optimize=True)
CHINESE.save(ocr / 'chinese.webp', quality=60)
JAPANESE.save(ocr / 'japanese.jpg', quality=60)
bare = ENGLISH.point(lambda shade: 255 if shade > 128 else 0).convert('1')
bare.rotate(90, expand=True).save(ocr / 'turned.bmp')
fax = [bare, bare.rotate(180)]
fax[0].save(ocr / 'fax.tif', compression='group4', save_all=True, append_images=fax[1:])
# The library that reads other TIFF takes these for colours.
ENGLISH.convert('L').save(ocr / 'gray-jpeg.tif', compression='jpeg', quality=70)
passport = Image.new('L', (1000, 200), 255)
mono = ImageFont.truetype('/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf', 32)
for at, line in enumerate(('P<HKGEXAMPLE<<ANN<<<<<<<<<<<<<<<<<<<<<<<<<<<', 'K912300014HKG7408122F3010150<<<<<<<<<<<<<<06')):
    ImageDraw.Draw(passport).text((60, 40 + at * 60), line, fill=0, font=mono)
passport.save(ocr / 'passport.png', optimize=True)
# A script that no language here reads.
arabic = Image.new('L', (1000, 420), 255)
for at in range(5):
    ImageDraw.Draw(arabic).text((40, 30 + at * 75), 'الاسم محمد العلي رقم الهوية ١٢٣٤٥٦٧٨ ولد في مدينة', fill=0,
                                font=ImageFont.truetype('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', 34))
arabic.save(ocr / 'arabic.png', optimize=True)
(ocr / 'scans.pdf').write_bytes(pdf(scans))

# Who took it and where, in EXIF; what it shows is nothing.
exif = Image.Exif()
exif[0x013B] = 'Ann Example'
exif[0x010E] = f'Boat of Ann, HKID {hkid("K", "580316")}'
exif[0x8769] = {0xA430: 'Ann Example', 0x9286: b'ASCII\0\0\0ring 91230001'}
gps = exif.get_ifd(0x8825)
gps.update({1: 'N', 2: (22.0, 18.0, 9.76), 3: 'E', 4: (114.0, 10.0, 37.98)})
Image.new('RGB', (64, 48), (90, 140, 90)).save(case('jpeg-properties'), 'JPEG', exif=exif)
