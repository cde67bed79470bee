import type { Words } from '@fenghuo/contracts/words.ts';
import type { RunRecord } from '../scenario-run/run-record.ts';
import { clockText } from './clock-text.ts';
import { kindWords } from './story-words.ts';
import { both, table } from './table.ts';

interface KeyMoment {
  what: Words;
  /** Ms from the start. */
  at: number;
  detail?: Words | undefined;
}

/** What happened when, in the few lines that are told first; empty where nobody could look. */
export function keyMoments(record: RunRecord): string {
  const { startedAt } = record;
  const rows = momentsOf(record).map(
    ({ what, at, detail }) =>
      `<tr><td class="n">${clockText(startedAt + at)}</td><td class="n">+${(at / 1000).toFixed(1)}</td>` +
      `<td>${both(what)}${detail === undefined ? '' : ` <small>${both(detail)}</small>`}</td></tr>`,
  );
  const heads = [
    { zh: '时刻', en: 'UTC+8', isNumber: true },
    { zh: '秒', en: 's', isNumber: true },
    { zh: '事', en: 'what' },
  ];
  return table(heads, rows);
}

function momentsOf({ alarmTimes, facts, startedAt, endedAt }: RunRecord): KeyMoment[] {
  const alarms = (facts?.alarms ?? []).toSorted((a, b) => a.raisedAt - b.raisedAt);
  const tickets = (facts?.tickets ?? []).map(({ openedAt }) => openedAt - startedAt).sort((a, b) => a - b);
  const first = alarms[0];
  const named = first && {
    zh: `${first.device} · ${kindWords[first.kind].zh}`,
    en: `${kindWords[first.kind].en}`,
  };
  const at = (what: Words, ms: number | undefined, detail?: Words): KeyMoment[] =>
    ms === undefined ? [] : [{ what, at: Math.max(0, ms), detail }];
  return [
    ...at({ zh: '开始', en: 'it begins' }, 0),
    ...at({ zh: '第一台设备报警', en: 'the first device is in alarm' }, alarmTimes.said[0]),
    ...at({ zh: '系统产生第一个告警', en: 'the first alarm is raised' }, alarmTimes.raised[0], named),
    ...at({ zh: '第一个告警到达屏幕', en: 'the first alarm is on the screen' }, alarmTimes.seen[0]),
    ...at({ zh: '开出第一张工单', en: 'the first ticket opens' }, tickets[0]),
    ...(tickets.length > 1
      ? at({ zh: '开出最后一张工单', en: 'the last ticket opens' }, tickets.at(-1))
      : []),
    ...(alarmTimes.raised.length > 1
      ? at({ zh: '系统产生最后一个告警', en: 'the last alarm is raised' }, alarmTimes.raised.at(-1))
      : []),
    ...at({ zh: '结束', en: 'it ends' }, endedAt - startedAt),
  ].sort((a, b) => a.at - b.at);
}
