import { type UpkeepOrder, upkeepFigures, upkeepPage } from '@fenghuo/contracts/upkeep.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { useQueryText } from '../route.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageBar } from '../ui/page-bar.tsx';
import { AssignForm } from './assign-form.tsx';
import { ByBuilding } from './by-building.tsx';
import { ByRoute } from './by-route.tsx';
import { OrderRow } from './order-row.tsx';
import { UpkeepFilters } from './upkeep-filters.tsx';
import { type UpkeepFields, upkeepFieldsOf, upkeepPath } from './upkeep-query.ts';
import '../ui/blocks.css';
import './upkeep.css';

/** The queue is on no feed, ms. */
const askEveryMs = 15_000;

/** The upkeep queue 维保: faults, batteries, silence. Given out to units, resolved in words, sent back. */
export function Upkeep() {
  const { t } = useLanguage();
  const world = useStation((station) => station.world);
  return world === null ? <Notice title={t('wall.loadingTitle')} busy /> : <Queue world={world} />;
}

function Queue({ world }: { world: World }) {
  const { t } = useLanguage();
  const fields = upkeepFieldsOf(useQueryText());
  return (
    <div className="upkeep">
      <PageBar
        title={t('upkeep.title')}
        doors={[
          { to: '/desk', text: t('home.desk') },
          { to: '/', text: t('desk.home') },
        ]}
      />
      <main>
        <Figures />
        <UpkeepFilters world={world} fields={fields} />
        {fields.by === 'building' ? (
          <ByBuilding world={world} fields={fields} />
        ) : fields.by === 'route' ? (
          <ByRoute fields={fields} />
        ) : (
          <ByOrder fields={fields} />
        )}
      </main>
    </div>
  );
}

/** The queue as it is: an order a line, the oldest first. */
function ByOrder({ fields }: { fields: UpkeepFields }) {
  const { t } = useLanguage();
  const may = useMay();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const path = upkeepPath(fields);
  const found = useInfiniteQuery({
    queryKey: [path],
    initialPageParam: '',
    refetchInterval: askEveryMs,
    queryFn: ({ pageParam }) =>
      answerOf(pageParam === '' ? path : `${path}&after=${encodeURIComponent(pageParam)}`, upkeepPage),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const orders = found.data?.pages.flatMap((page) => page.orders) ?? [];
  const picked = orders.filter(({ id, closedAt }) => closedAt === null && chosen.has(id));
  const toggle = (id: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <>
      {may('assign-upkeep') && picked.length > 0 && (
        <AssignForm orders={picked} near={picked[0]!} done={() => setChosen(new Set())} />
      )}
      <section aria-label={t('upkeep.title')} aria-busy={found.isFetching} data-orders={orders.length}>
        {found.isError && <p role="alert">{t('records.failed')}</p>}
        {found.isSuccess && orders.length === 0 && <p className="quiet-words">{t('upkeep.nothing')}</p>}
        {orders.length > 0 && (
          <OrderTable
            orders={orders}
            chosen={chosen}
            toggle={toggle}
            toggleAll={(all) => setChosen(new Set(all ? orders.map(({ id }) => id) : []))}
          />
        )}
        <MoreButton of={found} />
      </section>
    </>
  );
}

function Figures() {
  const { t } = useLanguage();
  const { data } = useAsk('/upkeep/figures', upkeepFigures, { everyMs: askEveryMs });
  if (data === undefined) return null;
  const { count, assigned, overdue } = data.open;
  return (
    <p className="upkeep-figures">
      <span>{t('upkeep.open', { count })}</span>
      <span>{t('upkeep.nobody', { count: count - assigned })}</span>
      <span data-overdue={overdue}>{t('upkeep.overdue', { count: overdue })}</span>
    </p>
  );
}

interface OrderTableProps {
  orders: readonly UpkeepOrder[];
  chosen: ReadonlySet<string>;
  toggle: (id: string) => void;
  toggleAll: (all: boolean) => void;
}

function OrderTable({ orders, chosen, toggle, toggleAll }: OrderTableProps) {
  const { t } = useLanguage();
  return (
    <table className="page-table">
      <thead>
        <tr>
          <th scope="col">
            <input
              type="checkbox"
              aria-label={t('upkeep.all')}
              checked={chosen.size > 0 && orders.every(({ id }) => chosen.has(id))}
              onChange={(event) => toggleAll(event.target.checked)}
            />
          </th>
          <th scope="col">{t('upkeep.kind')}</th>
          <th scope="col">{t('upkeep.device')}</th>
          <th scope="col">{t('records.place')}</th>
          <th scope="col">{t('upkeep.since')}</th>
          <th scope="col">{t('upkeep.assigned')}</th>
          <th scope="col">{t('upkeep.act')}</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow
            key={order.id}
            order={order}
            chosen={chosen.has(order.id)}
            choose={() => toggle(order.id)}
          />
        ))}
      </tbody>
    </table>
  );
}
