import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { type RequestFailure, request } from './request.ts';

/** The server said no, or nothing at all: a retry helps where it was away. */
export class Unanswered extends Error {
  readonly reason: RequestFailure;

  constructor(reason: RequestFailure) {
    super(`the server does not answer this: ${reason}`);
    this.reason = reason;
  }
}

/** What was read is shown again for so long without asking; what lives on the feed is asked again by its `turn`. Ms. */
const freshForMs = 5_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: freshForMs,
      refetchOnWindowFocus: false,
      retry: (tries, error) => error instanceof Unanswered && error.reason === 'away' && tries < 5,
      retryDelay: 2_000,
    },
  },
});

/** What a route says; throws {@link Unanswered}. */
export async function answerOf<S extends z.ZodType>(path: string, answer: S): Promise<z.infer<S>> {
  const outcome = await request({ method: 'GET', path, answer });
  if (!outcome.ok) throw new Unanswered(outcome.reason);
  return outcome.body;
}

interface Asking<T> {
  /** Asked again when this changes, such as the version of the record it is about; the last answer stays until then. */
  turn?: string | number;
  /** Asked again every so often, ms: of what no feed tells. */
  everyMs?: number | ((told: T | undefined) => number);
}

/** The answer of a route under `/api/v1`; null asks nothing. */
export function useAsk<S extends z.ZodType>(
  path: string | null,
  answer: S,
  { turn = 0, everyMs }: Asking<z.infer<S>> = {},
) {
  return useQuery({
    queryKey: [path, turn],
    enabled: path !== null,
    placeholderData: keepPreviousData,
    refetchInterval: typeof everyMs === 'function' ? ({ state }) => everyMs(state.data) : (everyMs ?? false),
    queryFn: () => answerOf(path ?? '', answer),
  });
}
