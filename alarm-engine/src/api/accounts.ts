import {
  type AccountLine,
  type AccountList,
  accountChange,
  accountList,
  accountToCreate,
  issuedPassword,
} from '@fenghuo/contracts/accounts.ts';
import { commandWaiting } from '@fenghuo/contracts/commands.ts';
import { apiError, type WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { Request } from 'express';
import { mayGive } from '../access/area-scope.ts';
import { hashPassword, newPassword } from '../access/passwords.ts';
import { changeAccount } from '../store/sql/change-account.ts';
import { createAccount } from '../store/sql/create-account.ts';
import { hasUnit } from '../store/sql/has-unit.ts';
import { listAccounts } from '../store/sql/list-accounts.ts';
import { listAreaNames } from '../store/sql/list-area-names.ts';
import { putPassword } from '../store/sql/put-password.ts';
import { switchAccount } from '../store/sql/switch-account.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { onRecord } from './commands.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Call, Route } from './route.ts';

/** Accounts of people. Each act is on the record before it is done; what somebody may do no more ends their sessions. */
export function accountRoutes(context: ApiContext): Route[] {
  return [...listingRoutes(context), ...changingRoutes(context), ...switchRoutes(context)];
}

function listingRoutes(context: ApiContext): Route[] {
  const { db, county, commandDesk } = context;
  return [
    {
      method: 'get',
      path: '/accounts',
      needs: 'accounts',
      shape: { summary: { zh: '账号列表', en: 'Accounts' }, answers: { 200: accountList } },
      handle: async ({ response }) => {
        const list: AccountList = { accounts: await listAccounts(db, { county, name: null }) };
        response.json(list);
      },
    },
    {
      method: 'post',
      path: '/accounts',
      needs: 'create-account',
      shape: {
        summary: { zh: '新建账号', en: 'Create an account' },
        body: accountToCreate,
        answers: { 201: issuedPassword, 202: commandWaiting, 409: apiError },
      },
      handle: async ({ request, response, session }) => {
        const wish = readBody(request, accountToCreate);
        await checkPlace(context, wish);
        if ((await listAccounts(db, { county, name: wish.name })).length > 0) throw taken;
        const detail = `${wish.role} of ${wish.area}`;
        const deed = { act: 'create-account', subject: wish.name, detail } as const;
        if (!(await onRecord(commandDesk, session.who, deed, response))) return;
        const password = newPassword();
        const passwordHash = await hashPassword(password);
        if (!(await createAccount(db, { county, passwordHash, ...wish }))) throw taken;
        response.status(201).json({ name: wish.name, password });
      },
    },
  ];
}

function changingRoutes(context: ApiContext): Route[] {
  const { db, county, commandDesk } = context;
  return [
    {
      method: 'put',
      path: '/accounts/:name',
      needs: 'change-account',
      shape: {
        summary: { zh: '修改账号的角色与辖区', en: 'Change what an account may do, and where' },
        body: accountChange,
        answers: { 202: commandWaiting, 204: 'nothing', 409: apiError },
      },
      handle: async ({ request, response, session }) => {
        const before = await accountOf(context, request);
        const wish = readBody(request, accountChange);
        await checkPlace(context, wish);
        const { name, role, area } = before;
        const moves = role !== wish.role || area !== wish.area;
        if (moves && before.vouched) throw vouchedElsewhere;
        if (moves) refuseOneself(session.who, before);
        const detail = `${role} of ${area}, now ${wish.role} of ${wish.area}`;
        const deed = { act: 'change-account', subject: name, detail } as const;
        if (!(await onRecord(commandDesk, session.who, deed, response))) return;
        await changeAccount(db, { county, name, endsSessions: moves, ...wish });
        response.status(204).end();
      },
    },
    {
      method: 'post',
      path: '/accounts/:name/password',
      needs: 'reset-password',
      shape: {
        summary: { zh: '重置密码', en: 'Give an account a new password' },
        answers: { 200: issuedPassword, 202: commandWaiting, 409: apiError },
      },
      handle: async ({ request, response, session }) => {
        const { name, vouched, role } = await accountOf(context, request);
        if (vouched) throw vouchedElsewhere;
        const deed = { act: 'reset-password', subject: name, detail: role } as const;
        if (!(await onRecord(commandDesk, session.who, deed, response))) return;
        const password = newPassword();
        await putPassword(db, { county, name, passwordHash: await hashPassword(password) });
        response.json({ name, password });
      },
    },
  ];
}

/** Out and in again. */
function switchRoutes(context: ApiContext): Route[] {
  const { db, county, commandDesk } = context;
  const one = (to: 'disable' | 'enable', summary: Words): Route => ({
    method: 'post',
    path: `/accounts/:name/${to}`,
    needs: to === 'disable' ? 'disable-account' : 'enable-account',
    shape: { summary, answers: { 202: commandWaiting, 204: 'nothing', 409: apiError } },
    handle: async ({ request, response, session }: Call) => {
      const account = await accountOf(context, request);
      if (to === 'disable') refuseOneself(session.who, account);
      const deed = { act: `${to}-account`, subject: account.name, detail: account.role } as const;
      if (!(await onRecord(commandDesk, session.who, deed, response))) return;
      await switchAccount(db, { county, name: account.name, disabled: to === 'disable' });
      response.status(204).end();
    },
  });
  return [
    one('disable', { zh: '停用账号', en: 'Disable an account' }),
    one('enable', { zh: '恢复账号', en: 'Enable an account' }),
  ];
}

const taken = new ApiFailure(409, 'name-taken', 'There is an account of this name.');
const vouchedElsewhere = new ApiFailure(
  409,
  'vouched-elsewhere',
  'An identity provider vouches for this account: it has its role and area from there, and no password here.',
);

async function accountOf({ db, county }: ApiContext, request: Request): Promise<AccountLine> {
  const [account] = await listAccounts(db, { county, name: readParameter(request, 'name') });
  if (account === undefined) throw notFound('account');
  return account;
}

/** Or nobody is left who could undo it. */
function refuseOneself(who: WhoAmI, { name }: AccountLine): void {
  if (who.account === name)
    throw new ApiFailure(409, 'own-account', 'Have another administrator change your own account.');
}

async function checkPlace(
  { db, county }: ApiContext,
  { area, unit }: { area: string; unit: string | null },
): Promise<void> {
  const outside = !mayGive({ county, area: county }, area);
  if (outside) throw new ApiFailure(400, 'invalid', '辖区不在本县 / The area lies in another county');
  const names = await listAreaNames(db, { county, area, areaPattern: '' });
  if (names.length === 0) throw new ApiFailure(400, 'invalid', '没有这个辖区代码 / There is no such area');
  if (unit !== null && !(await hasUnit(db, { county, unit })))
    throw new ApiFailure(400, 'invalid', '没有这个单位编号 / There is no such unit');
}
