import { deviceMessage } from '@fenghuo/contracts/device-message.ts';
import { expect, test } from 'vitest';
import type { StandingBuilding, StandingDevice, StandingEstate } from '../read-estate.ts';
import type { Moment, Story } from './act.ts';
import { planDay } from './plan-day.ts';
import { wenlingRates } from './rates.ts';

const estate = smallEstate();
const day = planDay({ seed: 'a/0', estate, rates: wenlingRates });
const of = (story: Story) => day.filter((act) => act.story === story);

test('a day holds exactly what the rates say', () => {
  expect(of('nuisance')).toHaveLength(40);
  expect(of('fault')).toHaveLength(60);
  expect(of('battery')).toHaveLength(120);
  expect(of('supply')).toHaveLength(14);
  expect(new Set(of('fire').map((act) => act.happening)).size).toBe(3);
});

test('the same seed gives the same day, another seed another', () => {
  expect(planDay({ seed: 'a/0', estate, rates: wenlingRates })).toEqual(day);
  expect(planDay({ seed: 'a/1', estate, rates: wenlingRates })).not.toEqual(day);
});

test('whatever begins ends later', () => {
  const when = ({ atS, afterS }: Moment) => atS + afterS;
  for (const act of day) expect(when(act.ends)).toBeGreaterThan(when(act.begins));
});

test('begins within the day, in order', () => {
  const times = day.map((act) => act.begins.atS);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  for (const time of times) {
    expect(time).toBeGreaterThanOrEqual(0);
    expect(time).toBeLessThan(86_400);
  }
});

test('kitchens smoke when people cook', () => {
  const days = Array.from({ length: 20 }, (_, i) =>
    planDay({ seed: `cook/${i}`, estate, rates: wenlingRates }),
  );
  const smoke = days.flat().filter((act) => act.happening.startsWith('cooking smoke'));
  const atMeals = smoke.filter((act) => {
    const hour = Math.floor(act.begins.atS / 3600);
    return [6, 7, 10, 11, 12, 16, 17, 18, 19].includes(hour);
  });
  expect(smoke).toHaveLength(400);
  expect(atMeals.length / smoke.length).toBeGreaterThan(0.6);
});

test('an unlit stove stands in a kitchen, where the estate has kitchens', () => {
  const rooms = (of: StandingEstate) =>
    planDay({ seed: 'gas', estate: of, rates: wenlingRates })
      .filter((act) => act.happening.startsWith('an unlit stove'))
      .map((act) => of.devices.find((it) => it.id === act.device)?.room);
  expect(new Set(rooms(estate))).toEqual(new Set(['厨房']));
  expect(rooms(smallEstate('大厅'))).toHaveLength(5);
});

test('a fire stays in one building, rises floor by floor, and a camera nearby sees it', () => {
  const fires = Array.from({ length: 30 }, (_, i) => planDay({ seed: `f/${i}`, estate, rates: wenlingRates }))
    .flatMap((acts) => [
      ...Map.groupBy(
        acts.filter((act) => act.story === 'fire'),
        (act) => act.happening,
      ).values(),
    ])
    .map((acts) => acts.map((act) => ({ act, device: estate.devices.find((it) => it.id === act.device)! })));
  let withCamera = 0;
  for (const fire of fires) {
    const detectors = fire.filter(({ device }) => device.type !== 'camera');
    expect(detectors.length).toBeGreaterThanOrEqual(2);
    expect(detectors.length).toBeLessThanOrEqual(6);
    expect(new Set(detectors.map(({ device }) => device.building)).size).toBe(1);
    const floors = detectors.map(({ device }) => device.floor!);
    // Two fire detectors a floor, three floors: so many burn before the smoke has to turn downwards.
    const upwards = floors.slice(0, 2 + 2 * (3 - floors[0]!));
    expect(upwards).toEqual([...upwards].sort());
    if (fire.length > detectors.length) withCamera += 1;
  }
  expect(fires).toHaveLength(90);
  // Two buildings in three have a camera at hand, and it sees four fires in five.
  expect(withCamera / fires.length).toBeGreaterThan(0.4);
  expect(withCamera / fires.length).toBeLessThan(0.7);
});

test('every message is one that the contract reads', () => {
  for (const act of day) expect(deviceMessage.safeParse(act.message).success).toBe(true);
});

test('an estate without such devices has a quieter day, not an error', () => {
  const empty = { ...estate, devices: [], buildings: [] };
  expect(planDay({ seed: 'a', estate: empty, rates: wenlingRates })).toEqual([]);
});

/** 60 buildings in a row, three floors each, a camera at every third. */
function smallEstate(kitchen = '厨房'): StandingEstate {
  const uses = [
    'residential',
    'high-rise',
    'factory',
    'warehouse',
    'school',
    'hospital',
    'market',
    'farm',
  ] as const;
  const types = ['smoke', 'heat', 'gas', 'manual', 'water', 'current', 'pressure', 'co'] as const;
  const devices: StandingDevice[] = [];
  const buildings: StandingBuilding[] = [];
  for (let i = 0; i < 60; i++) {
    const place = { lon: 121.4 + i * 0.002, lat: 28.4 };
    const building: StandingBuilding = {
      id: `B${i}`,
      use: uses[i % uses.length]!,
      area: '331081100203-01',
      ...{ nameZh: '楼', nameEn: null, floors: 5 },
      ...place,
      devices: [],
    };
    for (const floor of [1, 2, 3])
      for (const [j, type] of types.entries())
        building.devices.push({
          id: `D${i}-${floor}-${j}`,
          type,
          area: building.area,
          parent: null,
          building,
          floor,
          room: floor === 1 ? kitchen : '大厅',
          ...place,
        });
    devices.push(...building.devices);
    const camera = {
      type: 'camera',
      area: '331081100203-01',
      parent: null,
      building: null,
      floor: null,
      room: null,
      ...place,
    } as const;
    if (i % 3 > 0) devices.push({ id: `C${i}`, ...camera });
    buildings.push(building);
  }
  const county = {
    code: '331081',
    nameZh: '温岭市',
    nameEn: 'Wenling',
    casePrefix: 'WL',
    seed: 1,
    demo: true,
  };
  return { county, buildings, devices };
}
