import type { EstatePerson, EstateUnit } from '@fenghuo/contracts/estate.ts';
import type { DutyPost, UnitLevel } from '@fenghuo/contracts/words.ts';
import { inventName } from './invented-people.ts';
import type { SeededRandom } from './seeded-random.ts';

/** So many people of one post in a unit. */
interface Post {
  title: string;
  /** What they do while on duty; absent: they go out. */
  duty?: DutyPost;
  count: number;
  /** Shifts that share the post; one of them is on duty now. 1: always reachable. */
  shifts: number;
}

/** Who works in a unit of each level, whoever is in charge first. */
const posts: Record<Exclude<UnitLevel, 'team'>, readonly Post[]> = {
  county: [
    { title: '指挥长', duty: 'commander', count: 3, shifts: 3 },
    { title: '值班长', duty: 'coordination', count: 3, shifts: 3 },
    ...[1, 2, 3, 4].map((seat) => ({
      title: `调度席 ${seat}`,
      duty: 'follow-up' as const,
      count: 3,
      shifts: 3,
    })),
    { title: '视频席', duty: 'assessment', count: 3, shifts: 3 },
  ],
  township: [
    { title: '值班领导', duty: 'commander', count: 3, shifts: 3 },
    { title: '值班长', duty: 'coordination', count: 3, shifts: 3 },
    { title: '调度席 1', duty: 'follow-up', count: 3, shifts: 3 },
    { title: '调度席 2', duty: 'follow-up', count: 3, shifts: 3 },
  ],
  station: [
    { title: '站长', count: 1, shifts: 1 },
    { title: '工作站队员', count: 6, shifts: 3 },
  ],
  village: [
    { title: '村社负责人', count: 1, shifts: 1 },
    { title: '值班干部', count: 2, shifts: 2 },
  ],
  grid: [
    { title: '专职网格员', count: 1, shifts: 1 },
    { title: '兼职网格员', count: 1, shifts: 2 },
  ],
};

const professional: readonly Post[] = [
  { title: '站长', count: 3, shifts: 3 },
  { title: '队员', count: 18, shifts: 3 },
];
const volunteers: readonly Post[] = [
  { title: '队长', count: 1, shifts: 1 },
  { title: '队员', count: 5, shifts: 2 },
];

/** Invented people for every unit. Of each post somebody is on duty, except among part-time grid workers. */
export function staffUnits(
  units: readonly EstateUnit[],
  nextPhone: () => string,
  random: SeededRandom,
): EstatePerson[] {
  const people: EstatePerson[] = [];
  for (const unit of units) {
    const table = unit.level === 'team' ? (isMicro(unit) ? volunteers : professional) : posts[unit.level];
    for (const { title, duty = 'mobile', count, shifts } of table) {
      const onDuty = count < shifts ? random.whole(0, shifts - 1) : 0;
      for (let k = 0; k < count; k++)
        people.push({
          id: `P${String(people.length + 1).padStart(5, '0')}`,
          unit: unit.id,
          name: inventName(random),
          post: title,
          phone: nextPhone(),
          onDuty: k % shifts === onDuty,
          dutyPost: duty,
        });
    }
  }
  return people;
}

/** Micro fire stations belong to a village or a grid, every other team to a township. */
function isMicro(team: EstateUnit): boolean {
  return team.area.length > 9;
}
