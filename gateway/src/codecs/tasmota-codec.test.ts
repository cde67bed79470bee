import { expect, test } from 'vitest';
import { Listening, survives } from './dialect-input.fixture.ts';
import { tasmota } from './tasmota-codec.ts';

const zigbee = (said: object) => ({
  ZbReceived: { '0x329F': { Device: '0x329F', Endpoint: 1, LinkQuality: 94, ...said } },
});
const listen = () => new Listening(tasmota);
const id = 'tasmota:hall:0x329F';

test.each([
  ['temperature', 'tele/hall/SENSOR', zigbee({ Temperature: 27.89 }), []],
  ['fire', 'tele/hall/SENSOR', zigbee({ Fire: 1 }), [`${id} smoke alarm`]],
  ['no fire', 'tele/hall/SENSOR', zigbee({ Fire: 0 }), [`${id} smoke normal`]],
  ['by name', 'tele/hall/SENSOR', zigbee({ Name: 'Stairs', Water: 1 }), ['tasmota:hall:Stairs water alarm']],
  ['a charge', 'stat/hall/RESULT', zigbee({ BatteryPercentage: 10 }), [`${id} battery fault 10%`]],
  [
    'zone bits',
    'tele/hall/SENSOR',
    zigbee({ ZoneStatusChange: 0b1_0000_1100 }),
    [`${id} tamper fault`, `${id} battery fault`, `${id} fault normal`, `${id} test test`],
  ],
  ['a switch', 'stat/hall/RESULT', { POWER: 'ON' }, []],
  ['its last will', 'tele/hall/LWT', 'Offline', ['tasmota:hall fault fault']],
  ['its return', 'tele/hall/LWT', 'Online', ['tasmota:hall fault normal']],
  ['another will', 'tele/hall/LWT', 'Gone', ['refused: unknown-payload']],
  ['no object', 'tele/hall/SENSOR', '[]', ['refused: schema']],
  ['its state', 'tele/hall/STATE', '{', []],
])('%s', (_, topic, payload, said) => {
  expect(listen().said(topic, payload)).toEqual(said);
});

test('fire → fire again → gone', () => {
  const bridge = listen();
  const steps = [1, 1, 0].map((Fire) => bridge.said('tele/hall/SENSOR', zigbee({ Fire })));
  expect(steps).toEqual([[`${id} smoke alarm`], [], [`${id} smoke normal`]]);
});

test('whatever comes is understood or refused by name', () => {
  const samples = [JSON.stringify(zigbee({ Fire: 1, ZoneStatus: 33 })), 'Offline'];
  survives(() => tasmota, ['tele/hall/SENSOR', 'stat/hall/RESULT', 'tele/a/b/LWT'], samples);
});
