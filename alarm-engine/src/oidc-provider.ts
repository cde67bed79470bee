import type { OidcProvider } from './access/oidc.ts';
import { readRoleMap } from './access/oidc-claims.ts';
import type { Settings } from './settings.ts';

/** The identity provider that the settings describe; empty when they describe none. */
export function oidcProvider(settings: Settings): { oidc?: OidcProvider } {
  const { FENGHUO_OIDC_ISSUER: issuer, FENGHUO_OIDC_CLIENT_ID: clientId } = settings;
  const { FENGHUO_PUBLIC_URL: publicUrl, FENGHUO_OIDC_ROLES: roleMap } = settings;
  if (issuer === undefined || clientId === undefined || publicUrl === undefined || roleMap === undefined)
    return {};
  const claims = {
    account: settings.FENGHUO_OIDC_ACCOUNT_CLAIM,
    roles: settings.FENGHUO_OIDC_ROLES_CLAIM,
    area: settings.FENGHUO_OIDC_AREA_CLAIM ?? null,
    roleOf: readRoleMap(roleMap) ?? [],
  };
  const clientSecret = settings.FENGHUO_OIDC_CLIENT_SECRET ?? null;
  const scope = settings.FENGHUO_OIDC_SCOPE;
  return { oidc: { issuer, clientId, clientSecret, publicUrl: new URL(publicUrl).origin, scope, claims } };
}
