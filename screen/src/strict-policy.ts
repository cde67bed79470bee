import { z } from 'zod';

/**
 * A strict Content-Security-Policy forbids compiled schemas, and a browser reports even the attempt. This must
 * be read before the first schema is made: it is the first import of `main.tsx`, and `vite.config.ts` keeps
 * it in one chunk with the schemas.
 */
z.config({ jitless: true });
