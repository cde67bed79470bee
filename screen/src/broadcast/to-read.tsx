import { ownBroadcasts } from '@fenghuo/contracts/broadcasts.ts';
import { ActNote } from '../desk/act-note.tsx';
import { useSettledAct } from '../desk/use-settled-act.ts';
import { useAsk } from '../feed/queries.ts';
import { useStation } from '../state/station.ts';
import { UnreadList } from './unread-list.tsx';

/** A colleague of the unit may have read it at another screen: no feed tells, since it would tell all of a level of all. */
export const askEveryMs = 20_000;

/** What this account's unit has not read yet, at a desk. */
export function ToRead({ unit }: { unit: string | undefined }) {
  const broadcasts = useStation((station) => station.world?.broadcasts);
  const ids = [...(broadcasts?.keys() ?? [])].join(' ');
  const path = unit === undefined || ids === '' ? null : '/broadcasts/mine';
  const { data } = useAsk(path, ownBroadcasts, { turn: ids, everyMs: askEveryMs });
  const { shown, busy, perform } = useSettledAct('/broadcasts');
  const unread = path === null ? [] : (data?.broadcasts ?? []).filter(({ readAt }) => readAt === null);
  const read = ({ id }: { id: string }) => void perform({ act: 'read-broadcast', subject: id });
  return (
    <UnreadList unread={unread} busy={busy} read={read}>
      <ActNote act={shown} />
    </UnreadList>
  );
}
