import { deviceStates, packedDevice, packedState } from '@fenghuo/contracts/device-states.ts';
import type { AlarmRecord, UpkeepRecord } from '@fenghuo/contracts/records.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeviceStateBoard } from './device-state-board.ts';
import { DeviceTroubles } from './device-troubles.ts';

const numberOf = (id: string) => Number(id.slice(2));
const alarmOf = (id: string, no: number, of: Partial<AlarmRecord> = {}) =>
  ({
    ...{ id, device: `D-${no}`, run: null, condition: true, closedAt: null },
    ...{ suppressed: false, outOfService: false, ...of },
  }) as AlarmRecord;
const upkeepOf = (no: number, kind: UpkeepRecord['kind'], closedAt: number | null = null) =>
  ({ device: `D-${no}`, run: null, kind, closedAt }) as UpkeepRecord;

function countyOf(count: number) {
  const troubles = new DeviceTroubles();
  const heard = new Set<number>();
  const silent = new Set<number>();
  const board = new DeviceStateBoard({
    devices: { deviceCount: count },
    lastSeen: { at: (no) => (heard.has(no) ? 1 : null) },
    isSilent: (no) => silent.has(no),
    troubles,
  });
  const take = (alarms: AlarmRecord[], upkeep: UpkeepRecord[] = []) =>
    troubles.take({ alarms, upkeep }, numberOf);
  const states = () => [...board.states].map((code) => deviceStates[code]);
  return { troubles, heard, silent, board, take, states };
}

test('never heard → heard → faulty → silent → in alarm by two rules → one returns → both → silent → heard → well', () => {
  const { heard, silent, board, take, states } = countyOf(1);
  const want = (state: string) => {
    board.look(1);
    expect(states()).toEqual([state]);
  };
  want('never-heard');
  heard.add(0);
  want('quiet');
  take([], [upkeepOf(0, 'fault'), upkeepOf(0, 'battery')]);
  want('fault');
  silent.add(0);
  want('silent');
  take([alarmOf('A', 0), alarmOf('B', 0)]);
  want('alarm');
  take([alarmOf('A', 0, { condition: false })]);
  want('alarm');
  take([alarmOf('B', 0, { closedAt: 9 })]);
  want('silent');
  silent.clear();
  take([], [upkeepOf(0, 'fault', 9)]);
  want('fault');
  take([], [upkeepOf(0, 'battery', 9)]);
  want('quiet');
});

test('a drill, and an alarm that is put aside, colour nothing', () => {
  const { heard, board, take, states } = countyOf(1);
  heard.add(0);
  take([alarmOf('A', 0, { run: 'R-1' }), alarmOf('B', 0, { suppressed: true })]);
  board.look(1);
  expect(states()).toEqual(['quiet']);
});

test('what the writer commits shows at the next look, wherever the round stands; what is heard, within a round', () => {
  const { heard, board, take, states } = countyOf(100);
  board.look(100);
  take([alarmOf('A', 77)]);
  expect([...board.look(1)].map(packedDevice)).toEqual([77]);
  heard.add(50);
  for (let looks = 0; looks < 20; looks++) board.look(5);
  expect(states()[50]).toBe('quiet');
});

test('a reload of the writer takes back what no longer stands', () => {
  const { troubles, heard, board, take, states } = countyOf(2);
  heard.add(0).add(1);
  take([alarmOf('A', 0)], [upkeepOf(1, 'tamper')]);
  board.look(2);
  expect(states()).toEqual(['alarm', 'fault']);
  troubles.begin({ alarms: [alarmOf('C', 1)], upkeep: [] }, numberOf);
  board.look(0);
  expect(states()).toEqual(['quiet', 'alarm']);
});

test('whoever applies every change holds what the board holds', () => {
  const step = fc.record({ no: fc.nat(9), alarm: fc.boolean(), heard: fc.boolean(), part: fc.nat(10) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { heard, board, take } = countyOf(10);
      const held = new Uint8Array(10);
      for (const { no, alarm, heard: isHeard, part } of steps) {
        if (isHeard) heard.add(no);
        take([alarmOf(`A-${no}`, no, { condition: alarm })]);
        for (const change of board.look(part)) held[packedDevice(change)] = packedState(change);
        expect([...held]).toEqual([...board.states]);
      }
    }),
  );
});
