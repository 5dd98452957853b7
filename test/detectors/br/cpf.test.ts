import { expect, test } from 'vitest';
import cpf from '../../../detectors/br/cpf.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(cpf);

test('eleven equal digits are never given', () => {
  expect(judged(cpf, '222.222.222-22')).toBe('no');
  expect(judged(cpf, '482.061.573-44')).toBe('proved');
});
