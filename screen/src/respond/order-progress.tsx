import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { PartyProgress } from '@fenghuo/contracts/words.ts';
import { useState } from 'react';
import { newCommandId } from '../desk/act.ts';
import { en } from '../i18n/en.ts';
import { useLanguage } from '../i18n/language.ts';
import { zhCN } from '../i18n/zh-cn.ts';
import { serverNow } from '../ui/now.ts';
import { nextProgress, type Order } from './orders.ts';
import { useOutbox } from './postman.ts';
import { useOutgoing } from './use-postman.ts';

/** How far a unit has come that was called beside the holder, one touch a step, kept on this phone as the holder's steps are. */
export function OrderProgress({ order, who }: { order: Order; who: WhoAmI }) {
  const { t, say } = useLanguage();
  const [other, setOther] = useState(false);
  const progress = useProgress(order, who);
  const [main, ...others] = nextProgress(order);
  if (main === undefined)
    return (
      <footer className="order-steps order-rests">
        {t('respond.withOthers', { holder: say(order.ticket.holderName) })}
      </footer>
    );
  const shown = other ? others : [main];
  const take = (to: PartyProgress) => {
    setOther(false);
    void progress(to);
  };
  return (
    <footer className="order-steps">
      <div className="order-buttons">
        {shown.map((to) => (
          <button
            key={to}
            type="button"
            className={`button order-next ${other ? '' : 'button-main'}`}
            data-progress={to}
            onClick={() => take(to)}
          >
            {t(`respond.progress.${to}`)}
          </button>
        ))}
        {others.length > 0 && (
          <button
            type="button"
            className="button order-other"
            aria-expanded={other}
            onClick={() => setOther(!other)}
          >
            {t(other ? 'respond.back' : 'respond.other')}
          </button>
        )}
      </div>
    </footer>
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

const progressWords = (to: PartyProgress) => ({ zh: zhCN.respond.progress[to], en: en.respond.progress[to] });
