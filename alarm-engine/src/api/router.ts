import { longestRulebook } from '@fenghuo/contracts/rulebook.ts';
import express, { type Request, type RequestHandler, Router } from 'express';
import { Counter } from 'prom-client';
import { mayUse } from '../access/rights.ts';
import { readSessionCookie } from '../access/session-cookie.ts';
import { alarmPerformanceRoutes } from './alarm-performance.ts';
import { ApiFailure } from './api-failure.ts';
import { buildingRoutes } from './buildings.ts';
import { carrierSourceRoutes } from './carrier-sources.ts';
import { commandRoutes } from './commands.ts';
import { credentialRoutes } from './credentials.ts';
import { deviceRoutes } from './devices.ts';
import { drillRoutes } from './drills.ts';
import { historyRoutes } from './history.ts';
import { holdRoutes } from './holds.ts';
import { incidentRoutes } from './incidents.ts';
import { mapRoutes } from './map.ts';
import { quarantineRoutes } from './quarantine.ts';
import type { ApiContext, Route } from './route.ts';
import { rulebookRoutes } from './rulebook.ts';
import { sessionRoutes } from './session.ts';

const maxBodyBytes = 64 * 1024;
/** A rulebook is longer: as JSON, up to two bytes a character. */
const maxRulebookBytes = 2 * longestRulebook;

const requests = new Counter({
  name: 'fenghuo_api_requests_total',
  help: 'REST requests by route and status',
  labelNames: ['method', 'route', 'status'],
});

/** Every route of the REST interface. */
export function apiRoutes(context: ApiContext): Route[] {
  return [
    ...sessionRoutes(context),
    ...commandRoutes(context),
    ...mapRoutes(context),
    ...deviceRoutes(context),
    ...buildingRoutes(context),
    ...incidentRoutes(context),
    ...holdRoutes(context),
    ...alarmPerformanceRoutes(context),
    ...historyRoutes(context),
    ...drillRoutes(context),
    ...credentialRoutes(context),
    ...quarantineRoutes(context),
    ...carrierSourceRoutes(context),
    ...rulebookRoutes(context),
  ];
}

/** The REST interface below `/api`. What is not a route here is answered as an error in JSON, too. */
export function apiRouter(context: ApiContext): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(refuseForeignPages);
  router.use('/v1/rulebook', express.json({ limit: maxRulebookBytes }));
  router.use(express.json({ limit: maxBodyBytes }));
  for (const route of apiRoutes(context)) router[route.method](`/v1${route.path}`, serve(context, route));
  router.use(() => {
    throw new ApiFailure(404, 'not-found', 'There is no such route.');
  });
  return router;
}

/** A foreign page cannot set this header without asking first, and nobody answers that it may. */
const refuseForeignPages: RequestHandler = (request, _response, next) => {
  if (!['GET', 'HEAD'].includes(request.method) && request.get('x-fenghuo') !== '1')
    throw new ApiFailure(
      403,
      'header-missing',
      'Requests that change something carry the header X-Fenghuo: 1.',
    );
  next();
};

function serve(context: ApiContext, route: Route): RequestHandler {
  return async (request, response) => {
    response.on('finish', () => {
      requests.inc({ method: request.method, route: route.path, status: response.statusCode });
    });
    if (route.needs === 'nothing') return route.handle({ request, response });
    const session = await requireSession(context, request);
    if (route.needs !== 'session' && !mayUse(session.who, route.needs, context.county))
      throw new ApiFailure(403, 'not-authorised', 'Your role may not do this.');
    const scope = { county: context.county, area: session.who.area };
    return route.handle({ request, response, session, scope });
  };
}

async function requireSession({ sessions }: ApiContext, request: Request) {
  const token = readSessionCookie(request.get('cookie'));
  const session = token === null ? null : await sessions.find(token);
  if (session === null) throw new ApiFailure(401, 'not-signed-in', 'Sign in first.');
  return session;
}
