import { expect, test } from 'vitest';
import { maskContact, maskName, maskPhone } from './personal-data.ts';

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
