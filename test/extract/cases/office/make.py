"""Makes the office documents and mails of the cases with the programs people use: python-docx,
python-pptx, LibreOffice, openpyxl, msoffcrypto, python's email and mailbox.

    pip install python-docx python-pptx openpyxl msoffcrypto-tool compressed_rtf extract-msg
    python3 test/extract/cases/office/make.py

Needs `soffice` (LibreOffice writer and impress) and node. Everybody in them is made up; the numbers carry
computed check digits. What must come out stands in `expected.json` beside each `source`.
"""
import compressed_rtf, email.message, email.policy, extract_msg, gzip, io, json, mailbox, msoffcrypto, openpyxl, os, pathlib, subprocess, tempfile, zipfile
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn, nsdecls
from docx.shared import Pt
from pptx import Presentation
from pptx.util import Inches

here = pathlib.Path(__file__).parent.parent


def hkid(letters, digits):
    """Hong Kong identity card number with its check digit."""
    padded = letters.rjust(2)
    values = [36 if c == ' ' else ord(c) - 55 for c in padded] + [int(c) for c in digits]
    rest = (11 - sum(v * w for v, w in zip(values, range(9, 1, -1))) % 11) % 11
    return f'{letters}{digits}({"A" if rest == 10 else rest})'


IDS = {name: hkid('Y', f'{n:06d}') for name, n in [
    ('body', 100111), ('runs', 100212), ('table', 100313), ('table2', 100414), ('header', 100515), ('footer', 100616),
    ('comment', 100717), ('deleted', 100818), ('inserted', 100919), ('box', 101010), ('note', 101111), ('property', 101212),
    ('footnote', 101313), ('alt', 101414), ('attached', 101515), ('field', 101616), ('custom', 101717), ('slide2', 101818),
]}
W = nsdecls('w')


def save(name, suffix, data, packed=False):
    folder = here / name
    folder.mkdir(exist_ok=True)
    (folder / f'source.{suffix}').write_bytes(gzip.compress(data, mtime=0) if packed else data)


