import { standingOf } from '@fenghuo/contracts/movers.ts';
import { useState } from 'react';
import { asks, type Listed } from '../../state/open-list.ts';
import { useMay, useSession } from '../../state/session.ts';
import { useStation } from '../../state/station.ts';
import { act, newCommandId } from '../act.ts';
import { type ActState, useAct } from '../use-act.ts';
import { type KeyMove, keyMove } from './next-move.ts';

/** What still has to be said before an act is sent. */
export type Asked = { of: 'falseAlarm' | 'advance'; move: KeyMove } | { of: 'shelve' };

type CaseKey = 'acknowledge' | 'order' | 'advance' | 'falseAlarm' | 'shelve' | 'reset';

export interface CaseActs {
  /** What each key would do now; absent: nothing, or it is not for whoever is signed in. */
  can: { [K in CaseKey]?: () => void };
  asked: Asked | null;
  answer: (reason: string, minutes: number) => void;
  cancel: () => void;
  /** What became of the last one. */
  shown: ActState;
}

/** Minutes on the shelf when a key puts it there. */
export const shelfMinutes = [15, 60, 240, 480] as const;

/** The acts on a case that have a key. Each is a command of its own; it shows as done when its change has arrived. */
export function useCaseActs({ incident, ticket, alarms }: Listed): CaseActs {
  const may = useMay();
  const moves = useKeyMoves(ticket);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [alarmAct, setAlarmAct] = useState<ActState>({ state: 'idle' });
  const onIncident = useAct(incident.version);
  const onTicket = useAct(ticket?.version ?? 0);
  const busy = onIncident.busy || onTicket.busy || alarmAct.state === 'sending';
  const ofIncident = { subject: incident.id, expectedVersion: incident.version };
  const move = ({ move: { to } }: KeyMove, reason: string) => {
    if (ticket === null) return;
    const about = { subject: ticket.id, expectedVersion: ticket.version };
    void onTicket.perform({ act: 'move-ticket', ...about, to, reason });
  };
  const step = (of: 'falseAlarm' | 'advance', next: KeyMove | null) =>
    next === null || !may('move-ticket')
      ? undefined
      : () => (next.asksForWords || of === 'falseAlarm' ? setAsked({ of, move: next }) : move(next, ''));
  const order = () => {
    if (ticket === null)
      return may('open-ticket')
        ? () => void onIncident.perform({ act: 'open-ticket', ...ofIncident })
        : undefined;
    const about = { subject: ticket.id, expectedVersion: ticket.version };
    return may('assign-ticket') ? () => void onTicket.perform({ act: 'assign-ticket', ...about }) : undefined;
  };
  /** One after the other, until one is refused. */
  const eachAlarm = async (deed: (alarm: Listed['alarms'][number]) => Parameters<typeof act>[0]) => {
    setAlarmAct({ state: 'sending' });
    for (const alarm of alarms) {
      const outcome = await act(deed(alarm));
      if (outcome.state !== 'done') return setAlarmAct(outcome);
    }
    setAlarmAct({ state: 'idle' });
  };
  const about = ({ id, version }: Listed['alarms'][number], reason: string) => ({
    ...{ id: newCommandId(), seat: '', subject: id, expectedVersion: version, reason },
  });
  const can = busy
    ? {}
    : {
        acknowledge:
          alarms.some(asks) && may('acknowledge-incident')
            ? () => void onIncident.perform({ act: 'acknowledge-incident', ...ofIncident })
            : undefined,
        order: order(),
        advance: step('advance', moves.advance),
        falseAlarm: step('falseAlarm', moves.falseAlarm),
        shelve: alarms.length > 0 && may('shelve-alarm') ? () => setAsked({ of: 'shelve' }) : undefined,
        reset:
          alarms.length > 0 && may('reset-alarm')
            ? () => void eachAlarm((alarm) => ({ act: 'reset-alarm', ...about(alarm, '') }))
            : undefined,
      };
  const answer = (reason: string, minutes: number) => {
    setAsked(null);
    if (asked === null) return;
    if (asked.of === 'shelve')
      void eachAlarm((alarm) => ({ act: 'shelve-alarm', ...about(alarm, reason), minutes }));
    else move(asked.move, reason);
  };
  const shown = [alarmAct, onTicket.shown, onIncident.shown].find(({ state }) => state !== 'idle');
  return {
    can: Object.fromEntries(Object.entries(can).filter(([, deed]) => deed !== undefined)),
    ...{ asked, answer, cancel: () => setAsked(null), shown: shown ?? { state: 'idle' } },
  };
}

function useKeyMoves(ticket: Listed['ticket']) {
  const { session } = useSession();
  const units = useStation((station) => station.world?.units);
  const workflow = useStation(({ world }) => world?.workflows.get(ticket?.workflow ?? ''));
  if (ticket === null || workflow === undefined || session.state !== 'known')
    return { advance: null, falseAlarm: null };
  const standing = standingOf(session.who, (unit) => units?.get(unit)?.level);
  const of = { ticket, workflow, standing };
  return { advance: keyMove('advance', of), falseAlarm: keyMove('falseAlarm', of) };
}
