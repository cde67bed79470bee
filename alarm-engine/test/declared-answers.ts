import { apiError } from '@fenghuo/contracts/rest.ts';
import { expect } from 'vitest';
import { z } from 'zod';
import type { ApiContext, Route } from '../src/api/route.ts';
import { apiRoutes } from '../src/api/router.ts';

/** The routes of the house by method and path, to look at and not to call. */
export const routesByName: ReadonlyMap<string, Route> = new Map(
  apiRoutes({} as ApiContext).map((route) => [`${route.method} ${route.path}`, route]),
);

/** Refusals that every route may have. */
const usual = [400, 401, 403, 404];

/** Fails when a route answers something that its shape does not say: another status, a member more or less. */
export async function expectDeclared(name: string, response: Response): Promise<void> {
  const declared = routesByName.get(name)?.shape.answers[response.status];
  if (declared === undefined) expect(usual).toContain(response.status);
  const type = response.headers.get('content-type')?.split(';')[0];
  if (declared === 'nothing') expect(await response.text()).toBe('');
  else if (typeof declared === 'string') expect(type).toBe(declared);
  else if (declared !== undefined && !(declared instanceof z.ZodType)) expect(declared).toContain(type);
  else {
    const said = await response.json();
    expect((declared ?? apiError).parse(said)).toEqual(said);
  }
}
