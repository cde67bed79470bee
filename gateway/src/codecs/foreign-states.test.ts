import { expect, test } from 'vitest';
import { ForeignStates } from './foreign-states.ts';

const alarm = { state: 'alarm', aspect: '', now: 1000 } as const;
const note = (states: ForeignStates, key: string, reported: object = {}) => {
  const change = states.note(key, { ...alarm, ...reported });
  change.stored();
  return change;
};

test('of more conditions than there is room for, the one that changed longest ago is forgotten', () => {
  const states = new ForeignStates(2);
  for (const key of ['a', 'b', 'a', 'c']) note(states, key);
  expect(states.size).toBe(2);
  expect(['a', 'b', 'c'].map((key) => states.note(key, alarm).before)).toEqual([null, null, null]);
});

test('what is known is no news, and stays known while others come', () => {
  const states = new ForeignStates(10);
  expect([note(states, 'a').isNews, note(states, 'b').isNews]).toEqual([true, true]);
  expect([states.note('a', alarm).isNews, states.note('b', alarm).isNews]).toEqual([false, false]);
});

test('a thousand aspects: the gravest still counts, and the room they take is bounded', () => {
  const states = new ForeignStates();
  note(states, 'a', { aspect: 'burning' });
  for (let i = 0; i < 1000; i++)
    expect(note(states, 'a', { aspect: `zone ${i}`, state: 'normal' }).state).toBe('alarm');
  expect(note(states, 'a', { aspect: 'burning', state: 'normal' })).toMatchObject({
    state: 'normal',
    before: 'alarm',
  });
});

test('a later state is later, also when the clock stands', () => {
  const states = new ForeignStates();
  const times = ['alarm', 'normal', 'alarm'].map((state) => note(states, 'a', { state }).since);
  expect(times).toEqual([1000, 1001, 1002]);
});
