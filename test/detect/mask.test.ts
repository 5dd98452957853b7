import { expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';

const kernel = createKernel(await loadDetectors(), createHasher(new Uint8Array(16)));

test.each([
  ['exports/hkid_A123456(3).pdf', 'exports/hkid_A12****(*).pdf'],
  ['S8412307B-letter.docx', 'S84******-letter.docx'],
  ['https://h.example/f?id=A123456%283%29&x=1', 'https://h.example/f?id=A12****(*)&x=1'],
  ['申請表張三A1234563.pdf', '申請表張三A12*****.pdf'],
  ['mail/an.lee@agency.gov.hk/inbox', 'mail/a***@a***/inbox'],
  ['sheet "+852 9263 4178"', 'sheet "+8** **** ****"'],
])('%s is masked', (text, masked) => {
  expect(kernel.mask(text)).toBe(masked);
});

test.each([
  ['report-20240131.csv'],
  ['logs/2024/01/31/app.log'],
  ['row 812 column phone'],
  ['backup/v1.2.3/100%/readme.md'],
  ['日本語のファイル.txt'],
  [''],
])('%j says nothing of anybody and stays', (text) => {
  expect(kernel.mask(text)).toBe(text);
});

test('a text full of identifiers is masked throughout', () => {
  const masked = kernel.mask('A123456(3),A123456(3) A123456(3)');
  expect(masked).toBe('A12****(*),A12****(*) A12****(*)');
});

test('masking a masked text changes nothing', () => {
  const once = kernel.mask('exports/hkid_A123456(3).pdf an.lee@agency.gov.hk');
  expect(kernel.mask(once)).toBe(once);
});
