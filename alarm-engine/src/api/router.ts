import { longestImport } from '@fenghuo/contracts/registry.ts';
import { longestRulebook } from '@fenghuo/contracts/rulebook.ts';
import { longestWorkflow } from '@fenghuo/contracts/workflow.ts';
import express, { type RequestHandler, Router } from 'express';
import { Counter } from 'prom-client';
import { reachOf } from '../access/reach.ts';
import { mayUse } from '../access/rights.ts';
import { accountRoutes } from './accounts.ts';
import { alarmPerformanceRoutes } from './alarm-performance.ts';
import { ApiFailure } from './api-failure.ts';
import { apiTokenRoutes } from './api-tokens.ts';
import { auditRoutes } from './audit.ts';
import { broadcastRoutes } from './broadcasts.ts';
import { buildingRoutes } from './buildings.ts';
import { findCaller } from './caller.ts';
import { cameraRoutes } from './cameras.ts';
import { carrierSourceRoutes } from './carrier-sources.ts';
import { caseFigureRoutes } from './case-figures.ts';
import { caseFileRoutes } from './case-files.ts';
import { caseRoutes } from './cases.ts';
import { chainRoutes } from './chain.ts';
import { commandRoutes } from './commands.ts';
import { credentialRoutes } from './credentials.ts';
import { deskRoutes } from './desk.ts';
import { deviceRoutes } from './devices.ts';
import { docsPage } from './docs-page.ts';
import { drillRunnerRoutes } from './drill-runner.ts';
import { drillRoutes } from './drills.ts';
import { fileImportRoutes } from './file-imports.ts';
import { refuseForeignPages } from './foreign-pages.ts';
import { historyRoutes } from './history.ts';
import { holdRoutes } from './holds.ts';
import { incidentRoutes } from './incidents.ts';
import { intakeRoutes } from './intake.ts';
import { mapRoutes } from './map.ts';
import { oidcRoutes } from './oidc.ts';
import { openApiOf } from './openapi.ts';
import { ownPasswordRoute } from './own-password.ts';
import { positionRoutes } from './positions.ts';
import { publicReportRoutes } from './public-reports.ts';
import { quarantineRoutes } from './quarantine.ts';
import { registryRoutes } from './registry.ts';
import { declareShape } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';
import { rulebookRoutes } from './rulebook.ts';
import { safetyIndexRoutes } from './safety-index.ts';
import { sessionRoutes } from './session.ts';
import { stationHealthRoutes } from './station-health.ts';
import { upkeepRoutesOf } from './upkeep.ts';
import { wallRoutes } from './walls.ts';
import { workflowRoutes } from './workflow.ts';

const maxBodyBytes = 64 * 1024;
/** A rulebook is longer: as JSON, up to two bytes a character. */
const maxRulebookBytes = 2 * longestRulebook;
const maxImportBytes = 3 * longestImport;
/** A protocol is one page with its charts, and points of scenarios are many. */
const maxDrillBytes = 8 * 1024 * 1024;
const maxWorkflowBytes = 3 * longestWorkflow;

const requests = new Counter({
  name: 'fenghuo_api_requests_total',
  help: 'REST requests by route and status',
  labelNames: ['method', 'route', 'status'],
});

/** Every route of the REST interface. */
export function apiRoutes(context: ApiContext): Route[] {
  return [
    ...sessionRoutes(context),
    ownPasswordRoute(context),
    ...oidcRoutes(context),
    ...commandRoutes(context),
    ...mapRoutes(context),
    ...deviceRoutes(context),
    ...cameraRoutes(context),
    ...buildingRoutes(context),
    ...incidentRoutes(context),
    ...broadcastRoutes(context),
    ...deskRoutes(context),
    ...intakeRoutes(context),
    ...publicReportRoutes(context),
    ...caseRoutes(context),
    ...caseFileRoutes(context),
    ...positionRoutes(context),
    ...holdRoutes(context),
    ...upkeepRoutesOf(context),
    ...caseFigureRoutes(context),
    ...safetyIndexRoutes(context),
    ...chainRoutes(context),
    ...alarmPerformanceRoutes(context),
    ...historyRoutes(context),
    ...drillRoutes(context),
    ...drillRunnerRoutes(context),
    ...credentialRoutes(context),
    ...quarantineRoutes(context),
    ...carrierSourceRoutes(context),
    ...auditRoutes(context),
    ...apiTokenRoutes(context),
    ...wallRoutes(context),
    ...rulebookRoutes(context),
    ...workflowRoutes(context),
    ...registryRoutes(context),
    ...fileImportRoutes(context),
    ...accountRoutes(context),
    ...stationHealthRoutes(context),
  ];
}

/** The REST interface below `/api`, with its document, which says nothing that the source does not. What is not a route here is answered as an error in JSON, too. */
export function apiRouter(context: ApiContext): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(refuseForeignPages);
  router.use('/v1/rulebook', express.json({ limit: maxRulebookBytes }));
  router.use('/v1/devices/import', express.json({ limit: maxImportBytes }));
  router.use('/v1/workflow', express.json({ limit: maxWorkflowBytes }));
  router.use('/v1/drills', express.json({ limit: maxDrillBytes }));
  router.use(express.json({ limit: maxBodyBytes }));
  const routes = apiRoutes(context);
  const document = openApiOf(routes);
  const page = docsPage(document);
  router.get('/openapi.json', (_request, response) => void response.json(document));
  router.get('/docs', (_request, response) => void response.type('html').send(page));
  for (const route of routes) router[route.method](`/v1${route.path}`, serve(context, route));
  router.use(() => {
    throw new ApiFailure(404, 'not-found', 'There is no such route.');
  });
  return router;
}

function serve(context: ApiContext, route: Route): RequestHandler {
  return async (request, response) => {
    response.on('finish', () => {
      requests.inc({ method: request.method, route: route.path, status: response.statusCode });
    });
    declareShape(request, route.shape);
    if (route.needs === 'nothing') return route.handle({ request, response });
    const session = await findCaller(context, request.headers);
    if (session === null) throw new ApiFailure(401, 'not-signed-in', 'Sign in first.');
    if (route.needs !== 'session' && !mayUse(session.who, route.needs, context.county))
      throw new ApiFailure(403, 'not-authorised', 'Your role may not do this.');
    const scope = reachOf(context.county, session.who);
    return route.handle({ request, response, session, scope });
  };
}
