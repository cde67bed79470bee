import type { EventKind } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import { camera, device, eastwards, Street, tower } from '../../test/small-street.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { assess, clears, holds } from './assess.ts';
import type { EventView } from './event-view.ts';

const book = shippedRulebook();
const judge = (view: EventView) => assess(book.rulesFor(view.event.kind, view.device.type)[0]!, view);
const manual = device(8, { type: 'manual' });

test('a lone smoke detector is medium, unconfirmed, and says where', () => {
  expect(judge(new Street().say(device(1, { floor: 5 })))).toEqual({
    severity: 'medium',
    confirmed: false,
    reasons: [{ zh: '5 层烟感报警', en: 'smoke detector on floor 5 in alarm' }],
  });
});

test('smoke → smoke 40 s later on another floor: high, with floors and seconds', () => {
  const street = new Street();
  street.say(device(1, { floor: 5 }));
  street.wait(40);
  const decided = judge(street.say(device(2, { floor: 6 })));
  expect(decided).toMatchObject({ severity: 'high', confirmed: false });
  expect(decided.reasons.at(-1)).toEqual({
    zh: '5、6 层 2 只烟感 40 秒内相继报警',
    en: '2 smoke detectors on floors 5 and 6 within 40 s',
  });
});

test('smoke → heat → smoke: each type is counted', () => {
  const street = new Street();
  street.say(device(1));
  street.say(device(2, { type: 'heat' }), { kind: 'heat' });
  street.wait(200);
  expect(judge(street.say(device(3))).reasons.at(-1)).toEqual({
    zh: '1 层 2 只烟感、1 只温感 3 分钟内相继报警',
    en: '2 smoke detectors and 1 heat detector on floor 1 within 3 min',
  });
});

test('camera → smoke: high and confirmed, with the name of the camera and its distance', () => {
  const street = new Street();
  street.say(camera(9, 60), { kind: 'camera.fire' });
  const decided = judge(street.say(device(1, { floor: 5 })));
  expect(decided).toMatchObject({ severity: 'high', confirmed: true });
  expect(decided.reasons).toEqual([
    { zh: '5 层烟感报警', en: 'smoke detector on floor 5 in alarm' },
    { zh: '摄像机 泽国-0231 在 60 米外见火情', en: 'camera 泽国-0231 sees fire 60 m away' },
  ]);
});

test('smoke → camera: high, and the camera is told first', () => {
  const street = new Street();
  street.say(device(1, { floor: 5 }));
  const decided = judge(street.say(camera(9, 60), { kind: 'camera.smoke' }));
  expect(decided.severity).toBe('high');
  expect(decided.reasons).toEqual([
    { zh: '摄像机 泽国-0231 见烟雾', en: 'camera 泽国-0231 sees smoke' },
    { zh: '60 米外 5 层烟感报警', en: 'smoke detector on floor 5 in alarm, 60 m away' },
  ]);
});

test('two cameras are not a fire by themselves, nor is one beyond 120 m', () => {
  const street = new Street();
  street.say(camera(8, 60), { kind: 'camera.fire' });
  expect(judge(street.say(camera(9, 70), { kind: 'camera.fire' })).severity).toBe('medium');
  street.wait(600);
  street.say(camera(8, 130), { kind: 'camera.fire' });
  expect(judge(street.say(device(1))).severity).toBe('medium');
});

test('smoke and a manual call point confirm each other, whichever is first', () => {
  const street = new Street();
  street.say(device(1));
  expect(judge(street.say(manual, { kind: 'manual' }))).toMatchObject({ severity: 'high', confirmed: true });
  const other = new Street();
  other.say(manual, { kind: 'manual' });
  other.wait(3);
  const decided = judge(other.say(device(1)));
  expect(decided).toMatchObject({ severity: 'high', confirmed: true });
  expect(decided.reasons[1]).toEqual({
    zh: '1 层 1 只手动报警按钮、1 只烟感 3 秒内相继报警',
    en: '1 manual call point and 1 smoke detector on floor 1 within 3 s',
  });
});

