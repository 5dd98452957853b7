"""Makes the old Office files with a picture in them, in `ocr/`: Word and Excel.

    pip install python-docx openpyxl Pillow; apt-get install libreoffice
    python3 test/extract/cases/make-pages.py && python3 test/extract/cases/make-pictures.py
"""
import pathlib, subprocess, tempfile
import docx, openpyxl
from openpyxl.drawing.image import Image

ocr = pathlib.Path(__file__).parent / 'ocr'
work = pathlib.Path(tempfile.mkdtemp())
picture = str(ocr / 'english.png')

document = docx.Document()
document.add_picture(picture, width=docx.shared.Inches(6))
document.save(work / 'picture.docx')
book = openpyxl.Workbook()
book.active['A1'] = 'x'
book.active.add_image(Image(picture), 'B2')
book.active.oddHeader.center.text = 'Staff 91230001'
book.save(work / 'picture.xlsx')
for source, kind in (('picture.docx', 'doc'), ('picture.xlsx', 'xls')):
    subprocess.run(['soffice', f'-env:UserInstallation=file://{work}/profile', '--headless', '--convert-to', kind,
                    '--outdir', str(ocr), str(work / source)], check=True, capture_output=True)
