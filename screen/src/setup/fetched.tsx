import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import { type RequestFailure, request } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';

/** What was asked for: on its way, not to be had, or here. What is here stays while it is asked for again. */
type State<T> =
  | { state: 'loading' }
  | { state: 'failed'; reason: RequestFailure }
  | { state: 'ready'; body: T };
export type Fetched<T> = State<T> & { again: () => void };

/** What the server answers to a path; null asks for nothing. Asked again when the path changes. */
export function useFetched<S extends z.ZodType>(path: string | null, answer: S): Fetched<z.infer<S>> {
  const [got, setGot] = useState<{ path: string | null; state: State<z.infer<S>> }>({
    path: null,
    state: { state: 'loading' },
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === null) return;
    let over = false;
    void turn;
    void request({ method: 'GET', path, answer }).then((answered) => {
      if (over) return;
      const state: State<z.infer<S>> = answered.ok
        ? { state: 'ready', body: answered.body }
        : { state: 'failed', reason: answered.reason };
      setGot({ path, state });
    });
    return () => {
      over = true;
    };
  }, [path, answer, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const state: State<z.infer<S>> = got.path === path ? got.state : { state: 'loading' };
  return { ...state, again };
}

interface ShownProps<T> {
  of: Fetched<T>;
  children: (body: T) => ReactNode;
}

/** The three states in which a page without its data must not be blank. */
export function Shown<T>({ of, children }: ShownProps<T>) {
  const { t } = useLanguage();
  if (of.state === 'ready') return <>{children(of.body)}</>;
  if (of.state === 'loading')
    return (
      <p className="setup-wait" aria-busy="true">
        {t('setup.loading')}
        <span className="notice-line" aria-hidden="true" />
      </p>
    );
  return (
    <div className="setup-wait" role="alert">
      <p>{t(of.reason === 'refused' ? 'setup.notAllowed' : 'setup.failed')}</p>
      <button type="button" className="button" onClick={of.again}>
        {t('setup.again')}
      </button>
    </div>
  );
}