test('smoke → 400 s → smoke: older than five minutes, it bears nothing out, unless its condition stands', () => {
  const street = new Street();
  const first = street.say(device(1));
  street.wait(400);
  expect(judge(street.say(device(2))).severity).toBe('medium');
  street.standing = [first.signal];
  street.wait(400);
  expect(judge(street.say(device(3))).severity).toBe('high');
});

test('the same detector again, another building and another run bear nothing out', () => {
  const street = new Street();
  street.say(device(1));
  street.say(device(2, { building: 'B2' }));
  street.say(device(3), { run: 'drill' });
  expect(judge(street.say(device(1))).severity).toBe('medium');
});

test('a detector in the open and one near it make a fire; at 130 m they do not', () => {
  const open = (no: number, metres: number) =>
    device(no, { building: null, floor: null, lon: tower.lon + eastwards(metres) });
  const street = new Street();
  street.say(open(1, 0));
  expect(judge(street.say(open(2, 100))).reasons.at(-1)).toEqual({
    zh: '2 只烟感 1 秒内相继报警',
    en: '2 smoke detectors within 1 s',
  });
  expect(judge(street.say(open(3, 235))).severity).toBe('medium');
});

test('a late alarm counts from when it happened', () => {
  const street = new Street();
  street.say(device(1), { late: true, at: street.now - 20 * 60_000 });
  expect(judge(street.say(device(2))).severity).toBe('medium');
});

test('a person, a concentrator and a reading are told in their own words', () => {
  const street = new Street();
  const say = (kind: EventKind, type: 'unknown' | 'concentrator' | 'gas', more = {}) => {
    const view = street.say(device(5, { type, floor: null, building: null }), { kind, ...more });
    return assess(book.rulesFor(kind, type).find((rule) => holds(rule, view))!, view).reasons;
  };
  expect(say('report', 'unknown')).toEqual([{ zh: '人员报警', en: 'reported by a person' }]);
  expect(say('silent', 'concentrator')).toEqual([{ zh: '集中器失联', en: 'concentrator is silent' }]);
  expect(say('gas', 'gas', { state: 'normal', value: 60, unit: '%LEL' })).toEqual([
    { zh: '可燃气体探测器读数 60 %LEL', en: 'gas detector reads 60 %LEL' },
    { zh: '浓度达爆炸下限的 50%', en: 'half of the lower explosive limit is reached' },
  ]);
});

test('1.9 m → 2.1 m → 1.9 m → 1.7 m: above 2 it holds, and below 1.8 it clears', () => {
  const street = new Street();
  const rule = book.ruleOf('water-reading')!;
  const gauge = device(6, { type: 'water' });
  const read = (value: number | null, more = {}) => {
    const view = street.say(gauge, { kind: 'water', state: 'normal', value, unit: 'm', ...more });
    return [holds(rule, view), clears(rule, view)];
  };
  expect(read(1.9)).toEqual([false, false]);
  expect(read(2.1)).toEqual([true, false]);
  expect(read(1.9)).toEqual([false, false]);
  expect(read(1.7)).toEqual([false, true]);
  expect(read(null)).toEqual([false, false]);
  expect(read(1.7, { state: 'fault' })).toEqual([false, false]);
  expect(read(null, { kind: 'restore' })[1]).toBe(true);
});

test('normal of the kind or restore clears a detector; another kind, a fault or a test does not', () => {
  const street = new Street();
  const rule = book.ruleOf('smoke')!;
  const says = (more: object) => clears(rule, street.say(device(1), more));
  expect(says({ state: 'normal' })).toBe(true);
  expect(says({ kind: 'restore', state: 'normal' })).toBe(true);
  expect(says({ kind: 'heat', state: 'normal' })).toBe(false);
  expect(says({ state: 'fault' })).toBe(false);
  expect(says({ state: 'test' })).toBe(false);
  expect(says({ state: 'alarm' })).toBe(false);
});
