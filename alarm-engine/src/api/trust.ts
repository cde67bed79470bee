import { X509Certificate } from 'node:crypto';
import { Router } from 'express';
import { trustHtml } from '../https/trust-html.ts';

export interface TrustOptions {
  authority: () => string;
  reachableAt: () => string[];
}

/** The page that brings a phone to trust this station, and the certificate itself: in clear, since it is needed first. */
export function trustPage({ authority, reachableAt }: TrustOptions): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const port = Number(new URL(`http://${request.get('host')}`).port || (request.secure ? 443 : 80));
    const { fingerprint256 } = new X509Certificate(authority());
    const host = request.get('host') ?? '';
    response.set('Cache-Control', 'no-store').type('html');
    response.send(trustHtml({ host, port, reachableAt: reachableAt(), fingerprint: fingerprint256 }));
  });
  router.get('/fenghuo.crt', (_request, response) => {
    response.set('Cache-Control', 'no-store').type('application/x-x509-ca-cert');
    response.set('Content-Disposition', 'attachment; filename="fenghuo.crt"').send(authority());
  });
  return router;
}
