import { type PastCounty, townshipCode, villageCode } from './past-county.ts';

/** Shapes of questions to history, each with its parameters for the n-th time it is asked. */
export function historyShapes(of: PastCounty): Record<string, (n: number) => string> {
  const hour = 3_600_000;
  const begin = of.until - of.days * 24 * hour;
  const anyTime = (n: number) => begin + ((n * 7_919) % (of.days * 24)) * hour + hour;
  const some = (n: number, count: number) => (n * 104_729) % count;
  return {
    'events: newest': () => 'events?',
    'events: of a time': (n) => `events?to=${anyTime(n)}`,
    'events: of an hour, 500': (n) => `events?from=${anyTime(n) - hour}&to=${anyTime(n)}&limit=500`,
    'events: of a device': (n) => `events?device=D-${some(n, of.devices)}`,
    'events: of a building': (n) => `events?building=P${some(n, of.buildings)}`,
    'events: of a village': (n) => `events?area=${villageCode(some(n, of.villages), of)}`,
    'events: of a township': (n) => `events?area=${townshipCode(some(n, of.townships))}`,
    'events: of a kind that is rare': (n) => `events?kind=gas&to=${anyTime(n)}`,
    'events: alarms': (n) => `events?state=alarm&to=${anyTime(n)}`,
    'events: faults of a rare kind': (n) => `events?state=fault&kind=gas&to=${anyTime(n)}`,
    'events: alarms of a village': (n) => `events?state=alarm&area=${villageCode(some(n, of.villages), of)}`,
    'events: alarms of a township, a time': (n) =>
      `events?state=alarm&area=${townshipCode(some(n, of.townships))}&to=${anyTime(n)}`,
    'events: of a drill that never was': (n) => `events?run=R-${n}`,
    'events: of a kind that never is': (n) => `events?kind=water&to=${anyTime(n)}`,
    'alarms: newest': () => 'alarms?',
    'alarms: of a device': (n) => `alarms?device=D-${some(n, of.devices)}`,
    'alarms: of a building': (n) => `alarms?building=P${some(n, of.buildings)}`,
    'alarms: of a village': (n) => `alarms?area=${villageCode(some(n, of.villages), of)}`,
    'alarms: high, of a township, a time': (n) =>
      `alarms?severity=high&area=${townshipCode(some(n, of.townships))}&to=${anyTime(n)}`,
    'alarms: of a rare kind': (n) => `alarms?kind=gas&to=${anyTime(n)}`,
    'alarms: at work': () => 'alarms?state=unacknowledged',
    'alarms: in a state that never is': () => 'alarms?state=shelved',
    'transitions: newest': () => 'transitions?',
    'transitions: of a time, high': (n) => `transitions?severity=high&to=${anyTime(n)}`,
    'transitions: of a device': (n) => `transitions?device=D-${some(n, of.devices)}`,
    'transitions: of a village': (n) => `transitions?area=${villageCode(some(n, of.villages), of)}`,
    'transitions: to a state that never is': () => 'transitions?state=shelved',
    'rollups: a day by hour, area, kind and state': (n) =>
      `rollups?of=events&by=area,kind,state&from=${anyTime(n) - 24 * hour}&to=${anyTime(n)}`,
    'rollups: all by day and township': () =>
      `rollups?of=events&step=day&by=area&from=${begin - 31 * 24 * hour}&to=${of.until}`,
    'rollups: alarms by day and severity': () =>
      `rollups?of=alarms&step=day&by=severity&from=${begin}&to=${of.until}`,
  };
}
