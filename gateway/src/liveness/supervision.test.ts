import type { DeviceType } from '@fenghuo/contracts/words.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeafTimes } from './deaf-times.ts';
import { LastSeen } from './last-seen.ts';
import { type SilenceChange, Supervision } from './supervision.ts';

const minute = 60_000;
const begin = Date.UTC(2026, 2, 1);
const times: Record<DeviceType, number> = {
  ...{
    smoke: 60 * minute,
    heat: 60 * minute,
    co: 0,
    gas: 12 * minute,
    water: 0,
    current: 0,
    pressure: 0,
    manual: 0,
  },
  ...{ camera: 30 * minute, concentrator: 30 * minute, unknown: 0 },
};

interface Device {
  type: DeviceType;
  parent?: number;
}

/** A county on the table: devices by number, a clock that is moved, and all that supervision said. */
class County {
  readonly lastSeen = new LastSeen();
  readonly deaf = new DeafTimes();
  readonly said: SilenceChange[] = [];
  readonly supervision: Supervision;
  /** Devices that are looked at in a minute. */
  readonly #part: number;
  now = begin;

  constructor(devices: readonly Device[], part = devices.length) {
    this.#part = part;
    this.supervision = new Supervision({
      ...{ lastSeen: this.lastSeen, deaf: this.deaf, times: () => times },
      devices: {
        deviceCount: devices.length,
        revision: 0,
        typeOf: (no) => devices[no]!.type,
        parentOf: (no) => devices[no]!.parent ?? -1,
      },
    });
  }

  hear(...devices: number[]): void {
    for (const no of devices) this.lastSeen.touch(no, this.now);
  }

