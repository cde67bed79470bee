import type { Words } from '@fenghuo/contracts/words.ts';
import { stories } from '../scenario/scenario-schema.ts';
import { foretoldAlarms, type Script } from '../scenario/script.ts';
import type { RunRecord } from '../scenario-run/run-record.ts';
import { escaped } from './escaped.ts';
import { both, number, table } from './table.ts';

/** The run in a few sentences, for who reads nothing else. */
export function summary({ verdict, script, startedAt, endedAt }: RunRecord): string {
  const { published, stored, lost, duplicated, alarms, counts, latency } = verdict;
  const devices = new Set(script.publications.map(({ device }) => device)).size;
  const took = Math.round((endedAt - startedAt) / 1000);
  const said = (value: number | null) => (value === null ? '?' : number(value));
  const screen = latency.screen.p99 === null ? '–' : `${number(latency.screen.p99)} ms`;
  const words = {
    zh: `${number(took)} 秒内，${number(devices)} 台设备发布 ${number(published)} 条事件；数据库存有 ${said(stored)} 条，确认后丢失 ${said(lost)} 条，重复 ${said(duplicated)} 条。应有告警 ${number(alarms.expected)} 个，遗漏 ${said(alarms.missed)} 个，多出 ${said(alarms.false)} 个；形成警情 ${said(counts.incidents)} 起、工单 ${said(counts.tickets)} 张。99% 的告警在发布后 ${screen} 内到达屏幕。`,
    en: `Within ${number(took)} s, ${number(devices)} devices published ${number(published)} events; the database holds ${said(stored)}, ${said(lost)} were acknowledged and lost, ${said(duplicated)} doubled. Of ${number(alarms.expected)} alarms that were due ${said(alarms.missed)} were missed, and ${said(alarms.false)} were raised that were not due; they made ${said(counts.incidents)} incidents and ${said(counts.tickets)} tickets. 99 % of the alarms were on the screen ${screen} after their device spoke.`,
  };
  return `<p>${escaped(words.zh)}</p><p><span>${escaped(words.en)}</span></p>`;
}

const storyWords: Record<(typeof stories)[number], Words> = {
  fire: { zh: '火灾', en: 'a fire' },
  speak: { zh: '群体发声', en: 'a crowd speaks' },
  readings: { zh: '日常读数', en: 'quiet readings' },
  heartbeats: { zh: '心跳', en: 'heartbeats' },
  chatter: { zh: '抖动', en: 'chatter' },
  offline: { zh: '断电断链', en: 'a crowd goes offline' },
  hostile: { zh: '恶意行为', en: 'hostile deeds' },
};

/** The time line as it was played: when, what, in which world, by how many, with how many alarms. */
export function storyTable(script: Script): string {
  const rows = script.timeline.map((moment, i) => {
    const story = stories.find((one) => moment[one] !== undefined)!;
    const said = script.publications.filter((one) => one.moment === i);
    const alarms = foretoldAlarms({ publications: said });
    const devices = new Set(said.map(({ device }) => device)).size;
    const place = moment.fire === undefined ? '' : ` · ${escaped(script.places[moment.fire.in] ?? '')}`;
    const world = moment.drill ? { zh: '演练', en: 'drill' } : { zh: '实战', en: 'live' };
    const messages = story === 'hostile' ? script.hostile.length : said.length;
    const cells = [moment.at / 1000, devices, messages, alarms].map(
      (value) => `<td class="n">${number(value)}</td>`,
    );
    return `<tr>${cells[0]}<td>${both(storyWords[story])}${place}</td><td>${both(world)}</td>${cells.slice(1).join('')}</tr>`;
  });
  const heads: Words[] = [
    { zh: '秒', en: 'at s' },
    { zh: '事', en: 'what' },
    { zh: '世界', en: 'world' },
    { zh: '设备', en: 'devices' },
    { zh: '消息', en: 'messages' },
    { zh: '应有告警', en: 'alarms due' },
  ];
  return table(heads, rows);
}
