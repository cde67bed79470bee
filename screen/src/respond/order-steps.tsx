import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { actWords, lackingEvidence, type WorkflowMove } from '@fenghuo/contracts/workflow.ts';
import { useState } from 'react';
import { newCommandId } from '../desk/act.ts';
import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';
import { serverNow } from '../ui/now.ts';
import { OrderButtons } from './order-buttons.tsx';
import { OrderProgress } from './order-progress.tsx';
import { nextMoves, type Order } from './orders.ts';
import { isOf, type OutboxEntry } from './outbox.ts';
import { useOutbox } from './postman.ts';
import { useOutgoing } from './use-postman.ts';

interface OrderStepsProps {
  order: Order;
  world: World;
  who: WhoAmI;
}

/** The next step, one touch; it is kept on this phone before it counts as done, and told when it can be. */
export function OrderSteps({ order, world, who }: OrderStepsProps) {
  const { entries } = useOutbox();
  const [reason, setReason] = useState('');
  const move = useMove(order, who, reason);
  if (order.party !== null) return <OrderProgress order={order} who={who} />;
  const wantsWords = (one: WorkflowMove) => lacking(one, order, entries).words;
  return (
    <OrderButtons
      order={order}
      next={nextMoves(order, world, who)}
      words={(shown, isMain) =>
        shown.some(wantsWords) && <Words value={reason} change={setReason} isFeedback={isMain} />
      }
      button={(one, isMain, close) => (
        <Step
          key={one.to}
          move={one}
          order={order}
          isMain={isMain}
          lacks={lacking(one, order, entries)}
          reason={reason}
          take={() => {
            setReason('');
            close();
            void move(one);
          }}
        />
      )}
    />
  );
}

interface Lacking {
  words: boolean;
  photos: number;
}

/** What a step still wants; photos that wait on this phone go before it. */
function lacking(move: WorkflowMove, { ticket }: Order, entries: readonly OutboxEntry[]): Lacking {
  const lacks = lackingEvidence(move, ticket, '');
  const waiting = entries.filter((entry) => entry.kind === 'file' && isOf(entry, ticket.id)).length;
  const photos = lacks.find(({ kind }) => kind === 'photo')?.count ?? 0;
  return {
    words: move.reason || lacks.some(({ kind }) => kind === 'note'),
    photos: Math.max(0, photos - waiting),
  };
}

interface StepProps {
  move: WorkflowMove;
  order: Order;
  isMain: boolean;
  lacks: Lacking;
  reason: string;
  take: () => void;
}

function Step({ move, order, isMain, lacks, reason, take }: StepProps) {
  const { t, say } = useLanguage();
  const step = order.workflow.steps.find(({ id }) => id === move.to)!;
  const isReady = lacks.photos === 0 && (!lacks.words || reason.trim() !== '');
  return (
    <button
      type="button"
      className={`button order-next ${isMain ? 'button-main' : ''}`}
      data-to={move.to}
      disabled={!isReady}
      onClick={take}
    >
      {move.kind === 'return' ? t('desk.back', { step: say(step.name) }) : say(actWords(step))}
      {lacks.photos > 0 && <small>{t('respond.photosFirst', { count: lacks.photos })}</small>}
    </button>
  );
}

interface WordsProps {
  value: string;
  change: (value: string) => void;
  isFeedback: boolean;
}

/** What there is to say, by a touch where it is the usual thing. */
function Words({ value, change, isFeedback }: WordsProps) {
  const { t } = useLanguage();
  const usual = isFeedback
    ? (['fireOut', 'noFire', 'handedOver', 'toRepair'] as const)
    : (['noFire', 'notOurs', 'cannotCome'] as const);
  return (
    <div className="order-words">
      <p>{t('respond.wordsFirst')}</p>
      <div className="order-usual">
        {usual.map((key) => (
          <button
            key={key}
            type="button"
            className="button"
            onClick={() => change(t(`respond.usual.${key}`))}
          >
            {t(`respond.usual.${key}`)}
          </button>
        ))}
      </div>
      <textarea
        rows={2}
        maxLength={500}
        value={value}
        aria-label={t('respond.words')}
        placeholder={t('respond.words')}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}

/** Takes a step: with its own time, on what this phone believes to be true. */
function useMove({ ticket, ahead, workflow }: Order, who: WhoAmI, reason: string) {
  const postman = useOutgoing();
  const { told } = useOutbox();
  return ({ to, evidence }: WorkflowMove) => {
    return postman.post({
      ...{ kind: 'move', id: newCommandId(), account: who.account, ticket: ticket.id },
      ...{ incident: ticket.incident, caseCode: ticket.caseCode, doneAt: serverNow(), refused: null },
      ...{ from: ahead.step, to, toName: workflow.steps.find(({ id }) => id === to)!.name, reason },
      version: Math.max(ticket.version, told.get(ticket.id)?.version ?? 0),
      needsFiles: evidence.some(({ kind }) => kind !== 'note'),
    });
  };
}
