"""Makes the cases of 7z, LZMA and the rarer methods of zip.

    pip install py7zr
    python3 test/extract/cases/make-archives.py

`expected.json` as in make.py.
"""
import csv, io, lzma, pathlib, tempfile, zipfile
import py7zr
from people import PEOPLE

here = pathlib.Path(__file__).parent
work = pathlib.Path(tempfile.mkdtemp())


def case(name):
    folder = here / name
    folder.mkdir(exist_ok=True)
    return folder / 'source'


def people():
    out = io.StringIO()
    csv.writer(out).writerows([('name', 'id', 'phone', 'city'), *PEOPLE])
    return out.getvalue().encode()


def calls():
    """Bytes in which the filter for x86 finds what it takes for calls, every few of them."""
    state, out = 1, bytearray()
    while len(out) < 20_000:
        state = (state * 1664525 + 1013904223) % 2 ** 32
        out += bytes([(state >> 24) & 0xff, 0xe8 + (state >> 20 & 1), state >> 8 & 0xff, state >> 16 & 0xff, 0,
                      (0, 0xff)[state >> 21 & 1]])
    return bytes(out)


FILES = {'list.csv': people(), 'notes/說明.txt': '林怡君 0912774186\n'.encode(), 'empty.txt': b''}
METHODS = {
    '7z-lzma2': [{'id': py7zr.FILTER_LZMA2, 'preset': 6}],
    '7z-lzma': [{'id': py7zr.FILTER_LZMA, 'preset': 6}],
    '7z-deflate': [{'id': py7zr.FILTER_DEFLATE}],
    '7z-bzip2': [{'id': py7zr.FILTER_BZIP2}],
    '7z-zstd': [{'id': py7zr.FILTER_ZSTD, 'level': 3}],
    '7z-stored': [{'id': py7zr.FILTER_COPY}],
    '7z-x86': [{'id': py7zr.FILTER_X86}, {'id': py7zr.FILTER_LZMA2, 'preset': 6}],
    '7z-ppmd': [{'id': py7zr.FILTER_PPMD, 'order': 6, 'mem': 16}],
}
for name, filters in METHODS.items():
    files = {**FILES, 'calls.bin': calls()} if name == '7z-x86' else FILES
    with py7zr.SevenZipFile(work / name, 'w', filters=filters) as archive:
        for path, data in files.items():
            archive.writestr(data, path)
    case(name).write_bytes((work / name).read_bytes())
for name, whole in (('7z-encrypted', False), ('7z-encrypted-names', True)):
    with py7zr.SevenZipFile(work / name, 'w', password='secret', header_encryption=whole) as archive:
        archive.writestr(people(), 'list.csv')
    case(name).write_bytes((work / name).read_bytes())

case('csv-lzma').write_bytes(lzma.compress(people(), format=lzma.FORMAT_ALONE))
for name, method in (('zip-bzip2', zipfile.ZIP_BZIP2), ('zip-lzma', zipfile.ZIP_LZMA)):
    with zipfile.ZipFile(case(name), 'w', method) as archive:
        archive.writestr(zipfile.ZipInfo('list.csv'), people(), compress_type=method)
