import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { PartyProgress } from '@fenghuo/contracts/words.ts';
import { newCommandId } from '../desk/act.ts';
import { en } from '../i18n/en.ts';
import { useLanguage } from '../i18n/language.ts';
import { zhCN } from '../i18n/zh-cn.ts';
import { serverNow } from '../ui/now.ts';
import { OrderButtons } from './order-buttons.tsx';
import { nextProgress, type Order } from './orders.ts';
import { useOutbox } from './postman.ts';
import { useOutgoing } from './use-postman.ts';

/** How far a unit has come that was called beside the holder, one touch a step, kept on this phone as the holder's steps are. */
export function OrderProgress({ order, who }: { order: Order; who: WhoAmI }) {
  const { t } = useLanguage();
  const progress = useProgress(order, who);
  return (
    <OrderButtons
      order={order}
      next={nextProgress(order)}
      button={(to, isMain, close) => (
        <button
          key={to}
          type="button"
          className={`button order-next ${isMain ? 'button-main' : ''}`}
          data-progress={to}
          onClick={() => {
            close();
            void progress(to);
          }}
        >
          {t(`respond.progress.${to}`)}
        </button>
      )}
    />
  );
}

function useProgress({ ticket }: Order, who: WhoAmI) {
  const postman = useOutgoing();
  const { told } = useOutbox();
  return async (to: PartyProgress) => {
    if (who.unit === undefined) return;
    await postman.post({
      ...{ kind: 'progress', id: newCommandId(), account: who.account, ticket: ticket.id },
      ...{ incident: ticket.incident, caseCode: ticket.caseCode, doneAt: serverNow(), refused: null },
      ...{ unit: who.unit, to, toName: progressWords(to), reason: '' },
      version: Math.max(ticket.version, told.get(ticket.id)?.version ?? 0),
    });
  };
}

const progressWords = (to: PartyProgress) => ({ zh: zhCN.partyState[to], en: en.partyState[to] });
