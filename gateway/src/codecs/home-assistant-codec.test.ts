import { expect, test } from 'vitest';
import { Listening, now, survives } from './dialect-input.fixture.ts';
import { homeAssistant } from './home-assistant-codec.ts';

const config = 'homeassistant/binary_sensor/x/config';
const sample = {
  name: 'Fire Alarm',
  state_topic: 'stat/x/FIRE',
  device_class: 'smoke',
  unique_id: 'x_fire',
  device: { connections: [['mac', 'x']] },
};
const short = {
  ...{ name: 'Leak', '~': 'home/y', stat_t: '~/state', dev_cla: 'moisture', uniq_id: 'y_leak' },
  ...{
    val_tpl: '{{ value_json.sensor.leak }}',
    pl_on: 'wet',
    pl_off: 'dry',
    avty_t: '~/lwt',
    dev: { ids: 'y' },
  },
};

/** A house in which these were announced. */
function house(...configs: object[]): Listening {
  const listening = new Listening(homeAssistant());
  for (const [i, one] of configs.entries())
    expect(listening.said(`homeassistant/binary_sensor/${i}/config`, one, { retained: true })).toEqual([]);
  return listening;
}

test('announced → its topic is heard; withdrawn → it is not', () => {
  const listening = house();
  expect(listening.hears('stat/x/FIRE')).toBe(false);
  expect(listening.said(config, sample)).toEqual([]);
  expect(listening.hears('stat/x/FIRE')).toBe(true);
  expect(listening.hears('fenghuo-drill/v1/r1/~/stat/x/FIRE')).toBe(false);
  expect(listening.said(config, '')).toEqual([]);
  expect(listening.hears('stat/x/FIRE')).toBe(false);
});

test.each([
  ['on', sample, 'stat/x/FIRE', 'ON', ['ha:x_fire smoke alarm']],
  ['off', sample, 'stat/x/FIRE', 'OFF', ['ha:x_fire smoke normal']],
  ['neither', sample, 'stat/x/FIRE', 'burning', ['refused: unknown-payload']],
  [
    'short forms and a template',
    short,
    'home/y/state',
    { sensor: { leak: 'wet' } },
    ['ha:y_leak water alarm'],
  ],
  ['and dry', short, 'home/y/state', { sensor: { leak: 'dry' } }, ['ha:y_leak water normal']],
  ['another member', short, 'home/y/state', { sensor: {} }, ['refused: unknown-payload']],
  ['availability', short, 'home/y/lwt', 'offline', ['ha:y_leak fault fault']],
  [
    'brackets',
    { ...sample, value_template: "{{ value_json['a'][0] }}", payload_on: true, payload_off: false },
    'stat/x/FIRE',
    { a: [true] },
    ['ha:x_fire smoke alarm'],
  ],
  ['heat', { ...sample, device_class: 'heat' }, 'stat/x/FIRE', 'ON', ['ha:x_fire heat alarm']],
  ['a problem', { ...sample, device_class: 'problem' }, 'stat/x/FIRE', 'ON', ['ha:x_fire fault fault']],
  [
    'a weak battery',
    { ...sample, device_class: 'battery' },
    'stat/x/FIRE',
    'ON',
    ['ha:x_fire battery fault'],
  ],
  ['no unique id', { ...sample, unique_id: undefined }, 'stat/x/FIRE', 'ON', ['ha:0 smoke alarm']],
])('%s', (_, announced, topic, payload, said) => {
  expect(house(announced).said(topic, payload)).toEqual(said);
});

test.each([
  ['no object', '[]', ['refused: schema']],
  ['no topic', { ...sample, state_topic: undefined }, ['refused: schema']],
  ['a wildcard', { ...sample, state_topic: '#' }, ['refused: schema']],
  [
    'a template that calculates',
    { ...sample, value_template: "{{ 'ON' if value_json.t > 60 }}" },
    ['refused: schema'],
  ],
  ['a class that says nothing here', { ...sample, device_class: 'door' }, []],
])('announced with %s', (_, payload, said) => {
  expect(new Listening(homeAssistant()).said(config, payload)).toEqual(said);
});

test('one topic of two entities speaks for both', () => {
  const both = house(
    { ...sample, value_template: '{{ value_json.smoke }}' },
    { ...sample, unique_id: 'x_battery', device_class: 'battery', value_template: '{{ value_json.low }}' },
  );
  expect(both.said('stat/x/FIRE', { smoke: 'ON', low: 'OFF' })).toEqual([
    'ha:x_fire smoke alarm',
    'ha:x_battery battery normal',
  ]);
});

test('with off_delay: on → on again within it → it is over by itself → on is a new alarm → off before its time', () => {
  const pulse = house({ ...sample, off_delay: 30 });
  const at = (seconds: number) => now + seconds * 1000;
  const says = (seconds: number, what: string) =>
    pulse.said('stat/x/FIRE', what, { receivedAt: at(seconds) });
  expect([says(0, 'ON'), says(10, 'ON'), pulse.lapsed(at(39))]).toEqual([['ha:x_fire smoke alarm'], [], []]);
  expect([pulse.lapsed(at(40)), pulse.lapsed(at(41))]).toEqual([['ha:x_fire smoke normal'], []]);
  expect([says(45, 'ON'), says(50, 'OFF'), pulse.lapsed(at(99))]).toEqual([
    ['ha:x_fire smoke alarm'],
    ['ha:x_fire smoke normal'],
    [],
  ]);
});

test('a retained state raises nothing', () => {
  expect(house(sample).said('stat/x/FIRE', 'ON', { retained: true })).toEqual([
    'ha:x_fire smoke alarm retained',
  ]);
});

test('whatever comes is understood or refused by name', () => {
  const samples = [JSON.stringify(sample), JSON.stringify(short), 'ON', '{"sensor":{"leak":"wet"}}'];
  const topics = [config, 'homeassistant/binary_sensor/n/y/config', 'homeassistant/status'];
  survives(homeAssistant, topics, samples);
});
