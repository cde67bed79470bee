import { expect, test } from 'vitest';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';

const token = 'k'.repeat(43);

test('over https the cookie stays there', () => {
  expect(writeSessionCookie({ token, maxAgeS: 60, secure: true })).toBe(
    `fenghuo_session=${token}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure`,
  );
  expect(writeSessionCookie({ token, maxAgeS: 60, secure: false })).not.toContain('Secure');
});

test('the token is found among other cookies; what cannot be one is none', () => {
  expect(readSessionCookie(`a=1; fenghuo_session=${token}; b=2`)).toBe(token);
  for (const header of [
    undefined,
    '',
    `xfenghuo_session=${token}`,
    `fenghuo_session=${token}k`,
    'fenghuo_session',
  ])
    expect(readSessionCookie(header)).toBeNull();
});
