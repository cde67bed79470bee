import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { request } from '../feed/request.ts';

/** Whoever types is given this long for the next key before the server is asked, ms. */
const restMs = 90;

/** The answer to what is asked now: the newest question's, or none while it is on its way. Null asks nothing. */
export function useAnswer<S extends z.ZodType>(path: string | null, answer: S) {
  const [last, setLast] = useState<{ path: string; body: z.infer<S> | null } | null>(null);
  useEffect(() => {
    if (path === null) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const outcome = await request({ method: 'GET', path, answer });
      if (isCurrent) setLast({ path, body: outcome.ok ? outcome.body : null });
    }, restMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [path, answer]);
  const asking = path !== null && last?.path !== path;
  return { body: path !== null && !asking ? (last?.body ?? null) : null, asking };
}
