import type { Words } from '@fenghuo/contracts/words.ts';
import type { RunRecord } from '../scenario-run/run-record.ts';
import { both } from './table.ts';

/** What nobody may conclude from a protocol: a reader who was not there takes a green line for more than it says. */
export function limits({ run, facts, alarmTimes }: RunRecord): string {
  const points: Words[] = [
    {
      zh: '设备是模拟的：探测器自身的反应时间、无线、运营商网络和电池不在其中。',
      en: 'Devices were simulated: what a detector needs by itself, radio, carriers and batteries are not in it.',
    },
    {
      zh: '火灾按简化模型推演（见 docs/fire-model.md），不是对该建筑的预测。',
      en: 'Fires follow a simple model (docs/fire-model.md); it is no forecast for the building.',
    },
    {
      zh: '“通知”指系统发出的条数；是否送达手机、人员是否接单、出动、到场，不在判定之内。',
      en: 'Messages are those that the system issued; whether a phone showed them, and whether people accepted, left and arrived, is not judged.',
    },
    {
      zh: '这是一次运行；时延随机器负载而变（见“试验条件”）。',
      en: 'It is one run; times change with the load of the machine (see the conditions).',
    },
    ...(run === null ? [] : [inDrill]),
    ...(facts === null ? [noDatabase] : []),
    ...(alarmTimes.seen.length === 0 ? [noScreen] : []),
  ];
  return `<ul>${points.map((point) => `<li>${both(point)}</li>`).join('')}</ul>`;
}

const inDrill: Words = {
  zh: '演练中的告警、警情、工单与实战分开，也不进入实战的统计。',
  en: 'Alarms, incidents and tickets of a drill stand apart from the live ones, and in none of their figures.',
};
const noDatabase: Words = {
  zh: '没有数据库可查：入库、丢失、告警与工单均未核查。',
  en: 'There was no database to ask: what was stored, lost, raised and opened was not checked.',
};
const noScreen: Words = {
  zh: '没有告警到达作证的屏幕：没有“→ 屏幕”的时延。',
  en: 'No alarm reached the screen that bears witness: there is no time to it.',
};
