import { expect, test } from 'vitest';
import { maskContact, maskName, maskNumbers, maskPhone } from './personal-data.ts';

test('a key-holder is masked', () => {
  expect(maskContact({ name: '王建国', phone: '13812342207' })).toEqual({
    name: '王某',
    phone: '138****2207',
  });
});

test.each([
  ['0576-86221234', '057******1234'],
  ['1234567', '*******'],
  ['119', '***'],
  ['', ''],
])('the number %j is shown as %j', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked);
});

test.each([
  ['𠮷野', '𠮷某'],
  ['', ''],
])('the name %j is shown as %j', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test('telephone numbers in what people wrote are masked, other numbers stay', () => {
  expect(maskNumbers('联系王某13812342207，或 +86 138-1234-2207')).toBe(
    '联系王某138****2207，或 +86**********2207',
  );
  expect(maskNumbers('座机0576-86123456')).toBe('座机057******3456');
  for (const text of [
    '五楼 501 室',
    '331081100203-02',
    'WL-260301-0001',
    '2026-03-01 12:00',
    'S-13812342207123',
    '100000000',
  ])
    expect(maskNumbers(text)).toBe(text);
});
