import type { Words } from '@fenghuo/contracts/words.ts';
import { type Crowd, type Moment, stories } from '../scenario/scenario-schema.ts';
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
    en: `Within ${number(took)} s, ${number(devices)} devices published ${number(published)} events; the database holds ${said(stored)}, ${said(lost)} were acknowledged and lost, ${said(duplicated)} doubled. Of ${number(alarms.expected)} alarms that were due ${said(alarms.missed)} were missed, and ${said(alarms.false)} were raised that were not due; they made ${said(counts.incidents)} incident(s) and ${said(counts.tickets)} ticket(s). 99 % of the alarms were on the screen ${screen} after their device spoke.`,
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

type Part = Words | string | number | undefined;

/** What a story says of itself beside its kind; names of types and states are those of the scenario. */
function detailOf(moment: Moment, { places }: Script): Words {
  const { fire, speak, chatter, offline, readings, heartbeats, hostile } = moment;
  const crowd = ({ types = [], place = '', village_of: village, device, share }: Crowd): Part[] => [
    ...[...types, device, places[place]],
    village && { zh: `${places[village]} 所在村`, en: `village of ${places[village]}` },
    share && `${Math.round(share * 1000) / 10} %`,
  ];
  if (fire !== undefined) return told([places[fire.in], fire.growth, lasting(fire.out_after)]);
  if (speak !== undefined) return told([...crowd(speak.who), speak.kind, speak.state, lasting(speak.over)]);
  if (chatter !== undefined) return told([...crowd(chatter.who), chatter.kind, again(chatter)]);
  if (offline !== undefined) return told([...crowd(offline.who), lasting(offline.over)]);
  if (readings !== undefined)
    return told([...crowd(readings.who), `${readings.rate}/s`, lasting(readings.for)]);
  if (heartbeats !== undefined)
    return told([...crowd(heartbeats.who), again(heartbeats), lasting(heartbeats.for)]);
  return told([...hostile!.does, `× ${hostile!.times}`, lasting(hostile!.over)]);
}

function lasting(ms: number): Words | undefined {
  return ms === 0 ? undefined : { zh: `历时 ${ms / 1000} s`, en: `for ${ms / 1000} s` };
}

function again({ every, times }: { every: number; times?: number }): Words {
  const count = times === undefined ? '' : ` × ${times}`;
  return { zh: `每 ${every / 1000} s${count}`, en: `every ${every / 1000} s${count}` };
}

function told(parts: readonly Part[]): Words {
  const some = parts.filter((part): part is Words | string | number => Boolean(part));
  const of = (language: keyof Words) =>
    some.map((part) => (typeof part === 'object' ? part[language] : part)).join(' · ');
  return { zh: of('zh'), en: of('en') };
}

/** The time line as it was played: when, what, in which world, by how many, with how many alarms. */
export function storyTable(script: Script): string {
  const rows = script.timeline.map((moment, i) => {
    const story = stories.find((one) => moment[one] !== undefined)!;
    const said = script.publications.filter((one) => one.moment === i);
    const alarms = foretoldAlarms({ publications: said });
    const devices = new Set(said.map(({ device }) => device)).size;
    const world = moment.drill ? { zh: '演练', en: 'drill' } : { zh: '实战', en: 'live' };
    const messages = story === 'hostile' ? script.hostile.length : said.length;
    const cells = [moment.at / 1000, devices, messages, alarms].map(
      (value) => `<td class="n">${number(value)}</td>`,
    );
    return `<tr>${cells[0]}<td>${both(storyWords[story])} <small>${both(detailOf(moment, script))}</small></td><td>${both(world)}</td>${cells.slice(1).join('')}</tr>`;
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
