import fc from 'fast-check';
import { expect, test } from 'vitest';
import { device, Street, tower } from '../../test/small-street.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { assess } from './assess.ts';
import type { Scope } from './event-view.ts';
import { everyKind, kindBit } from './kind-bits.ts';
import { keptMs, RecentSignals, type Signal, shownOf } from './recent-signals.ts';

const signalOf = (deviceNo: number, at: number, more: Partial<Signal> = {}): Signal => ({
  ...{ deviceNo, device: `D${deviceNo}`, deviceType: 'smoke', kind: 'smoke', state: 'alarm', at, floor: 1 },
  ...{ lon: tower.lon, lat: tower.lat, building: tower.id, area: tower.area, label: '' },
  ...more,
});
const building: Scope = { of: 'building', building: tower.id };
const seen = (
  recent: RecentSignals,
  scope: Scope,
  since: number,
  run: string | null = null,
  kinds = everyKind,
) => {
  const found: Signal[] = [];
  recent.look(run, scope, { kinds, since }, (signal) => found.push(signal));
  return found;
};

/** What is entered, as a plain list: the newest of a device, kind and state stands. */
class PlainSignals {
  readonly #list: Signal[];
  constructor(list: readonly Signal[] = []) {
    this.#list = [...list];
  }

  enter(signal: Signal): void {
    const twin = this.#standing().find((other) => isTwin(other, signal));
    if (twin === undefined || twin.at <= signal.at) this.#list.push(signal);
  }

  seen(isIn: (signal: Signal) => boolean, since: number): Signal[] {
    return this.#standing()
      .filter((signal) => isIn(signal) && signal.at >= since)
      .reverse();
  }

  copy(): PlainSignals {
    return new PlainSignals(this.#list);
  }

  #standing(): Signal[] {
    return this.#list.filter((signal, i) => !this.#list.slice(i + 1).some((other) => isTwin(signal, other)));
  }
}
const isTwin = (a: Signal, b: Signal) =>
  a.deviceNo === b.deviceNo && a.kind === b.kind && a.state === b.state;

const entering = fc.record({
  type: fc.constant('enter' as const),
  deviceNo: fc.integer({ min: 0, max: 2 }),
  kind: fc.constantFrom('smoke' as const, 'heat' as const),
  lateMs: fc.constantFrom(0, 0, 0, keptMs / 2, keptMs * 2),
});
const step = fc.oneof(
  { weight: 4, arbitrary: entering },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...(['seal', 'settle', 'revert', 'discard'] as const))
      .map((type) => ({ type })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.nat({ max: keptMs / 4 }) }),
  },
);
const scopes: [Scope, (signal: Signal) => boolean][] = [
  [building, (signal) => signal.building === tower.id],
  [{ of: 'device', deviceNo: 1 }, (signal) => signal.deviceNo === 1],
  [{ of: 'grid', area: tower.area }, () => true],
  [{ of: 'near', lon: tower.lon, lat: tower.lat, metres: 10 }, () => true],
];

test('shows what a plain list shows that is copied at each seal and put back, whatever was swept', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const recent = new RecentSignals();
      let [settled, sealed, open] = [new PlainSignals(), new PlainSignals(), new PlainSignals()];
      let now = 10 * keptMs;
      for (const act of steps) {
        switch (act.type) {
          case 'enter': {
            const signal = signalOf(act.deviceNo, now - act.lateMs, {
              kind: act.kind,
              building: act.deviceNo % 2 === 0 ? tower.id : null,
            });
            recent.enter(null, signal);
            open.enter(signal);
            break;
          }
          case 'wait':
            now += act.ms;
            break;
          case 'seal':
            recent.settle();
            recent.seal();
            settled = sealed;
            sealed = open.copy();
            break;
          case 'settle':
            recent.settle();
            settled = sealed;
            break;
          case 'revert':
            recent.revert();
            sealed = settled;
            open = settled.copy();
            break;
          case 'discard':
            recent.discard();
            open = sealed.copy();
        }
        for (const [scope, isIn] of scopes)
          for (const since of [now - keptMs, now - 1000])
            for (const kinds of [everyKind, kindBit('heat')]) {
              const isAsked = (signal: Signal) => isIn(signal) && (kindBit(signal.kind) & kinds) !== 0;
              expect(seen(recent, scope, since, null, kinds)).toEqual(open.seen(isAsked, since));
            }
      }
    }),
    { numRuns: 200 },
  );
});

