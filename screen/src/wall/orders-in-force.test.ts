import type { OrderInForce, WallOrder } from '@fenghuo/contracts/wall-orders.ts';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../state/open-incidents.ts';
import { sampleIncident } from '../state/sample-records.ts';
import { ordersInForce, withFocus } from './orders-in-force.ts';

const order = (given: WallOrder, until: number): OrderInForce => ({ order: given, by: '席位', until });
const open = (id: string): OpenIncident => ({
  incident: sampleIncident({ id }),
  ...{ ticket: null, alarms: [], unacknowledged: false },
});

test('each order holds until its end, and the wall decides again without being told', () => {
  const orders = [
    order({ order: 'mode', mode: 'wartime' }, 20),
    order({ order: 'mute' }, 10),
    order({ order: 'cameras', cameras: ['C-1'] }, 30),
  ];
  expect(ordersInForce(orders, 9)).toMatchObject({ mode: 'wartime', cameras: ['C-1'], look: null });
  expect(ordersInForce(orders, 9).mute?.until).toBe(10);
  expect(ordersInForce(orders, 10)).toMatchObject({ mode: 'wartime', mute: null });
  expect(ordersInForce(orders, 30)).toEqual({
    look: null,
    mode: null,
    shade: null,
    cameras: [],
    mute: null,
    all: [],
  });
});

test('the incident that was put forward leads; when it has ended, the gravest does again', () => {
  const [gravest, other, third] = [open('I1'), open('I2'), open('I3')];
  const leads = (incident: string) =>
    withFocus([gravest, other, third], { at: 'incident', incident }).map((one) => one.incident.id);
  expect(leads('I2')).toEqual(['I2', 'I1', 'I3']);
  expect(leads('gone')).toEqual(['I1', 'I2', 'I3']);
  expect(withFocus([gravest, other], { at: 'county' })).toEqual([gravest, other]);
});
