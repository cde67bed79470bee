import type { Words } from '@fenghuo/contracts/words.ts';
import {
  type Crowd,
  type FireStory,
  type Moment,
  type SpeakStory,
  stories,
} from '../scenario/scenario-schema.ts';
import { foretoldAlarms, type Script } from '../scenario/script.ts';
import type { RunRecord } from '../scenario-run/run-record.ts';
import type { Quantiles } from '../verdict/verdict.ts';
import { escaped } from './escaped.ts';
import { growthWords, kindWords, stateWords, typeWords } from './story-words.ts';
import { both, type Head, number, table } from './table.ts';

/** The run in a few sentences, for who reads nothing else. */
export function summary({ verdict, script, startedAt, endedAt }: RunRecord): string {
  const { published, stored, lost, duplicated, alarms, counts, latency } = verdict;
  const devices = new Set(script.publications.map(({ device }) => device)).size;
  const took = Math.round((endedAt - startedAt) / 1000);
  const said = (value: number | null) => (value === null ? '?' : number(value));
  const screen = onScreen(latency.screen);
  const words = {
    zh: `${number(took)} 秒内，${number(devices)} 台设备发布 ${number(published)} 条事件；数据库存有 ${said(stored)} 条，确认后丢失 ${said(lost)} 条，重复 ${said(duplicated)} 条。应有告警 ${number(alarms.expected)} 个，遗漏 ${said(alarms.missed)} 个，多出 ${said(alarms.false)} 个；形成警情 ${said(counts.incidents)} 起、工单 ${said(counts.tickets)} 张，通知人员 ${said(counts.messages)} 条。${screen.zh}`,
    en: `Within ${number(took)} s, ${number(devices)} devices published ${number(published)} events; the database holds ${said(stored)}, ${said(lost)} were acknowledged and lost, ${said(duplicated)} doubled. Of ${number(alarms.expected)} alarms that were due ${said(alarms.missed)} were missed, and ${said(alarms.false)} were raised that were not due; they made ${said(counts.incidents)} incident(s), ${said(counts.tickets)} ticket(s) and ${said(counts.messages)} message(s) to people. ${screen.en}`,
  };
  return `<p>${escaped(words.zh)}</p><p><span>${escaped(words.en)}</span></p>`;
}

/** Of fewer than a hundred the slowest is told: there is no hundredth part of them. */
function onScreen({ count, p99, max }: Quantiles): Words {
  if (p99 === null || max === null) return { zh: '没有告警到达屏幕。', en: 'No alarm reached the screen.' };
  if (count >= 100)
    return {
      zh: `99% 的告警在发布后 ${number(p99)} ms 内到达屏幕。`,
      en: `99 % of the alarms were on the screen ${number(p99)} ms after their device spoke.`,
    };
  return {
    zh: `最慢的一个告警在发布后 ${number(max)} ms 到达屏幕。`,
    en: `The slowest alarm was on the screen ${number(max)} ms after its device spoke.`,
  };
}

const storyWords: Record<(typeof stories)[number], Words> = {
  fire: { zh: '火灾', en: 'a fire' },
  speak: { zh: '一批设备上报', en: 'a crowd speaks' },
  readings: { zh: '日常读数', en: 'quiet readings' },
  heartbeats: { zh: '心跳', en: 'heartbeats' },
  chatter: { zh: '抖动', en: 'chatter' },
  offline: { zh: '断电断链', en: 'a crowd goes offline' },
  hostile: { zh: '恶意行为', en: 'hostile deeds' },
};

type Part = Words | string | number | undefined;

/** What a story says of itself beside its kind; names of types and states are those of the scenario. */
function detailOf(moment: Moment, { placeNames: names }: Script): Words {
  const { fire, speak, chatter, offline, readings, heartbeats, hostile } = moment;
  const around = (place: string | undefined, zh: string, en: string): Part =>
    place === undefined
      ? undefined
      : { zh: `${names[place]?.zh}所在${zh}`, en: `${en} of ${names[place]?.en}` };
  const crowd = ({ types = [], place = '', device, share, ...who }: Crowd): Part[] => [
    ...[...types.map((type) => typeWords[type]), device, names[place]],
    ...[around(who.village_of, '村', 'village'), around(who.township_of, '镇街', 'township')],
    share && `${Math.round(share * 1000) / 10} %`,
  ];
  if (fire !== undefined)
    return told([names[fire.in], growthWords[fire.growth], spreading(fire), putOut(fire)]);
  if (speak !== undefined) return told([...crowd(speak.who), ...said(speak), lasting(speak.over)]);
  if (chatter !== undefined) return told([...crowd(chatter.who), ...said(chatter), again(chatter)]);
  if (offline !== undefined) return told([...crowd(offline.who), lasting(offline.over)]);
  if (readings !== undefined)
    return told([...crowd(readings.who), `${readings.rate}/s`, lasting(readings.for)]);
  if (heartbeats !== undefined)
    return told([...crowd(heartbeats.who), again(heartbeats), lasting(heartbeats.for)]);
  return told([...hostile!.does, `× ${hostile!.times}`, lasting(hostile!.over)]);
}

/** What is said, the kind only where it is not that of the device. */
function said({ kind, state }: Pick<SpeakStory, 'kind' | 'state'>): Part[] {
  return [kind && kindWords[kind], stateWords[state]];
}

function spreading({ spreads }: FireStory): Part {
  if (spreads === undefined) return undefined;
  const { every, floors } = spreads;
  return {
    zh: `每 ${every / 1000} s 上窜一层，共 ${floors} 层`,
    en: `a floor each ${every / 1000} s, ${floors} in all`,
  };
}

function putOut({ out_after: after }: FireStory): Words {
  return { zh: `${after / 1000} s 后扑灭`, en: `out after ${after / 1000} s` };
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
  const heads: Head[] = [
    { zh: '秒', en: 'at s', isNumber: true },
    { zh: '事', en: 'what' },
    { zh: '世界', en: 'world' },
    { zh: '设备', en: 'devices', isNumber: true },
    { zh: '消息', en: 'messages', isNumber: true },
    { zh: '应有告警', en: 'alarms due', isNumber: true },
  ];
  return table(heads, rows);
}
