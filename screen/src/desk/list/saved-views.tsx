import { deskViews } from '@fenghuo/contracts/desk.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAsk } from '../../feed/queries.ts';
import { type Request, request } from '../../feed/request.ts';
import { useLanguage } from '../../i18n/language.ts';
import { go, useQueryText, withQuery } from '../../route.ts';
import { filterNames } from './list-filter.ts';

const path = '/desk-views';

/** The filter of the address alone, in one order, so that two that are alike are the same text. */
function filterText(search: string): string {
  const query = new URLSearchParams(search);
  const kept = filterNames.map((name) => [name, query.get(name) ?? '']).filter(([, value]) => value !== '');
  return new URLSearchParams(kept).toString();
}

function look(query: string): void {
  const wanted = new URLSearchParams(query);
  go(withQuery(Object.fromEntries(filterNames.map((name) => [name, wanted.get(name)]))), 'replace');
}

/** Filters that whoever sits here gave a name to, wherever they sign in. A view is there when the server has it. */
export function SavedViews() {
  const { t } = useLanguage();
  const current = filterText(useQueryText());
  const client = useQueryClient();
  const views = useAsk(path, deskViews).data?.views ?? [];
  const change = useMutation({
    mutationFn: async (wish: Pick<Request<typeof deskViews>, 'method' | 'path' | 'body'>) => {
      const outcome = await request({ ...wish, answer: deskViews });
      if (!outcome.ok) throw new Error(outcome.reason);
      client.setQueryData([path, 0], outcome.body);
    },
  });
  const of = (name: string) => `${path}/${encodeURIComponent(name)}`;
  const isSaved = views.some(({ query }) => query === current);
  return (
    <div className="saved-views">
      {views.map(({ name, query }) => (
        <span key={name} className="saved-view">
          <button
            type="button"
            aria-pressed={query === current}
            onClick={() => look(query === current ? '' : query)}
          >
            {name}
          </button>
          {query === current && (
            <button
              type="button"
              aria-label={t('list.forget', { name })}
              onClick={() => change.mutate({ method: 'DELETE', path: of(name) })}
            >
              ×
            </button>
          )}
        </span>
      ))}
      {current !== '' && !isSaved && (
        <SaveView
          save={(name) => change.mutate({ method: 'PUT', path: of(name), body: { query: current } })}
        />
      )}
      {change.isError && <span role="alert">{t('list.notSaved')}</span>}
    </div>
  );
}

function SaveView({ save }: { save: (name: string) => void }) {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') save(name.trim());
      }}
    >
      <input
        aria-label={t('list.viewName')}
        placeholder={t('list.viewName')}
        value={name}
        maxLength={40}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" disabled={name.trim() === ''}>
        {t('list.save')}
      </button>
    </form>
  );
}
