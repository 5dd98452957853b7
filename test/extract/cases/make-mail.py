"""Makes the cases of what mail programs pack mails into: signed, uuencoded, yEnc, winmail.dat.

    apt-get install openssl
    python3 test/extract/cases/make-mail.py

Signatures hold a moment and a key of their own: those files differ each time.
`expected.json` as in make.py.
"""
import binascii, csv, io, pathlib, struct, subprocess, tempfile, zlib
from people import PEOPLE

here = pathlib.Path(__file__).parent
work = pathlib.Path(tempfile.mkdtemp())
HEAD = b'From: office@example.org\r\nTo: team@example.org\r\nSubject: List\r\nDate: Mon, 11 Mar 2024 10:00:00 +0800\r\n'


def case(name):
    folder = here / name
    folder.mkdir(exist_ok=True)
    return folder / 'source'


def people():
    out = io.StringIO()
    csv.writer(out).writerows([('name', 'id', 'phone', 'city'), *PEOPLE])
    return out.getvalue().encode()


def openssl(*words, data=b''):
    return subprocess.run(['openssl', *words], input=data, cwd=work, capture_output=True, check=True).stdout


part = b'Content-Type: text/csv; charset=utf-8; name=list.csv\r\n\r\n' + people().replace(b'\r\n', b'\n').replace(b'\n', b'\r\n')
openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem',
        '-out', 'cert.pem', '-subj', '/CN=Ann Example/emailAddress=ann@example.org', '-days', '3650')
sender = ['-signer', 'cert.pem', '-inkey', 'key.pem']
case('p7m-signed').write_bytes(openssl('cms', '-sign', '-nodetach', '-binary', *sender, '-outform', 'DER', data=part))
# In pieces of unstated length, as programs that stream write it.
case('p7m-streamed').write_bytes(openssl('cms', '-sign', '-nodetach', '-stream', '-binary', *sender, '-outform', 'DER', data=part))
case('p7m-encrypted').write_bytes(openssl('cms', '-encrypt', '-aes256', '-outform', 'DER', 'cert.pem', data=part))
case('eml-signed').write_bytes(HEAD + openssl('cms', '-sign', *sender, data=part))


def der(tag, *parts):
    data = b''.join(parts)
    size = bytes([len(data)]) if len(data) < 128 else b'\x82' + struct.pack('>H', len(data))
    return bytes([tag]) + size + data


# RFC 3274; most builds of openssl come without zlib.
oid = lambda text: der(6, bytes.fromhex(text))
case('p7m-compressed').write_bytes(der(0x30, oid('2a864886f70d0109100109'), der(0xa0, der(
    0x30, der(2, b'\0'), der(0x30, oid('2a864886f70d0109100308')),
    der(0x30, oid('2a864886f70d010701'), der(0xa0, der(4, zlib.compress(part))))))))

text = people()
lines = b''.join(binascii.b2a_uu(text[at:at + 45]) for at in range(0, len(text), 45))
case('eml-uuencoded').write_bytes(HEAD + b'\r\nHere is the list.\r\n\r\nbegin 644 list.csv\r\n' + lines.replace(b'\n', b'\r\n') + b'`\r\nend\r\n\r\nBye\r\n')
case('text-base64').write_bytes(b'begin-base64 644 list.csv\n' + b''.join(binascii.b2a_base64(text[at:at + 57]) for at in range(0, len(text), 57)) + b'====\n')


def yenc(data):
    out = bytearray()
    for byte in data:
        value = (byte + 42) % 256
        out += bytes([0x3d, (value + 64) % 256]) if value in (0, 9, 10, 13, 0x3d) else bytes([value])
    rows = b'\r\n'.join(out[at:at + 128] for at in range(0, len(out), 128)) if b'=' not in out else bytes(out)
    return b'=ybegin line=128 size=%d name=list.csv\r\n' % len(data) + rows + b'\r\n=yend size=%d\r\n' % len(data)


case('eml-yenc').write_bytes(HEAD + b'\r\nHere is the list.\r\n' + yenc(text))


# winmail.dat by its specification ([MS-OXTNEF]): no program at hand writes one.
def attribute(level, tag, data):
    return struct.pack('<BII', level, tag, len(data)) + data + struct.pack('<H', sum(data) & 0xffff)


def wide(tag, value):
    data = value.encode('utf-16-le') + b'\0\0'
    return struct.pack('<III', tag << 16 | 0x1f, 1, len(data)) + data + b'\0' * (-len(data) % 4)


def properties(*values):
    return struct.pack('<I', len(values)) + b''.join(values)


named = struct.pack('<I', 0x8001 << 16 | 0x1f) + b'\0' * 16 + struct.pack('<II', 0, 7) + wide(0, 'NRIC ' + PEOPLE[3][1])[4:]
html = ('<p>身分證 ' + PEOPLE[0][1] + '</p>').encode()
body = struct.pack('<III', 0x1013 << 16 | 0x102, 1, len(html)) + html + b'\0' * (-len(html) % 4)
recipient = properties(struct.pack('<II', 0x0c15 << 16 | 3, 1), wide(0x3001, 'Bob Sample'), wide(0x3003, 'bob@example.org'))
case('tnef').write_bytes(
    struct.pack('<IH', 0x223e9f78, 1)
    + attribute(1, 0x00089006, struct.pack('<I', 0x00010000))
    + attribute(1, 0x00069007, struct.pack('<II', 1252, 0))
    + attribute(1, 0x00018004, b'List of members\0')
    + attribute(1, 0x00069003, properties(struct.pack('<IQ', 0x0039 << 16 | 0x40, 0), named, body))
    + attribute(1, 0x00069004, struct.pack('<I', 1) + recipient)
    + attribute(2, 0x00069002, b'\1\0' + b'\xff' * 4 + b'\0' * 8)
    + attribute(2, 0x00018010, b'LIST~1.CSV\0')
    + attribute(2, 0x0006800f, text)
    + attribute(2, 0x00069005, properties(wide(0x3707, 'list of members.csv')))
)
