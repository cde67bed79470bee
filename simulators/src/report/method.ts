import type { Words } from '@fenghuo/contracts/words.ts';
import { both } from './table.ts';

/** How each figure came about, for who has to believe it. */
export function method(): string {
  const points: Words[] = [
    {
      zh: '每条消息有自己的计划时刻；时延从计划时刻算起，服务器停顿半秒就显示半秒。',
      en: 'Each message has a moment meant for it, and is late from that moment: a server that stands still for half a second shows half a second.',
    },
    {
      zh: '“存有、丢失、重复”逐条与数据库核对（设备与设备时间），不采信发生器自己的计数。',
      en: 'Stored, lost and duplicated are held against the database one by one (device and device time); the generator’s own count is not believed.',
    },
    {
      zh: '“屏幕”是一个独立登录的客户端经推送收到告警的时刻；告警与工单的时刻是引擎作出判定的时刻（取自数据库，精确到毫秒），其提交先于该消息的确认。',
      en: 'The screen is a client signed in on its own, and when the push told it of an alarm. Times of alarms and tickets are when the engine decided (as the database has them, to the millisecond); they are committed before the message is acknowledged.',
    },
    {
      zh: '时延“发布 → 工单”只计随告警立即开出的工单；三分钟无人查看而开出的不计。',
      en: 'Publish → ticket counts tickets that opened with an alarm; those that opened because nobody looked for three minutes say nothing of speed.',
    },
    {
      zh: '应有的告警由剧本推出：危险类消息的“alarm”状态，每台设备、每种、每个世界一条。',
      en: 'Alarms that are due follow from the story: the state “alarm” of a hazard, one a device, kind and world.',
    },
    { zh: '未能核查的要求按未通过计。', en: 'What could not be checked is not passed.' },
  ];
  return `<ul>${points.map((point) => `<li>${both(point)}</li>`).join('')}</ul>`;
}
