import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { UnreadList } from '../broadcast/unread-list.tsx';
import { newCommandId } from '../desk/act.ts';
import { serverNow } from '../ui/now.ts';
import { useOutgoing } from './use-postman.ts';
import { useUnread } from './use-unread.ts';

/** What the unit of this phone has not read yet, without a network too: that it has is kept here until it can be told. */
export function PhoneToRead({ who }: { who: WhoAmI }) {
  const unread = useUnread(who);
  const postman = useOutgoing();
  const read = ({ id: broadcast }: BroadcastRecord) =>
    void postman.post({
      ...{ kind: 'read', id: newCommandId(), account: who.account, doneAt: serverNow() },
      ...{ refused: null, broadcast },
    });
  return <UnreadList unread={unread} busy={false} read={read} />;
}