def without_thumbnail(data):
    """python-docx and python-pptx carry a picture of 30 kB."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if not item.filename.endswith(('.jpeg', 'stylesWithEffects.xml')):
                new.writestr(item.filename, old.read(item.filename))
    return out.getvalue()


def letter():
    document = Document()
    document.core_properties.title = f'About {IDS["property"]}'
    document.core_properties.author = 'Ann Lee'
    document.sections[0].header.paragraphs[0].text = f'Header {IDS["header"]}'
    document.sections[0].footer.paragraphs[0].text = f'Footer {IDS["footer"]}'
    document.add_paragraph(f'Identity card {IDS["body"]}')
    cut = document.add_paragraph('In runs ')
    for part in (IDS['runs'][:3], IDS['runs'][3:6], IDS['runs'][6:]):
        cut.add_run(part).font.size = Pt(9 + len(part))
    changed = document.add_paragraph('Changed ')
    changed._p.append(parse_xml(f'<w:del {W} w:id="1" w:author="Bob Ray"><w:r><w:delText>{IDS["deleted"]}</w:delText></w:r></w:del>'))
    changed._p.append(parse_xml(f'<w:ins {W} w:id="2" w:author="Bob Ray"><w:r><w:t>{IDS["inserted"]}</w:t></w:r></w:ins>'))
    table = document.add_table(rows=3, cols=2)
    for row, cells in enumerate([('Name', 'HKID'), ('Cid', IDS['table']), ('Dee', IDS['table2'])]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    commented = document.add_paragraph('See comment')
    document.add_comment(commented.runs, text=f'Check {IDS["comment"]}', author='Eve Fox', initials='E')
    box = document.add_paragraph('Anchor')
    box.add_run()._r.append(parse_xml(
        f'<w:pict {W} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape alt="{IDS["alt"]}"><v:textbox><w:txbxContent>'
        f'<w:p><w:r><w:t>Box {IDS["box"]}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>'))
    out = io.BytesIO()
    document.save(out)
    return without_thumbnail(out.getvalue())


def slides():
    deck = Presentation()
    for number, (title, value) in enumerate([('First', IDS['body']), ('Second', IDS['slide2'])]):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f'{title} {value}'
        if number == 0:
            slide.notes_slide.notes_text_frame.text = f'Notes {IDS["note"]}'
            table = slide.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(4), Inches(1)).table
            for row, cells in enumerate([('Name', 'HKID'), ('Cid', IDS['table'])]):
                for column, text in enumerate(cells):
                    table.cell(row, column).text = text
        else:
            frame = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(4), Inches(1)).text_frame
            frame.text = 'In runs '
            for part in (IDS['runs'][:4], IDS['runs'][4:]):
                frame.paragraphs[0].add_run().text = part
    # The order shown is not the order of the files.
    order = deck.slides._sldIdLst
    order.insert(0, order[1])
    deck.core_properties.author = 'Ann Lee'
    out = io.BytesIO()
    deck.save(out)
    return without_thumbnail(out.getvalue())


def convert(data, suffix, to, *filters):
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work) / f'a.{suffix}'
        source.write_bytes(data)
        target = ':'.join([to, *filters])
        subprocess.run(['soffice', f'-env:UserInstallation=file://{work}/profile', '--headless', '--convert-to', target,
                        '--outdir', work, str(source)], check=True, capture_output=True, timeout=180)
        return (pathlib.Path(work) / f'a.{to}').read_bytes()


def mail():
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message['From'] = '"陳大文" <desk@example.org>'
    message['To'] = 'Ann Lee <ann@example.org>'
    message['Subject'] = f'名單 {IDS["property"]}'
    message['Date'] = 'Mon, 01 Jan 2024 10:00:00 +0800'
    message['Message-ID'] = '<1@example.org>'
    message.set_content(f'身份證 {IDS["body"]} 請查收\n', charset='big5', cte='base64')
    message.add_alternative(f'<p>身份證 <b>{IDS["body"][:4]}</b>{IDS["body"][4:]}</p>', subtype='html', charset='utf-8')
    message.add_attachment(f'name,hkid\nCid,{IDS["attached"]}\nDee,{IDS["table2"]}\n'.encode(), maintype='application',
                           subtype='octet-stream', filename='名單.csv')
    return message


def book():
    workbook = openpyxl.Workbook()
    for row in [('Name', 'HKID'), ('Cid', IDS['attached']), ('Dee', IDS['custom'])]:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_book(data):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, 'a', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('word/embeddings/list.xlsx', book())
    return out.getvalue()


def locked(data):
    out = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(data)).encrypt('secret', out)
    return out.getvalue()


def outlook():
    rtf = compressed_rtf.compress(b'{\\rtf1\\ansi\\ansicpg950\\deff0{\\fonttbl{\\f0\\fcharset136 PMingLiU;}}\\f0 '
                                  + ''.join(f"\\'{b:02x}" for b in '身份證'.encode('big5')).encode()
                                  + f' {IDS["note"]}\\par}}'.encode(), compressed=True)
    inner = {'texts': {'0037': f'inner {IDS["comment"]}', '001A': 'IPM.Note', '1000': f'deep {IDS["runs"]}'}}
    return {
        'texts': {'001A': 'IPM.Note', '0037': f'List {IDS["property"]}', '0C1F': 'desk@example.org', '0C1A': 'Ann Lee'},
        'narrow': {'1000': f'身份證 {IDS["body"]}'.encode('big5').hex()},
        'numbers': [[0x3FFD0003, 950]],
        'files': {'1009': rtf.hex()},
        'recipients': [{'3001': 'Bob Ray', '39FE': 'bob@example.org'}],
        'attachments': [
            {'texts': {'3707': '名單.xlsx'}, 'files': {'3701': book().hex()}, 'numbers': [[0x37050003, 1]]},
            {'texts': {'3001': 'inner'}, 'message': inner, 'numbers': [[0x37050003, 5]]},
        ],
    }


def msg(content):
    with tempfile.TemporaryDirectory() as work:
        source, target = pathlib.Path(work) / 'a.json', pathlib.Path(work) / 'a.msg'
        source.write_text(json.dumps(content))
        subprocess.run(['node', str(here / 'office' / 'make-msg.mjs'), str(source), str(target)], check=True)
        with extract_msg.openMsg(target) as read:
            assert read.subject == content['texts']['0037'], read.subject
        return target.read_bytes()


def main():
    docx = letter()
    save('docx-python', 'docx', docx)
    pptx = slides()
    save('pptx-python', 'pptx', pptx)
    save('odt-libreoffice', 'odt', convert(docx, 'docx', 'odt'))
    save('fodt-libreoffice', 'fodt.gz', convert(docx, 'docx', 'fodt'), packed=True)
    save('rtf-libreoffice', 'rtf', convert(docx, 'docx', 'rtf'))
    save('doc-libreoffice', 'doc', convert(docx, 'docx', 'doc', 'MS Word 97'))
    save('html-libreoffice', 'html', convert(docx, 'docx', 'html'))
    save('odp-libreoffice', 'odp', convert(pptx, 'pptx', 'odp'))
    save('ppt-libreoffice', 'ppt.gz', convert(pptx, 'pptx', 'ppt', 'MS PowerPoint 97'), packed=True)
    save('docx-embedded', 'docx', with_book(docx))
    save('docx-encrypted', 'docx.gz', locked(docx), packed=True)
    save('msg-outlook', 'msg', msg(outlook()))
    plain = mail()
    save('eml-python', 'eml', plain.as_bytes())
    outer = email.message.EmailMessage(policy=email.policy.SMTP)
    outer['From'] = 'desk@example.org'
    outer['To'] = 'ann@example.org'
    outer['Subject'] = 'forwarded'
    outer['Date'] = 'Tue, 02 Jan 2024 10:00:00 +0800'
    outer.set_content('see below\n')
    outer.add_attachment(plain)
    outer.add_attachment(convert(docx, 'docx', 'odt'), maintype='application', subtype='octet-stream', filename='letter.odt')
    save('eml-forwarded', 'eml', outer.as_bytes())
    with tempfile.TemporaryDirectory() as work:
        box = mailbox.mbox(f'{work}/box')
        box.add(plain)
        box.add(b'From: a@example.org\nTo: b@example.org\nSubject: x\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n\nFrom the desk: '
                + IDS['runs'].encode() + b'\n')
        box.flush()
        save('mbox-python', 'mbox', pathlib.Path(f'{work}/box').read_bytes())
    (here / 'office' / 'ids.json').write_text(json.dumps(IDS, indent=2) + '\n')


if __name__ == '__main__':
    main()
