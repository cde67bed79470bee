import type { Words } from '@fenghuo/contracts/words.ts';

/** What each line of a protocol asks, for a reader who was not there. */
const askedWords: Record<string, Words> = {
  lost: { zh: '已确认却未入库的消息', en: 'acknowledged messages that are not in the database' },
  duplicated: { zh: '重复入库的消息', en: 'copies of messages beyond the first' },
  unacknowledged: { zh: '到时而始终未得到确认的消息', en: 'messages that were due and never acknowledged' },
  missed: { zh: '应有而未产生的告警', en: 'alarms that were due and not raised' },
  false: { zh: '不应有却产生的告警', en: 'alarms that were raised and not due' },
  unheard: { zh: '已产生却未到达屏幕的告警', en: 'alarms that were raised and never reached the screen' },
  forged: { zh: '冒名入库的消息', en: 'messages stored in the name of another device' },
  drill_messages: {
    zh: '演练中发给非参演人员的通知',
    en: 'messages out of a drill to people who take no part',
  },
  drained: {
    zh: '最后一条消息的计划时刻到最后一个确认',
    en: 'from when the last message was due to the last acknowledgement',
  },
  alarms: { zh: '告警', en: 'alarms' },
  incidents: { zh: '警情', en: 'incidents' },
  tickets: { zh: '工单', en: 'tickets' },
  messages: { zh: '发给人员的通知', en: 'messages to people' },
  opening_messages: { zh: '其中告知新工单的', en: 'of these of a ticket that opens' },
  upkeep: { zh: '维保单', en: 'work orders of upkeep' },
  quarantined: { zh: '无法解读而隔离的消息', en: 'messages quarantined as not understood' },
  refused: { zh: '被拒绝的恶意行为', en: 'hostile deeds that the door was closed to' },
};

export const legWords: Record<string, Words> = {
  puback: { zh: '发布 → 确认', en: 'publish → PUBACK' },
  alarm: { zh: '发布 → 告警', en: 'publish → alarm' },
  ticket: { zh: '发布 → 工单', en: 'publish → ticket' },
  screen: { zh: '发布 → 屏幕', en: 'publish → screen' },
};

/** Words of a judged line; `puback_p99` is said by its parts. */
export function wordsOfJudged(name: string): Words {
  const known = askedWords[name];
  if (known !== undefined) return known;
  const [leg = '', quantile = ''] = name.split('_');
  const words = legWords[leg] ?? { zh: leg, en: leg };
  const of = quantile === 'max' ? { zh: '最长', en: 'longest' } : { zh: quantile, en: quantile };
  return { zh: `${words.zh}，${of.zh}`, en: `${words.en}, ${of.en}` };
}
