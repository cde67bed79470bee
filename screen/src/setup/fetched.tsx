import type { ReactNode } from 'react';
import type { z } from 'zod';
import { Unanswered, useAsk } from '../feed/queries.ts';
import type { RequestFailure } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';

/** What was asked for: on its way, not to be had, or here. What is here stays while it is asked for again. */
type State<T> =
  | { state: 'loading' }
  | { state: 'failed'; reason: RequestFailure }
  | { state: 'ready'; body: T };
export type Fetched<T> = State<T> & { again: () => void };

/** What the server answers to a path; null asks for nothing. Asked again when the path changes. */
export function useFetched<S extends z.ZodType>(path: string | null, answer: S): Fetched<z.infer<S>> {
  const { data, failureReason, isPlaceholderData, refetch } = useAsk(path, answer);
  const again = () => void refetch();
  if (failureReason instanceof Unanswered) return { state: 'failed', reason: failureReason.reason, again };
  if (data === undefined || isPlaceholderData) return { state: 'loading', again };
  return { state: 'ready', body: data, again };
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
