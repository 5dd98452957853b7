"""Makes the cases of compressed, database and columnar files with the programs people use.

    pip install pyarrow fastavro cramjam; apt-get install bzip2 xz-utils lz4
    python3 test/extract/cases/make-tables.py

`expected.json` as in make.py. The three `arrow-damaged-*` came of test/fuzz/extract.ts (seed 1, numbers 3149,
3237 and 7102 of 67 files): lists out of their values, a batch that is a dictionary, a negative length.
"""
import csv, datetime, decimal, io, pathlib, sqlite3, subprocess, tempfile
import fastavro, pyarrow as pa, pyarrow.feather as feather, pyarrow.parquet as parquet
from people import PEOPLE

here = pathlib.Path(__file__).parent
work = pathlib.Path(tempfile.mkdtemp())


def case(name):
    folder = here / name
    folder.mkdir(exist_ok=True)
    return folder / 'source'


def pack(*words):
    text = io.StringIO()
    csv.writer(text).writerows([('name', 'id', 'phone', 'city'), *PEOPLE])
    return subprocess.run(words, input=text.getvalue().encode(), capture_output=True, check=True).stdout


case('csv-bzip2').write_bytes(pack('bzip2', '-c'))
case('csv-xz').write_bytes(pack('xz', '-c'))
case('csv-lz4').write_bytes(pack('lz4', '-c', '-BD'))
case('csv-zstd').write_bytes(pack('zstd', '-c', '-q'))

# Everything that must not run or must not be left out.
database = sqlite3.connect(work / 'a.db')
database.executescript('''
  pragma journal_mode = wal;
  create table people(seq integer primary key, name text, id text, phone integer, scan blob,
    twice integer generated always as (phone * 2));
  create view everybody as select randomblob(2000000000) from people;
  create trigger hostile before insert on people when new.seq > 90 begin select raise(abort, 'ran'); end;
  create virtual table notes using fts5(body);
  create table "a ""quoted"" name"(x, y);
  create table keyed(k text primary key, v text) without rowid;
''')
for seq, (name, number, phone, _) in enumerate(PEOPLE, 1):
    database.execute('insert into people(seq, name, id, phone) values (?, ?, ?, ?)', (seq, name, number, int(phone)))
database.execute('update people set scan = ? where seq = 2', (pack('gzip', '-n'),))
database.execute('insert into notes values (?)', ('ring Ann on 91230001 about the permit',))
database.execute('insert into "a ""quoted"" name" values (912345678.0, ?)', ('{"ref": "91230002"}',))
database.execute("insert into keyed values ('contact', 'ann@mail.example')")
database.commit()
database.execute('pragma wal_checkpoint(truncate)')
database.execute('vacuum')
database.execute('pragma wal_checkpoint(truncate)')
database.close()
case('sqlite-wal').write_bytes((work / 'a.db').read_bytes())

names, numbers, phones, cities = zip(*PEOPLE)
born = [datetime.date(1980 + at, 2, 3) for at in range(5)]
table = pa.table({
    'name': names,
    'id': numbers,
    'phone': pa.array([int(phone) for phone in phones], pa.int64()),
    'born': born,
    'account': pa.array([decimal.Decimal('440305198702264137') + at for at in range(5)], pa.decimal128(20, 0)),
    'balance': pa.array([decimal.Decimal('-0.05')] * 4 + [None], pa.decimal128(9, 2)),
    'address': [{'city': city, 'zip': f'01{at}5'} for at, city in enumerate(cities)],
    'emails': [['ann@mail.example', 'a@work.example'], [], None, ['b@mail.example'], []],
    'contacts': pa.array([[('home', '91230003')], [('91230004', 'work')], [], None, []], pa.map_(pa.string(), pa.string())),
    'photo': [pack('gzip', '-n'), b'plain text', None, None, None],
    'float': [912345678.0, None, 1.5, None, None],
    'kind': pa.array(['x', 'y', 'x', 'x', 'y']).dictionary_encode(),
})
for codec in ('snappy', 'zstd', 'lz4', 'brotli', 'gzip'):
    parquet.write_table(table, work / 'a.parquet', compression=codec, row_group_size=2)
    case(f'parquet-{codec}').write_bytes((work / 'a.parquet').read_bytes())
parquet.write_table(table, work / 'a.parquet', compression='none', data_page_version='2.0', use_dictionary=False, version='2.6')
case('parquet-pages-v2').write_bytes((work / 'a.parquet').read_bytes())
for codec in ('lz4', 'zstd', 'uncompressed'):
    feather.write_feather(table, work / 'a.feather', compression=codec)
    case(f'feather-{codec}').write_bytes((work / 'a.feather').read_bytes())
stream = io.BytesIO()
with pa.ipc.new_stream(stream, table.schema) as writer:
    writer.write_table(table, max_chunksize=2)
case('arrow-stream').write_bytes(stream.getvalue())

schema = {'type': 'record', 'name': 'Person', 'fields': [
    {'name': 'name', 'type': ['null', 'string'], 'default': None},
    {'name': 'id', 'type': 'string'},
    {'name': 'phone', 'type': 'long', 'default': 0},
    {'name': 'big', 'type': 'long'},
    {'name': 'born', 'type': {'type': 'int', 'logicalType': 'date'}},
    {'name': 'account', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 20, 'scale': 0}},
    {'name': 'emails', 'type': {'type': 'array', 'items': 'string'}},
    {'name': 'address', 'type': {'type': 'record', 'name': 'Address', 'fields': [{'name': 'city', 'type': 'string'}]}},
    {'name': 'either', 'type': ['int', 'string']},
    {'name': 'contacts', 'type': {'type': 'map', 'values': 'long'}},
]}
records = [{
    'name': name, 'id': number, 'phone': int(phone), 'big': 2 ** 62 + at, 'born': born[at],
    'account': decimal.Decimal('440305198702264137') + at, 'emails': ['ann@mail.example'][at:],
    'address': {'city': city}, 'either': 'text' if at % 2 else 91230005, 'contacts': {'home': 91230006 + at},
} for at, (name, number, phone, city) in enumerate(PEOPLE)]
for codec in ('null', 'deflate', 'snappy', 'bzip2', 'xz'):
    out = io.BytesIO()
    fastavro.writer(out, schema, records, codec=codec, sync_interval=200, sync_marker=b'ajar-sync-marker')
    case(f'avro-{codec}').write_bytes(out.getvalue())
