import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import phone from '../../../detectors/intl/phone.ts';
import { acceptDetector, detect, textPiece } from '../../kit/accept-detector.ts';

acceptDetector(phone);

function confidences(text: string): readonly string[] {
  return detect([phone], textPiece(text)).hits.map(({ confidence }) => confidence);
}

test("every country's example number is taken as the library takes it", () => {
  for (const [country, number] of Object.entries(examples)) {
    const e164 = parsePhoneNumber(number, country as CountryCode)?.number ?? '';
    const judgement = phone.judge({ compact: e164, shape: 0, folded: e164 });
    expect([country, judgement]).toEqual([country, 'plausible']);
    expect([country, phone.canonical?.({ compact: e164, shape: 0, folded: e164 })]).toEqual([
      country,
      e164,
    ]);
  }
});

test('the patterns agree with the library on made-up Hong Kong and Singapore numbers', () => {
  for (let number = 20_000_000; number < 100_000_000; number += 98_761) {
    for (const prefix of ['+852', '+65']) {
      const text = `${prefix}${number}`;
      const judgement = phone.judge({ compact: text, shape: 0, folded: text });
      const isValid = parsePhoneNumber(text)?.isValid() ?? false;
      expect([text, judgement !== 'no']).toEqual([text, isValid]);
    }
  }
});

test('eight digits alone are no telephone number, but are one under a word or in two groups', () => {
  expect(confidences('92634178')).toEqual([]);
  expect(confidences('9263 4178')).toEqual(['medium']);
  expect(confidences('手提 92634178')).toEqual(['medium']);
});

test('two writings of one number are one value', () => {
  const text = 'Tel: +852 9263 4178\nTel: 92634178';
  const { summaries } = detect([phone], textPiece(text));
  expect(summaries[0]?.hits).toBe(2);
  expect(summaries[0]?.values).toHaveLength(1);
});

test('two of four groups of digits are no number of their own', () => {
  expect(confidences('1234 5678 9263 4178 9263')).not.toContain('medium');
});

test('pages or years from and to stay low', () => {
  expect(confidences('pp. 2769-2794')).toEqual(['low']);
  expect(confidences('6001-9263')).toEqual(['medium']);
});
