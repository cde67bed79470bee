import { type CaseCard, casePage } from '@fenghuo/contracts/case.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { answerOf } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { go, useQueryText } from '../route.ts';
import type { World } from '../state/world.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { CaseLink } from './case-link.tsx';
import { addressOf, type CaseSearchFields, fieldsOf, pathOf } from './case-query.ts';
import { SearchForm } from './search-form.tsx';

/** Cases by code, place, time, people and detector; what is searched for stands in the address. */
export function CaseSearch({ world }: { world: World }) {
  const { t } = useLanguage();
  const search = useQueryText();
  const [fields, setFields] = useState<CaseSearchFields>(() => fieldsOf(search));
  useEffect(() => setFields(fieldsOf(search)), [search]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(addressOf(fields));
  };
  const path = pathOf(fieldsOf(search), world.county.timeZone);
  const found = useInfiniteQuery({
    queryKey: [path],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answerOf(pageParam === '' ? path : `${path}&before=${encodeURIComponent(pageParam)}`, casePage),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const cases = found.data?.pages.flatMap((page) => page.cases) ?? [];
  return (
    <>
      <SearchForm world={world} fields={fields} write={setFields} submit={submit} />
      <section aria-label={t('records.found')} aria-busy={found.isFetching} data-found={cases.length}>
        {found.isError && <p role="alert">{t('records.failed')}</p>}
        {found.isPending && <p className="quiet-words">{t('records.searching')}</p>}
        {found.isSuccess && cases.length === 0 && <p className="quiet-words">{t('records.nothing')}</p>}
        {cases.length > 0 && <CaseTable cases={cases} />}
        <MoreButton of={found} />
      </section>
    </>
  );
}

function CaseTable({ cases }: { cases: readonly CaseCard[] }) {
  const { t } = useLanguage();
  return (
    <table className="page-table">
      <thead>
        <tr>
          <th scope="col">{t('records.code')}</th>
          <th scope="col">{t('records.opened')}</th>
          <th scope="col">{t('records.place')}</th>
          <th scope="col">{t('records.what')}</th>
          <th scope="col">{t('records.state')}</th>
        </tr>
      </thead>
      <tbody>
        {cases.map((one) => (
          <CaseRow key={one.code} card={one} />
        ))}
      </tbody>
    </table>
  );
}

function CaseRow({ card }: { card: CaseCard }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const { code, run, severity, title, place, openedAt, closedAt, stage, reopened, listed, satisfied } = card;
  const state = closedAt === null ? (stage ?? 'open') : stage;
  return (
    <tr data-case={code}>
      <td>
        <CaseLink code={code}>{code}</CaseLink>
      </td>
      <td>
        <time>{`${time.date(openedAt)} ${time.hourMinute(openedAt)}`}</time>
      </td>
      <td>{say(place)}</td>
      <td>
        <span className="page-what">
          <SeverityMark severity={severity} drill={run !== null} />
          {say(title)}
          {run !== null && <span className="drill-tag">{t('wall.drill')}</span>}
        </span>
      </td>
      <td>
        {state === null ? t('records.allNormal') : state === 'open' ? t('records.open') : t(`step.${state}`)}
        <span className="quiet-words">
          {reopened > 0 && <span>{t('records.reopened', { count: reopened })}</span>}
          {listed && <span>{t('records.listed')}</span>}
          {satisfied !== null && <span>{t(satisfied ? 'records.satisfied' : 'records.unsatisfied')}</span>}
        </span>
      </td>
    </tr>
  );
}
