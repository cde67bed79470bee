import * as accounts from '@fenghuo/contracts/accounts.ts';
import * as alarmPerformance from '@fenghuo/contracts/alarm-performance.ts';
import * as apiTokens from '@fenghuo/contracts/api-tokens.ts';
import * as audit from '@fenghuo/contracts/audit.ts';
import * as backtest from '@fenghuo/contracts/backtest.ts';
import * as carrier from '@fenghuo/contracts/carrier.ts';
import * as cases from '@fenghuo/contracts/case.ts';
import * as caseFigures from '@fenghuo/contracts/case-figures.ts';
import * as commands from '@fenghuo/contracts/commands.ts';
import * as deliveries from '@fenghuo/contracts/deliveries.ts';
import * as history from '@fenghuo/contracts/history.ts';
import * as quarantine from '@fenghuo/contracts/quarantine.ts';
import * as records from '@fenghuo/contracts/records.ts';
import * as registry from '@fenghuo/contracts/registry.ts';
import * as rest from '@fenghuo/contracts/rest.ts';
import * as rulebook from '@fenghuo/contracts/rulebook.ts';
import * as safetyIndex from '@fenghuo/contracts/safety-index.ts';
import * as stationHealth from '@fenghuo/contracts/station-health.ts';
import * as upkeep from '@fenghuo/contracts/upkeep.ts';
import * as walls from '@fenghuo/contracts/walls.ts';
import * as workflow from '@fenghuo/contracts/workflow.ts';
import { z } from 'zod';
import { rolesWith } from '../access/rights.ts';
import type { AnswerShape, Route } from './route.ts';

type Json = { [key: string]: unknown };

/** A description of the interface by OpenAPI 3.1, as far as we fill it in. */
export interface ApiDocument {
  openapi: '3.1.0';
  info: Json;
  servers: Json[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json; securitySchemes: Json };
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Json[];
  parameters: Parameter[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

interface Parameter {
  in: 'path' | 'query' | 'header';
  name: string;
  required: boolean;
  schema: Json;
}

type Content = Record<string, { schema: Json }>;

/** Shapes of the contracts by their names: each stands once in the document. */
const named = z.registry<{ id: string }>();
const contracts = [
  ...[rest, records, commands, deliveries, audit, quarantine, carrier, apiTokens, walls],
  ...[alarmPerformance, history, rulebook, backtest, workflow, upkeep, safetyIndex, caseFigures, cases],
  ...[registry, accounts, stationHealth],
];
for (const module of contracts)
  for (const [name, schema] of Object.entries(module))
    if (schema instanceof z.ZodType && !named.has(schema))
      named.add(schema, { id: name.charAt(0).toUpperCase() + name.slice(1) });

/** The document of all routes, made of what they declare; nothing in it is written by hand. Pure. */
export function openApiOf(routes: readonly Route[]): ApiDocument {
  const schemas: Json = {};
  const paths: ApiDocument['paths'] = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: '烽火 Fenghuo', version: 'v1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'fenghuo_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operationOf(route: Route, schemas: Json): Operation {
  const { method, path, shape } = route;
  return {
    operationId: `${method}${path.replaceAll(/[^a-z]+(\w?)/gi, (_, letter: string) => letter.toUpperCase())}`,
    tags: [path.split('/')[1] ?? ''],
    summary: `${shape.summary.zh} / ${shape.summary.en}`,
    description: whoMay(route.needs),
    security: route.needs === 'nothing' ? [] : [{ session: [] }, { token: [] }],
    parameters: parametersOf(route),
    ...bodyOf(shape),
    responses: responsesOf(route, schemas),
  };
}

function bodyOf({ body, upload }: Route['shape']): Pick<Operation, 'requestBody'> {
  if (body !== undefined) return { requestBody: { required: true, content: json(inputSchema(body)) } };
  return upload === undefined ? {} : { requestBody: { required: true, content: bytes(upload) } };
}

function whoMay(needs: Route['needs']): string {
  if (needs === 'nothing') return '无需登录 / open to everybody';
  if (needs === 'session') return '任何已登录账号 / anybody who is signed in';
  return `${needs}: ${rolesWith(needs).join(', ')}`;
}

function parametersOf({ method, path, shape }: Route): Parameter[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(
    ([, name = '']): Parameter => ({ in: 'path', name, required: true, schema: { type: 'string' } }),
  );
  const guard: Parameter = { in: 'header', name: 'X-Fenghuo', required: false, schema: { const: '1' } };
  const fields = Object.entries(shape.query?.shape ?? {}).map(([name, field]): Parameter => {
    const isOptional = (field as z.ZodType).safeParse(undefined).success;
    return { in: 'query', name, required: !isOptional, schema: inputSchema(field as z.ZodType) };
  });
  return [...inPath, ...fields, ...(method === 'get' ? [] : [guard])];
}

const refusals: Record<number, string> = {
  400: '请求不合规 / the request is not as expected',
  401: '未登录 / not signed in',
  403: '无权 / not authorised',
  404: '辖区内没有 / there is none in your area',
};

function responsesOf({ needs, path, method, shape }: Route, schemas: Json): Operation['responses'] {
  const takes = shape.query !== undefined || shape.body !== undefined;
  const usual = [takes ? 400 : 0, needs === 'nothing' && method === 'get' ? 0 : 401, 403];
  const refused = [...usual, path.includes(':') ? 404 : 0].filter((status) => status > 0);
  const responses: Operation['responses'] = {};
  for (const status of refused)
    responses[status] = { description: refusals[status] ?? '', content: answer(rest.apiError, schemas) };
  for (const [status, what] of Object.entries(shape.answers))
    responses[status] =
      what === 'nothing'
        ? { description: '完成 / done' }
        : { description: shape.summary.en, content: answer(what, schemas) };
  return responses;
}

function answer(what: Exclude<AnswerShape, 'nothing'>, schemas: Json): Content {
  if (typeof what === 'string') return bytes([what]);
  return what instanceof z.ZodType ? json(outputSchema(what, schemas)) : bytes(what);
}

function bytes(types: readonly string[]): Content {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
}

const json = (schema: Json): Content => ({ 'application/json': { schema } });

/** What may be sent. Requests are small, and stand where they are used. */
function inputSchema(schema: z.ZodType): Json {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return own;
}

/** What is answered. Named shapes are put into `schemas` and referred to. */
function outputSchema(schema: z.ZodType, schemas: Json): Json {
  const holder = z.toJSONSchema(z.object({ it: schema }), { metadata: named, unrepresentable: 'any' });
  const { $defs = {}, properties } = JSON.parse(
    JSON.stringify(holder).replaceAll('"#/$defs/', '"#/components/schemas/'),
  );
  for (const [name, { id: _, ...shape }] of Object.entries($defs as Record<string, Json>))
    schemas[name] = shape;
  return properties.it;
}
