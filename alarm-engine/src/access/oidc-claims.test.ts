import { expect, test } from 'vitest';
import { type ClaimMap, readClaims, readRoleMap } from './oidc-claims.ts';

const map: ClaimMap = {
  ...{ account: 'preferred_username', roles: 'realm_access.roles', area: null },
  roleOf: readRoleMap('captains=commander, desk = dispatcher')!,
};
const claims = { preferred_username: 'lin', realm_access: { roles: ['desk', 'captains'] } };

test('the first role of the map that a person has is theirs, wherever the claim lies', () => {
  expect(readClaims(claims, map, '331081')).toEqual({
    ok: true,
    person: { name: 'lin', displayName: 'lin', role: 'commander', area: '331081' },
  });
  const flat = { preferred_username: 'lin', 'realm_access.roles': 'desk', name: '林海' };
  expect(readClaims(flat, map, '331081')).toMatchObject({
    person: { displayName: '林海', role: 'dispatcher' },
  });
});

test('a map of roles is read whole or not at all', () => {
  expect(map.roleOf).toEqual([
    ['captains', 'commander'],
    ['desk', 'dispatcher'],
  ]);
  for (const text of ['', 'captains', 'captains=chief', '=commander', 'a=commander=x', 'a=commander,'])
    expect(readRoleMap(text)).toBeNull();
});

test('a mail address counts only when the provider has verified it', () => {
  const byMail = { ...map, account: 'email' };
  const mail = { ...claims, email: 'lin@example.org' };
  expect(readClaims(mail, byMail, '331081')).toEqual({ ok: false, reason: 'refused' });
  expect(readClaims({ ...mail, email_verified: true }, byMail, '331081')).toMatchObject({ ok: true });
});

test('claims of the prototype are none', () => {
  expect(readClaims(claims, { ...map, roles: 'constructor.name' }, '331081')).toMatchObject({
    reason: 'no-role',
  });
});
