import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers that keep a page of ours to itself: everything from this origin, workers from blobs (the map makes
 * them), no frame around it. Over plain http the headers that browsers only heed over https are left out,
 * since a wall on a LAN address would log each of them as an error. `stayOnHttps`: browsers are told never to come in clear
 * again, not where the authority is our own: one that is not trusted yet could not be fetched then.
 */
export function securityHeaders({
  https,
  stayOnHttps,
}: {
  https: boolean;
  stayOnHttps: boolean;
}): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: stayOnHttps,
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
