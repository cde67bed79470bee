import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { CompressedBody } from './compressed-body.ts';

/** Hashed by the build: the name changes with the content. */
const forGood = 'public, max-age=31536000, immutable';

const textTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
};

/**
 * The built screen: hashed assets for good, compressed once; every unknown path outside is the page itself,
 * which routes on. While nothing is built yet, a sentence instead that looks again by itself.
 */
export function screenFiles(folder: string): Router {
  const router = Router();
  router.use('/assets', compressedAssets(join(folder, 'assets')));
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  router.use('/assets', (_request, response) => void response.status(404).type('text').send('No such file.'));
  router.use(express.static(folder, { index: false, cacheControl: false, setHeaders: revalidate }));
  router.get('/{*path}', page(folder));
  return router;
}

function revalidate(response: Response): void {
  response.setHeader('Cache-Control', 'no-cache');
}

/** Scripts and styles, compressed when first asked for and kept: there are few, and they never change. */
function compressedAssets(folder: string): RequestHandler {
  const bodies = new Map<string, CompressedBody>();
  return async (request, response, next) => {
    const path = insideFolder(folder, request.path);
    const type = textTypes[extname(request.path)];
    if (path === null || type === undefined || !isReading(request)) return next();
    const known = bodies.get(path);
    const raw = known === undefined ? await readFile(path).catch(() => null) : null;
    const body = known ?? (raw === null ? null : new CompressedBody(raw, type));
    if (body === null) return next();
    bodies.set(path, body);
    response.set('Cache-Control', forGood);
    await body.send(request, response);
  };
}

/** The file that a request's path names; null when it would lie outside. */
function insideFolder(folder: string, path: string): string | null {
  try {
    const file = normalize(join(folder, decodeURIComponent(path)));
    return file.startsWith(folder + sep) && !file.includes('\0') ? file : null;
  } catch {
    return null;
  }
}

function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function page(folder: string): RequestHandler {
  return async (request, response) => {
    if (extname(request.path) !== '') {
      response.status(404).type('text').send('No such file.');
      return;
    }
    const html = await readFile(join(folder, 'index.html')).catch(() => null);
    response.set('Cache-Control', 'no-cache');
    if (html === null) response.status(503).set('Retry-After', '2').type('html').send(notBuilt);
    else response.type('html').send(html);
  };
}

const notBuilt = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>烽火 Fenghuo</title>
<p>屏幕页面尚未生成，请稍候。The screen is not built yet; this page looks again by itself.</p>
</html>
`;