  /** Minutes pass, each with a sweep. */
  pass(minutes: number, each: (minute: number) => void = () => {}): void {
    for (let i = 1; i <= minutes; i++) {
      this.now += minute;
      each(i);
      this.said.push(...this.supervision.sweep(this.now, this.#part));
    }
  }

  get words(): string[] {
    return this.said.map(({ deviceNo, change, cause }) => `${deviceNo} ${change} ${cause}`);
  }
}

const smoke = (parent?: number): Device =>
  parent === undefined ? { type: 'smoke' } : { type: 'smoke', parent };

describe('one device', () => {
  test('heard → unheard for its time → silent once → heard → heard again once', () => {
    const county = new County([smoke()]);
    county.hear(0);
    county.pass(60);
    expect(county.words).toEqual([]);
    county.pass(60);
    expect(county.said).toEqual([{ deviceNo: 0, change: 'silent', cause: 'own', at: begin, children: 0 }]);
    expect(county.supervision.counts).toEqual({ silent: 1, suppressed: 0 });
    county.hear(0);
    const heardAt = county.now;
    county.pass(10);
    expect(county.said.slice(1)).toEqual([
      { deviceNo: 0, change: 'heard', cause: 'own', at: heardAt, children: 0 },
    ]);
    expect(county.supervision.counts).toEqual({ silent: 0, suppressed: 0 });
  });

  test('never heard, or of a type that nobody waits for: never silent', () => {
    const county = new County([smoke(), { type: 'unknown' }]);
    county.hear(1);
    county.pass(200);
    expect(county.words).toEqual([]);
  });

  test('while we are deaf its time stands still', () => {
    const county = new County([smoke()]);
    county.hear(0);
    county.deaf.add(begin + 10 * minute, begin + 50 * minute);
    county.pass(100);
    expect(county.words).toEqual([]);
    county.pass(1);
    expect(county.words).toEqual(['0 silent own']);
  });

  test('told before the start: not told again, and its end is told', () => {
    const county = new County([smoke()]);
    county.hear(0);
    county.supervision.restoreSilence({ deviceNo: 0, cause: 'own', since: begin + 60 * minute });
    county.pass(200);
    expect(county.words).toEqual([]);
    county.hear(0);
    county.pass(1);
    expect(county.words).toEqual(['0 heard own']);
  });

  test('silent → seen to → not heard in its time: silent once more; → heard: its end once', () => {
    const county = new County([smoke()]);
    county.hear(0);
    county.pass(61);
    county.supervision.seeTo(0, county.now);
    county.pass(60);
    expect(county.words).toEqual(['0 silent own']);
    county.pass(60);
    expect(county.said.map(({ at }) => at)).toEqual([begin, begin + 61 * minute]);
    county.hear(0);
    county.pass(200, () => county.hear(0));
    expect(county.words.slice(2)).toEqual(['0 heard own']);
    expect(county.supervision.counts).toEqual({ silent: 0, suppressed: 0 });
  });

  test('silent → seen to → heard: its end is told, for what stands by its silence', () => {
    const county = new County([smoke()]);
    county.hear(0);
    county.pass(61);
    county.supervision.seeTo(0, county.now);
    county.hear(0);
    county.pass(1);
    expect(county.words).toEqual(['0 silent own', '0 heard own']);
    county.pass(59);
    expect(county.words).toHaveLength(2);
  });

  test('seen to before it fell silent: nothing', () => {
    const county = new County([smoke()]);
    county.hear(0);
    county.supervision.seeTo(0, county.now);
    county.pass(61);
    county.supervision.seeTo(0, begin - 1);
    county.pass(100);
    expect(county.words).toEqual(['0 silent own']);
  });

  test('silent under a clock that ran ahead, which is put back: heard again all the same', () => {
    const county = new County([smoke()]);
    county.supervision.restoreSilence({ deviceNo: 0, cause: 'own', since: begin + 1e12 });
    county.pass(1);
    county.now += 1;
    county.hear(0);
    county.pass(1);
    expect(county.words).toEqual(['0 heard own']);
  });
});

/** Device 0 with ten that hang on it. */
const concentrator = (children = 10): Device[] => [
  { type: 'concentrator' },
  ...Array.from({ length: children }, () => smoke(0)),
];
const children = (...types: DeviceType[]): Device[] => types.map((type) => ({ type, parent: 0 }));
const all = (devices: readonly Device[]) => devices.map((_, no) => no);

describe('a concentrator', () => {
  test('dies with ten children → one silence; comes back, then they → heard once, nobody else told', () => {
    const devices = concentrator();
    const county = new County(devices);
    county.hear(...all(devices));
    county.pass(300);
    expect(county.words).toEqual(['0 silent own']);
    expect(county.said[0]).toMatchObject({ children: 10 });
    expect(county.supervision.counts).toEqual({ silent: 1, suppressed: 10 });
    county.hear(0);
    county.pass(59, () => county.hear(0));
    expect(county.words).toEqual(['0 silent own', '0 heard own']);
    expect(county.supervision.counts).toEqual({ silent: 0, suppressed: 0 });
    county.hear(...all(devices));
    county.pass(20);
    expect(county.words).toHaveLength(2);
  });

  test('comes back, one child does not: that one is told after its time anew', () => {
    const devices = concentrator();
    const county = new County(devices);
    county.hear(...all(devices));
    county.pass(200);
    county.pass(60, () => county.hear(...all(devices).slice(0, 10)));
    expect(county.words).toEqual(['0 silent own', '0 heard own']);
    county.pass(10, () => county.hear(...all(devices).slice(0, 10)));
    expect(county.words.slice(2)).toEqual(['10 silent own']);
  });

  test('beats on, its radio is dead → it is told for its children; they are heard → it is heard', () => {
    const devices = concentrator();
    const county = new County(devices);
    county.hear(...all(devices));
    county.pass(300, () => county.hear(0));
    expect(county.words).toEqual(['0 silent children']);
    expect(county.supervision.counts).toEqual({ silent: 1, suppressed: 10 });
    county.pass(50, () => county.hear(...all(devices)));
    expect(county.words).toEqual(['0 silent children', '0 heard children']);
  });

  test('never beats: told for its children all the same', () => {
    const devices = concentrator();
    const county = new County(devices);
    county.hear(...all(devices).slice(1));
    county.pass(300);
    expect(county.words).toEqual(['0 silent children']);
  });

  test('stops its own beat and relays on: nobody is silent', () => {
    const devices = concentrator();
    const county = new County(devices);
    county.hear(0);
    county.pass(300, () => county.hear(...all(devices).slice(1)));
    expect(county.words).toEqual([]);
  });

  test('lives, one child dies: that child is told, and only it', () => {
    const devices = concentrator();
    const county = new County(devices);
    county.hear(...all(devices));
    county.pass(300, (i) => i % 10 === 0 && county.hear(...all(devices).filter((no) => no !== 4)));
    expect(county.words).toEqual(['4 silent own']);
  });

  test('with two children that never beats: too few to speak for it, each is told', () => {
    const devices = concentrator(2);
    const county = new County(devices);
    county.hear(1, 2);
    county.pass(300);
    expect(county.words).toEqual(['1 silent own', '2 silent own']);
  });

  test('dies with two children, one of which falls silent before it: one silence', () => {
    const county = new County([{ type: 'concentrator' }, ...children('camera', 'camera')]);
    county.hear(1);
    county.pass(9);
    county.hear(0, 2);
    county.pass(100);
    expect(county.words).toEqual(['0 silent own']);
  });

  test('dies with children that are waited for less long than it: one silence', () => {
    const county = new County([{ type: 'concentrator' }, ...children('gas', 'gas', 'gas')]);
    county.hear(0, 1, 2, 3);
    county.pass(100);
    expect(county.words).toEqual(['0 silent own']);
  });

  test('comes back; the one child that speaks often does not, the others are not due: that one is told', () => {
    const county = new County([{ type: 'concentrator' }, ...children('gas', 'smoke', 'smoke', 'smoke')]);
    county.hear(0, 1, 2, 3, 4);
    county.pass(100);
    county.pass(20, () => county.hear(0));
    expect(county.words.slice(1)).toEqual(['0 heard own', '1 silent own']);
  });

  test('its children die one by one, over days: each is told, for those told before do not speak for it', () => {
    const devices = concentrator(5);
    const county = new County(devices);
    county.hear(...all(devices));
    for (let dead = 1; dead <= 4; dead++)
      county.pass(100, () => county.hear(...all(devices).filter((no) => no === 0 || no > dead)));
    expect(county.words).toEqual([1, 2, 3, 4].map((no) => `${no} silent own`));
  });

  test('a restart in between: it is not told again, its children neither; after its return they have their time', () => {
    const devices = concentrator();
    const county = new County(devices);
    county.hear(...all(devices));
    county.supervision.restoreSilence({ deviceNo: 0, cause: 'own', since: begin + 30 * minute });
    county.pass(300);
    expect(county.words).toEqual([]);
    const later = new County(devices);
    later.hear(...all(devices));
    later.now += 300 * minute;
    later.supervision.restoreReturn(0, later.now);
    later.pass(55, () => later.hear(0));
    expect(later.words).toEqual([]);
  });
});

describe('property', () => {
  const act = fc.oneof(
    fc.record({ hear: fc.integer({ min: 0, max: 7 }) }),
    fc.record({ pass: fc.integer({ min: 1, max: 90 }) }),
    fc.record({ deaf: fc.integer({ min: 1, max: 90 }) }),
    fc.record({ back: fc.integer({ min: 1, max: 90 }) }),
  );
  const devices: Device[] = [...concentrator(5), smoke(), { type: 'camera' }];

  test('whatever is heard and however time jumps: silent and heard take turns, and no silence is missed', () => {
    const check = (acts: readonly object[], part: number) => {
      const county = new County(devices, part);
      for (const one of acts) {
        if ('hear' in one) county.hear(one.hear as number);
        else if ('pass' in one) county.pass(one.pass as number);
        else if ('deaf' in one) {
          county.deaf.add(county.now, county.now + (one.deaf as number) * minute);
          county.now += (one.deaf as number) * minute;
        } else {
          county.now -= (one as { back: number }).back * minute;
          county.lastSeen.holdBefore(county.now);
        }
      }
      for (const no of all(devices)) {
        const own = county.said.filter(({ deviceNo }) => deviceNo === no);
        expect(own.map(({ change }) => change)).toEqual(
          own.map((_, i) => (i % 2 === 0 ? 'silent' : 'heard')),
        );
      }
      const heard = all(devices).filter((no) => county.lastSeen.at(no) !== null);
      county.pass(400);
      const silent = new Set<number>();
      for (const { deviceNo, change } of county.said)
        if (change === 'silent') silent.add(deviceNo);
        else silent.delete(deviceNo);
      expect(heard.filter((no) => !silent.has(no) && !(no >= 1 && no <= 5 && silent.has(0)))).toEqual([]);
      county.hear(...all(devices));
      county.pass(40, () => county.hear(...all(devices)));
      expect(county.supervision.counts).toEqual({ silent: 0, suppressed: 0 });
    };
    fc.assert(fc.property(fc.array(act, { maxLength: 25 }), fc.integer({ min: 1, max: 8 }), check), {
      numRuns: 300,
    });
  });

  test('a concentrator of N that dies at any moment, whatever the phases: one silence, and one return', () => {
    const group = fc.record({
      phases: fc.array(fc.integer({ min: 0, max: 19 }), { minLength: 3, maxLength: 40 }),
      phase: fc.integer({ min: 0, max: 9 }),
      diesAt: fc.integer({ min: 60, max: 120 }),
      deadFor: fc.integer({ min: 100, max: 300 }),
      beats: fc.boolean(),
    });
    fc.assert(
      fc.property(group, ({ phases, phase, diesAt, deadFor, beats }) => {
        const devices = concentrator(phases.length);
        const county = new County(devices);
        county.hear(...all(devices).slice(beats ? 0 : 1));
        const live = (i: number) => {
          if (beats && i % 10 === phase) county.hear(0);
          for (const [at, own] of phases.entries()) if (i % 20 === own) county.hear(at + 1);
        };
        county.pass(diesAt, live);
        expect(county.words).toEqual([]);
        county.pass(deadFor);
        expect(county.said).toMatchObject([{ deviceNo: 0, change: 'silent' }]);
        expect(county.supervision.counts.silent).toBe(1);
        county.pass(200, live);
        expect(county.said.slice(1)).toMatchObject([{ deviceNo: 0, change: 'heard' }]);
        expect(county.supervision.counts).toEqual({ silent: 0, suppressed: 0 });
      }),
      { numRuns: 200 },
    );
  });
});

test('a county of 170,000 at a heartbeat in 10 minutes, and a bridge of 20,000 that dies: under 1 % of a core', () => {
  const bridge = 20_000;
  const devices = Array.from({ length: 170_000 }, (_, no): Device => {
    if (no === 0) return { type: 'concentrator' };
    return no <= bridge ? { type: 'camera', parent: 0 } : smoke();
  });
  const county = new County(devices);
  for (let no = 0; no < devices.length; no++) county.lastSeen.touch(no, begin - (no % 600) * 1000);
  const hour = 3600;
  const before = process.cpuUsage();
  for (let second = 0; second < hour; second++) {
    county.now += 1000;
    for (let i = 0; i < 283; i++)
      county.hear(bridge + 1 + ((second * 283 + i) % (devices.length - bridge - 1)));
    county.said.push(...county.supervision.sweep(county.now, devices.length / 20));
  }
  const { user, system } = process.cpuUsage(before);
  expect(county.words).toEqual(['0 silent own']);
  expect((user + system) / 1e6 / hour).toBeLessThan(0.01);
});
