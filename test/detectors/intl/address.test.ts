import { expect, test } from 'vitest';
import address from '../../../detectors/intl/address.ts';
import { acceptFinder, asked } from '../../kit/accept-finder.ts';

acceptFinder(address);

test('a unit with a postal code is an address; a postal code of no sector is none', () => {
  expect(asked(address, '#04-56 Singapore 560123')).toHaveLength(1);
  expect(asked(address, '#04-56 Singapore 990123')).toHaveLength(0);
});

test('a text of many lines is none', () => {
  expect(asked(address, `九龍彌敦道789號${'，附件'.repeat(80)}`)).toHaveLength(0);
});
