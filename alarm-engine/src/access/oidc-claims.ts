import type { OidcFailure } from '@fenghuo/contracts/oidc.ts';
import { type Role, roles } from '@fenghuo/contracts/words.ts';

/** Which claims of the provider say what, and which of its roles are ours. */
export interface ClaimMap {
  /** Names the account, when it is made. */
  account: string;
  /** A text or list of texts. A dot goes into an object: `realm_access.roles`. */
  roles: string;
  /** Area prefix; null: everybody is of the whole county. */
  area: string | null;
  /** Role of the provider → ours. The first that a person has counts. */
  roleOf: readonly (readonly [theirs: string, ours: Role])[];
}

export interface VouchedFor {
  name: string;
  displayName: string;
  role: Role;
  area: string;
}

/** Reads `captains=commander,desk=dispatcher`; null when it is none. */
export function readRoleMap(text: string): ClaimMap['roleOf'] | null {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  const map = pairs.flatMap(([theirs = '', ours = '', ...more]) => {
    const role = roles.find((one) => one === ours);
    return role === undefined || theirs === '' || more.length > 0 ? [] : [[theirs, role] as const];
  });
  return map.length === pairs.length ? map : null;
}

/** Who a person is here, by what the provider says of them. Pure. */
export function readClaims(
  claims: Readonly<Record<string, unknown>>,
  map: ClaimMap,
  county: string,
): { ok: true; person: VouchedFor } | { ok: false; reason: OidcFailure } {
  const name = claimOf(claims, map.account);
  if (typeof name !== 'string' || !/^[\p{L}\p{N}._@-]{1,64}$/u.test(name))
    return { ok: false, reason: 'refused' };
  if (map.account === 'email' && claims.email_verified !== true) return { ok: false, reason: 'refused' };
  const theirs = [claimOf(claims, map.roles)].flat();
  const role = map.roleOf.find(([one]) => theirs.includes(one))?.[1];
  if (role === undefined) return { ok: false, reason: 'no-role' };
  const area = map.area === null ? county : claimOf(claims, map.area);
  if (typeof area !== 'string' || !/^\d{6,12}(-\d{2,3})?$/.test(area) || !area.startsWith(county))
    return { ok: false, reason: 'no-area' };
  const displayName = typeof claims.name === 'string' && claims.name !== '' ? claims.name.slice(0, 60) : name;
  return { ok: true, person: { name, displayName, role, area } };
}

function claimOf(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((inner, part) => {
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
      ? (inner as Record<string, unknown>)[part]
      : undefined;
  }, claims);
}
