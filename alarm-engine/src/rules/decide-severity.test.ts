import { expect, test } from 'vitest';
import { builtInRulebook } from './built-in-rulebook.ts';
import { decideSeverity, type Evidence } from './decide-severity.ts';

const smoke = (device: string, floor: number, raisedAt: number): Evidence => ({
  device,
  deviceType: 'smoke',
  floor,
  raisedAt,
  condition: false,
  distanceM: 5,
  label: device,
});
const camera: Evidence = {
  device: 'C1',
  deviceType: 'camera',
  floor: null,
  raisedAt: 0,
  condition: false,
  distanceM: 60,
  label: '泽国-0231',
};
const ruleFor = (...[kind, type]: Parameters<typeof builtInRulebook.rulesFor>) =>
  builtInRulebook.rulesFor(kind, type)[0];
const rule = ruleFor('smoke', 'smoke')!;

test('a lone smoke detector is medium, and says where', () => {
  expect(decideSeverity(rule, smoke('S1', 5, 0), [], 0)).toEqual({
    severity: 'medium',
    reasons: [{ zh: '5 层烟感报警', en: 'smoke detector on floor 5 in alarm' }],
  });
});

test('two detectors within five minutes are high, with floors and seconds', () => {
  const decision = decideSeverity(rule, smoke('S2', 6, 40_000), [smoke('S1', 5, 0)], 40_000);
  expect(decision.severity).toBe('high');
  expect(decision.reasons.at(-1)).toEqual({
    zh: '5、6 层 2 只探测器 40 秒内相继报警',
    en: '2 detectors on floors 5, 6 within 40 s',
  });
});

test('a camera that sees fire beside a detector is high, with its distance', () => {
  const decision = decideSeverity(rule, smoke('S1', 5, 9000), [camera], 9000);
  expect(decision.severity).toBe('high');
  expect(decision.reasons.at(-1)?.zh).toBe('烟感报警，摄像机 泽国-0231 在 60 米外见火情');
});

test('two cameras are not a fire by themselves; an older alarm bears nothing out', () => {
  const other: Evidence = { ...camera, device: 'C2' };
  expect(decideSeverity(ruleFor('camera.fire', 'camera')!, camera, [other], 0).severity).toBe('medium');
  expect(decideSeverity(rule, smoke('S2', 6, 400_000), [smoke('S1', 5, 0)], 400_000).severity).toBe('medium');
});

test('a manual call point is high by itself, water pressure never more than low', () => {
  expect(decideSeverity(ruleFor('manual', 'manual')!, smoke('M1', 1, 0), [], 0).severity).toBe('high');
  expect(
    decideSeverity(ruleFor('pressure', 'pressure')!, smoke('P1', 1, 0), [smoke('S1', 1, 0)], 0).severity,
  ).toBe('low');
});

test('a silent concentrator is low, and only a concentrator is an alarm by its silence', () => {
  const concentrator: Evidence = { ...smoke('K1', 1, 0), deviceType: 'concentrator' };
  expect(decideSeverity(ruleFor('silent', 'concentrator')!, concentrator, [], 0)).toEqual({
    severity: 'low',
    reasons: [{ zh: '1 层集中器失联', en: 'concentrator on floor 1 is silent' }],
  });
  expect(ruleFor('silent', 'smoke')).toBeUndefined();
});
