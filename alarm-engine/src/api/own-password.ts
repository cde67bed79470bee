import { ownPasswordChange } from '@fenghuo/contracts/accounts.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import { hashPassword } from '../access/passwords.ts';
import { changeOwnPassword } from '../store/sql/change-own-password.ts';
import { ApiFailure } from './api-failure.ts';
import { readBody } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';
import { lockedOut } from './session.ts';

/**
 * One's own password. The old one is asked for as at the door, and guesses at it are counted there: a session that somebody
 * left open is no way to find it out.
 */
export function ownPasswordRoute({ db, county, signInDesk, commandDesk }: ApiContext): Route {
  return {
    method: 'put',
    path: '/session/password',
    needs: 'session',
    shape: {
      summary: { zh: '修改本人密码', en: 'Change one’s own password' },
      body: ownPasswordChange,
      answers: { 204: 'nothing', 409: apiError, 429: apiError },
    },
    handle: async ({ request, response, session }) => {
      const { before, after } = readBody(request, ownPasswordChange);
      const { who, tokenHash } = session;
      if (who.rights !== undefined) throw new ApiFailure(403, 'not-authorised', 'A token has no password.');
      const proof = await signInDesk.prove({ account: who.account, password: before }, request.ip ?? '');
      if (!proof.ok && proof.reason === 'locked') throw lockedOut(response, proof.retryAfterS);
      if (!proof.ok) throw wrong;
      const passwordHash = await hashPassword(after);
      await commandDesk.note(who, { act: 'change-password', subject: who.account, detail: '' });
      const proved = proof.account.passwordHash;
      if (!(await changeOwnPassword(db, { county, name: who.account, passwordHash, proved, tokenHash })))
        throw wrong;
      response.status(204).end();
    },
  };
}

const wrong = new ApiFailure(409, 'wrong-password', 'The old password is wrong.');
