import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiDocument } from '../src/api/openapi.ts';
import { routesByName } from './declared-answers.ts';
import { startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let document: ApiDocument;
beforeAll(async () => {
  web = await startTestWeb();
  document = (await (await web.call('GET', '/api/openapi.json')).json()) as ApiDocument;
});
afterAll(() => web.stop());

test.each([...routesByName])('%s is in the document, with what it takes and answers', (_, route) => {
  const operation = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method];
  expect(operation).toBeDefined();
  expect(Object.keys(route.shape.answers)).not.toEqual([]);
  expect(Object.keys(operation!.responses)).toEqual(expect.arrayContaining(Object.keys(route.shape.answers)));
  const queried = operation!.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  expect(queried).toEqual(Object.keys(route.shape.query?.shape ?? {}));
  const takes = route.shape.body ?? route.shape.upload;
  expect(operation!.requestBody !== undefined).toBe(takes !== undefined);
  expect(operation!.parameters.some(({ name }) => name === 'X-Fenghuo')).toBe(route.method !== 'get');
});

test('every reference in it leads to a shape, every operation has a name of its own', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to = '']) => to);
  expect(references.length).toBeGreaterThan(20);
  for (const to of references) {
    expect(to).toMatch(/^#\/components\/schemas\/\w+$/);
    expect(document.components.schemas).toHaveProperty(to.split('/').at(-1)!);
  }
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('the page shows every operation and shape, and asks nobody else for anything', async () => {
  const response = await web.call('GET', '/api/docs');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  const page = await response.text();
  for (const path of Object.keys(document.paths)) expect(page).toContain(`<code>/api/v1${path}</code>`);
  const links = [...page.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, to = '']) => to);
  const places = new Set([...page.matchAll(/id="([^"]+)"/g)].map(([, id]) => `#${id}`));
  for (const to of links) expect(to === '/api/openapi.json' || places.has(to)).toBe(true);
  expect(page).not.toMatch(/<script|@import|url\(/);
});
