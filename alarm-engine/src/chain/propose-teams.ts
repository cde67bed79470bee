import type { Proposal, Proposals, RuledOut, RuledOutWhy } from '@fenghuo/contracts/chain.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { metresBetween, type Place } from '../alarms/group-incidents.ts';
import { liesIn } from '../registry/lies-in.ts';
import type { RegisteredUnit } from '../registry/registry.ts';

/** What a team is asked for. */
export interface Need {
  area: string;
  place: Place | null;
  hazard: string;
  /** Units that are at the case already. */
  atIt: ReadonlySet<string>;
}

/** What a team has to do: its open tickets, and whether it is out at a high one. */
export interface Work {
  open: number;
  isOut: boolean;
}

/** What is known of teams. Asked only of those that may come. */
export interface Teams {
  all: readonly RegisteredUnit[];
  onDuty: (unit: string) => number;
  work: (unit: string) => Work;
}

/** What a team must be able to do, any of it; a hazard without a line asks for nothing. Of a failed supply whoever repairs. */
const neededFor: Readonly<Record<string, readonly string[]>> = {
  fire: ['fire'],
  security: ['police'],
  supply: ['gas', 'power', 'fire'],
};
/** What teams can do, as people say it; others stand as the estate has them. */
const abilityWords: Readonly<Record<string, Words>> = {
  fire: { zh: '灭火', en: 'fire-fighting' },
  police: { zh: '治安', en: 'police' },
  gas: { zh: '燃气抢修', en: 'gas repair' },
  power: { zh: '供电抢修', en: 'power repair' },
};
/** So far a team is sent by itself, in a straight line: half an hour's drive. Metres. */
const reachM = 15_000;
/** A team with so many open tickets is sent no more by itself. */
const manyOpen = 4;
/** So many of each list are told. */
const most = 12;

/**
 * Rough minutes until a team is there: one to turn out (the first of 1-3-5), then 1.4 times the straight line at 40 km/h,
 * which is what a fire engine makes on roads of a town. A guess to rank by, and no promise: no road is looked at.
 */
export const roughMinutes = (metres: number) => 1 + (metres * 1.4) / (40_000 / 60);

/** A team with what is known of it where the case is. */
interface There {
  team: RegisteredUnit;
  metres: number | null;
  covers: boolean;
}

/**
 * Which teams to send, the best first: those in whose area the place lies, of the lowest level before the higher, then the
 * others, each by its distance; and why the rest stays. Pure; 0.1 ms for 300 teams.
 */
export function proposeTeams(teams: Teams, need: Need): Proposals {
  const there = teams.all
    .map((team) => whereIs(team, need))
    .sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0) || (a.team.id < b.team.id ? -1 : 1));
  const ranked: { from: There; proposal: Proposal }[] = [];
  const ruledOut: RuledOut[] = [];
  for (const each of there) {
    const why = whyNot(teams, need, each);
    if (why === null) ranked.push({ from: each, proposal: proposalOf(teams, need, each) });
    else if (ruledOut.length < most) ruledOut.push({ ...told(each), why, because: whyWords[why] });
  }
  ranked.sort((a, b) => rankOf(b.from) - rankOf(a.from));
  return { ranked: ranked.slice(0, most).map(({ proposal }) => proposal), ruledOut };
}

/** Covering teams rank by how small their area is: the longer its code, the smaller. */
const rankOf = ({ covers, team }: There) => (covers ? team.area.length : 0);

function whereIs(team: RegisteredUnit, { area, place }: Need): There {
  const metres = place === null ? null : Math.round(metresBetween(place, team));
  return { team, metres, covers: liesIn(area, team.area) };
}

function whyNot(teams: Teams, need: Need, { team, metres, covers }: There): RuledOutWhy | null {
  if (need.atIt.has(team.id)) return 'on-the-case';
  const needed = neededFor[need.hazard] ?? [];
  if (needed.length > 0 && !needed.some((one) => team.capabilities.includes(one))) return 'not-capable';
  if (!covers && (metres === null || metres > reachM)) return 'too-far';
  if (teams.onDuty(team.id) === 0) return 'nobody-on-duty';
  const { open, isOut } = teams.work(team.id);
  return isOut || open >= manyOpen ? 'busy' : null;
}

function told({ team, metres }: There) {
  const { id: unit, name, area } = team;
  return { unit, name, area, metres, minutes: metres === null ? null : Math.round(roughMinutes(metres)) };
}

function proposalOf(teams: Teams, { hazard }: Need, there: There): Proposal {
  const onDuty = teams.onDuty(there.team.id);
  const { open } = teams.work(there.team.id);
  const can = (neededFor[hazard] ?? [])
    .filter((one) => there.team.capabilities.includes(one))
    .map((one) => abilityWords[one] ?? { zh: one, en: one });
  const reasons = [
    distanceWords(there.metres),
    can.length === 0
      ? null
      : {
          zh: `能力：${can.map(({ zh }) => zh).join('、')}`,
          en: `able: ${can.map(({ en }) => en).join(', ')}`,
        },
    { zh: `在岗 ${onDuty} 人`, en: `${onDuty} on duty` },
    there.covers
      ? { zh: '地点在其辖区内', en: 'the place lies in its area' }
      : { zh: '跨辖区', en: 'from another area' },
    open === 0 ? { zh: '无在办工单', en: 'no open ticket' } : openWords(open),
  ].filter((reason): reason is Words => reason !== null);
  return { ...told(there), covers: there.covers, onDuty, open, reasons };
}

function distanceWords(metres: number | null): Words | null {
  if (metres === null) return null;
  const minutes = Math.round(roughMinutes(metres));
  const [zh, en] =
    metres < 1000
      ? [`${metres} 米`, `${metres} m`]
      : [`${(metres / 1000).toFixed(1)} 公里`, `${(metres / 1000).toFixed(1)} km`];
  return { zh: `直线 ${zh}，约 ${minutes} 分钟`, en: `${en} in a straight line, about ${minutes} min` };
}

const openWords = (open: number): Words => ({
  zh: `在办工单 ${open} 件`,
  en: open === 1 ? 'one open ticket' : `${open} open tickets`,
});

const whyWords: Record<RuledOutWhy, Words> = {
  'on-the-case': { zh: '已在此案中', en: 'at this case already' },
  'not-capable': { zh: '不具备所需能力', en: 'not able to do what is needed' },
  'too-far': { zh: '超出 15 公里', en: 'farther than 15 km' },
  'nobody-on-duty': { zh: '无人在岗', en: 'nobody on duty' },
  busy: { zh: '正在处置其他警情', en: 'out at another case' },
};
