import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';
import type { World } from '../state/world.ts';
import { Choice, TownshipChoice } from '../ui/choice.tsx';
import { upkeepKinds } from './upkeep-kinds.ts';
import { type UpkeepFields, upkeepAddress, upkeepViews } from './upkeep-query.ts';

/** Hours that an order has been open for. */
const ages = [24, 168, 720];

/** What narrows the queue: each choice is an address. */
export function UpkeepFilters({ world, fields }: { world: World; fields: UpkeepFields }) {
  const { t } = useLanguage();
  const put = (name: keyof UpkeepFields) => (value: string) =>
    go(upkeepAddress({ ...fields, [name]: value }), 'replace');
  return (
    <div className="page-form">
      <Choice
        label={t('upkeep.by.title')}
        value={fields.by}
        write={put('by')}
        none={t('upkeep.by.order')}
        choices={upkeepViews.map((by) => ({ value: by, text: t(`upkeep.by.${by}`) }))}
      />
      <Choice
        label={t('upkeep.kind')}
        value={fields.kind}
        write={put('kind')}
        choices={upkeepKinds.map((kind) => ({ value: kind, text: t(`upkeepKind.${kind}`) }))}
      />
      <TownshipChoice world={world} value={fields.area} write={put('area')} />
      <Choice
        label={t('upkeep.assigned')}
        value={fields.assignee}
        write={put('assignee')}
        choices={[{ value: 'nobody', text: t('upkeep.toNobody') }]}
      />
      <Choice
        label={t('upkeep.dueAt')}
        value={fields.overdue}
        write={put('overdue')}
        choices={[{ value: 'true', text: t('upkeep.isOverdue') }]}
      />
      <Choice
        label={t('upkeep.since')}
        value={fields.olderThanHours}
        write={put('olderThanHours')}
        choices={ages.map((hours) => ({
          value: String(hours),
          text: t('upkeep.days', { count: hours / 24 }),
        }))}
      />
      {fields.by === '' && (
        <Choice
          label={t('records.state')}
          value={fields.state}
          write={put('state')}
          none={t('records.open')}
          choices={[{ value: 'closed', text: t('records.closed') }]}
        />
      )}
    </div>
  );
}
