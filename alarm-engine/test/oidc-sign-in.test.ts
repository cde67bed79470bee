import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OidcProvider } from '../src/access/oidc.ts';
import { readRoleMap } from '../src/access/oidc-claims.ts';
import { IdentityProvider, SmallBrowser } from './identity-provider.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

const idp = new IdentityProvider();
let web: TestWeb;
let provider: OidcProvider;
beforeAll(async () => {
  await idp.start(() => `${web.url}/api/v1/oidc/callback`);
  provider = {
    ...{ issuer: idp.issuer, clientId: idp.client.id, clientSecret: idp.client.secret },
    ...{ publicUrl: '', scope: 'openid profile' },
    claims: {
      account: 'preferred_username',
      roles: 'roles',
      area: 'area',
      roleOf: readRoleMap('captains=commander,desk=dispatcher,watch=viewer')!,
    },
  };
  web = await startTestWeb({ oidc: provider });
  provider.publicUrl = web.url;
});
afterAll(async () => {
  await web.stop();
  await idp.stop();
});

function knows(login: string, claims: object): void {
  const usual = { preferred_username: login, name: `人 ${login}`, roles: ['desk'], area: zeguo };
  idp.people.set(login, { claims: { ...usual, ...claims } });
}

const signInAs = async (login: string, browser = new SmallBrowser()) => {
  const end = await browser.travel(
    `${web.url}/api/v1/oidc/start?to=/desk`,
    login,
    (url) => url.pathname === '/sign-in',
  );
  return { end: end.pathname + end.search, browser };
};
const cookieIn = ({ cookies }: SmallBrowser) => `fenghuo_session=${cookies.get('fenghuo_session')}`;
async function whoIs(browser: SmallBrowser): Promise<WhoAmI> {
  const response = await web.call('GET', '/api/v1/session', { as: cookieIn(browser) });
  return response.json() as Promise<WhoAmI>;
}

test('signed in at a real provider → in, with role and area by its claims → the next time as they are then', async () => {
  knows('lin.hai', { roles: ['staff', 'desk'] });
  const first = await signInAs('lin.hai');
  expect(first.end).toBe('/sign-in?by=oidc&to=/desk');
  expect(first.browser.cookies.has('fenghuo_oidc')).toBe(false);
  expect(await whoIs(first.browser)).toMatchObject({
    ...{ account: 'lin.hai', name: '人 lin.hai', role: 'dispatcher', area: zeguo },
  });
  expect((await web.call('GET', '/api/v1/devices/S-2', { as: cookieIn(first.browser) })).status).toBe(404);
  knows('lin.hai', { preferred_username: 'renamed', roles: ['captains'], area: '331081' });
  const second = await signInAs('lin.hai');
  expect(await whoIs(second.browser)).toMatchObject({
    account: 'lin.hai',
    role: 'commander',
    area: '331081',
  });
  expect(await whoIs(first.browser)).toMatchObject({ role: 'commander' });
});

test('who has no role or no area here stays out, also with a session of the provider', async () => {
  for (const claims of [
    { roles: ['staff'] },
    { roles: [] },
    { roles: undefined },
    { roles: 'desk,captains' },
  ]) {
    knows('stranger', claims);
    expect((await signInAs('stranger')).end).toBe('/sign-in?failed=no-role');
  }
  for (const area of ['331082', '331081999', undefined, 331081, '331081%']) {
    knows('stranger', { area });
    expect((await signInAs('stranger')).end).toBe('/sign-in?failed=no-area');
  }
  const { rows } = await web.pool.query(`select from fenghuo.account where name = 'stranger'`);
  expect(rows).toEqual([]);
});

test('nobody takes an account over by having its name at the provider; a disabled one stays out', async () => {
  await enter(web, 'administrator');
  knows('administrator', { roles: ['captains'] });
  expect((await signInAs('administrator')).end).toBe('/sign-in?failed=name-taken');
  knows('wang', {});
  await signInAs('wang');
  await web.pool.query(`update fenghuo.account set disabled = true where name = 'wang'`);
  expect((await signInAs('wang')).end).toBe('/sign-in?failed=disabled');
  knows('odd', { preferred_username: 'token:x' });
  expect((await signInAs('odd')).end).toBe('/sign-in?failed=refused');
});

test('the account of a provider has no password', async () => {
  knows('chen', { area: songmen });
  await signInAs('chen');
  for (const password of ['x', 'chen', ' '])
    expect((await web.call('POST', '/api/v1/session', { body: { account: 'chen', password } })).status).toBe(
      401,
    );
});

test('an answer that was not asked for opens nothing: without the trip, of another trip, forged, late, sent twice', async () => {
  knows('mallory', {});
  const reach = async (browser: SmallBrowser) =>
    (
      await browser.travel(`${web.url}/api/v1/oidc/start`, 'mallory', ({ pathname }) =>
        pathname.endsWith('/callback'),
      )
    ).href;
  const landing = async (browser: SmallBrowser, callback: string) =>
    (await browser.open(callback)).response.headers.get('location');
  const refused = '/sign-in?failed=refused';

  const mallory = new SmallBrowser();
  const callback = await reach(mallory);
  expect(await landing(new SmallBrowser(), callback)).toBe(refused);
  const victim = new SmallBrowser();
  await victim.open(`${web.url}/api/v1/oidc/start`);
  expect(await landing(victim, callback)).toBe(refused);
  expect(victim.cookies.has('fenghuo_session')).toBe(false);

  const forger = new SmallBrowser();
  const own = await reach(forger);
  const [text = '', mark] = forger.cookies.get('fenghuo_oidc')!.split('.');
  const trip = JSON.parse(Buffer.from(text, 'base64url').toString());
  const bent = Buffer.from(JSON.stringify({ ...trip, to: '/wall' })).toString('base64url');
  forger.cookies.set('fenghuo_oidc', `${bent}.${mark}`);
  expect(await landing(forger, own)).toBe(refused);

  const kept = mallory.cookies.get('fenghuo_oidc')!;
  expect(await landing(mallory, callback)).toBe('/sign-in?by=oidc&to=/');
  mallory.cookies.set('fenghuo_oidc', kept);
  expect(await landing(mallory, callback)).toBe(refused);

  const slow = new SmallBrowser();
  const late = await reach(slow);
  web.advance(601_000);
  expect(await landing(slow, late)).toBe(refused);
});

test('nobody is sent elsewhere than to a view of ours afterwards', async () => {
  for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', '/wall?x=/'])
    expect((await web.call('GET', `/api/v1/oidc/start?to=${encodeURIComponent(to)}`)).status).toBe(400);
});

test('a provider that is away is said to be; the next try asks again', async () => {
  const away = await startTestWeb({ oidc: { ...provider, issuer: 'http://127.0.0.1:1' } });
  const start = await away.call('GET', '/api/v1/oidc/start');
  expect(start.headers.get('location')).toBe('/sign-in?failed=provider-away');
  expect(await (await away.call('GET', '/api/v1/oidc')).json()).toEqual({ offered: true });
  await away.stop();
});
