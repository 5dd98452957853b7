/** Sentences for formats that are known and not read. */
import type { ScanErrorCode } from '../model/errors.ts';
import type { Unread } from './recognise.ts';

interface Words {
  readonly code: ScanErrorCode;
  readonly detail: string;
}

export const UNREAD: Readonly<Record<Unread, Words>> = {
  image: {
    code: 'unsupported',
    detail:
      'An image of a kind that ajar does not open (HEIC, JPEG 2000, JPEG XL, Photoshop). Save it as JPEG or PNG and scan that.',
  },
  media: { code: 'unsupported', detail: 'Sound or video: ajar does not read it.' },
  archive: {
    code: 'unsupported',
    detail:
      'An archive of a kind that ajar does not open (rar, cab). Unpack it and scan the folder.',
  },
  database: {
    code: 'unsupported',
    detail:
      'A database file of Access or PostgreSQL: ajar does not read it. Export its tables as CSV and scan those.',
  },
  columnar: {
    code: 'unsupported',
    detail:
      'An ORC or old Feather file: ajar does not read it. Export it as CSV or Parquet and scan that.',
  },
  program: { code: 'unsupported', detail: 'A program: ajar does not look into programs.' },
  encrypted: {
    code: 'encrypted',
    detail:
      'It is encrypted with a password, so nobody without that password reads it; ajar did not either.',
  },
  binary: { code: 'unsupported', detail: 'Binary data of a kind that ajar does not know.' },
};