const book = shippedRulebook();
const saying = fc.record({
  no: fc.integer({ min: 1, max: 8 }),
  kind: fc.constantFrom('smoke' as const, 'manual' as const, 'camera.fire' as const),
  state: fc.constantFrom('alarm' as const, 'alarm' as const, 'fault' as const),
  lateMs: fc.constantFrom(0, 0, 240_000, 2 * keptMs),
  waitS: fc.constantFrom(0, 20, 200, 3000),
});

test('an assessment does not depend on what was swept, nor on a batch that was taken back', () => {
  fc.assert(
    fc.property(fc.array(saying, { maxLength: 40, size: 'max' }), (sayings) => {
      const [kept, swept] = [new Street(), new Street()];
      for (const { no, kind, state, lateMs, waitS } of sayings) {
        const of = device(no, { floor: no, building: no % 3 === 0 ? null : tower.id });
        swept.say(device(no + 1), { kind });
        swept.recent.seal();
        swept.say(device(no + 2), { kind: 'manual' });
        swept.recent.revert();
        swept.say(device(no + 1), { kind });
        swept.recent.discard();
        const assessed = [kept, swept].map((street) => {
          street.wait(waitS);
          const at = street.now - lateMs;
          const view = street.say(of, { kind, state, late: lateMs > 0, at });
          return book.rulesFor(kind, 'smoke').map((rule) => assess(rule, view));
        });
        expect(assessed[1]).toEqual(assessed[0]);
        swept.recent.seal();
        swept.recent.settle();
      }
    }),
    { numRuns: 200 },
  );
});

test('a detector that chatters counts once and hides nobody', () => {
  const recent = new RecentSignals();
  recent.enter(null, signalOf(1, 1000));
  for (let i = 0; i < 5000; i += 1) recent.enter(null, signalOf(2, 2000 + i));
  expect(seen(recent, building, 0).map(({ deviceNo, at }) => [deviceNo, at])).toEqual([
    [2, 6999],
    [1, 1000],
  ]);
  recent.seal();
  recent.settle();
  expect(recent.size).toBe(2);
});

test('of a large building the newest devices are shown', () => {
  const recent = new RecentSignals();
  for (let no = 0; no < shownOf + 50; no += 1) recent.enter(null, signalOf(no, 1000));
  const shown = seen(recent, building, 0).map(({ deviceNo }) => deviceNo);
  expect(shown).toHaveLength(shownOf);
  expect(Math.min(...shown)).toBe(50);
});

test('a drill and what is live do not see each other', () => {
  const recent = new RecentSignals();
  recent.enter('R1', signalOf(1, 1000));
  expect(seen(recent, building, 0)).toEqual([]);
  expect(seen(recent, building, 0, 'R1')).toHaveLength(1);
});

test('what is older than an hour is forgotten after a few batches, of every device', () => {
  const recent = new RecentSignals();
  for (let no = 0; no < 1000; no += 1)
    recent.enter(no % 2 === 0 ? null : 'R1', signalOf(no, 1000, { building: `B${no % 90}` }));
  recent.seal();
  recent.settle();
  expect(recent.size).toBe(1000);
  recent.enter(null, signalOf(5000, 1000 + 2 * keptMs));
  for (let batch = 0; batch < 1000; batch += 1) {
    recent.seal();
    recent.settle();
  }
  expect(recent.size).toBe(1);
});

test('a circle shows what lies in it, across cells, and little more', () => {
  const recent = new RecentSignals();
  const north = (no: number, metres: number) =>
    recent.enter(null, signalOf(no, 1000, { lat: tower.lat + metres / 111_320, building: null }));
  for (const [no, metres] of [-490, -130, 0, 130, 490, 900].entries()) north(no, metres);
  const within = (metres: number) =>
    seen(recent, { of: 'near', lon: tower.lon, lat: tower.lat, metres }, 0).map(({ deviceNo }) => deviceNo);
  expect(within(500)).toEqual(expect.arrayContaining([0, 1, 2, 3, 4]));
  expect(within(500)).not.toContain(5);
  expect(within(10)).toContain(2);
  expect(within(10)).not.toContain(4);
});
