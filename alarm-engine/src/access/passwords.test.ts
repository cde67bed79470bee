import { expect, test } from 'vitest';
import { hashOfNobody, hashPassword, newPassword, verifyPassword } from './passwords.ts';

test('passwords are argon2id at the cost that OWASP asks for, each with its own salt', async () => {
  const [first, second] = await Promise.all([hashPassword('火警'), hashPassword('火警')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toBe(second);
  expect(await verifyPassword(first, '火警')).toBe(true);
  expect(await verifyPassword(first, '火')).toBe(false);
});

test('a hash that is none, and nobody’s, meet no password', async () => {
  expect(await verifyPassword('disabled', '')).toBe(false);
  expect(await verifyPassword(await hashOfNobody(), '')).toBe(false);
});

test('new passwords can be read aloud, and differ', () => {
  const made = Array.from({ length: 200 }, newPassword);
  for (const password of made)
    expect(password).toMatch(/^([bdfghjkmnprstvwz][aeiou]){3}(-([a-z]{2}){3}){2}$/);
  expect(new Set(made).size).toBe(200);
});
