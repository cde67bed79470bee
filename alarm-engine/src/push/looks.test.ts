import { expect, test } from 'vitest';
import { Looks } from './looks.ts';

const county = { county: '331081', area: '331081', unit: null };
const zeguo = { county: '331081', area: '331081100', unit: null };
const songmen = { county: '331081', area: '331081101', unit: null };
const look = (account: string, name: string, incident = 'I-1', seat = '') => ({
  ...{ who: { account, name, seat }, incident },
  area: '331081100203-02',
  units: ['U-songmen'],
});

test('two look at a case → who may see its area sees both; elsewhere nothing', () => {
  const looks = new Looks();
  expect(looks.put('a', look('chen', '陈建国', 'I-1', '席位 2'))).toBe(true);
  expect(looks.put('b', look('lin', '林海'))).toBe(true);
  const who = [
    { account: 'chen', name: '陈建国', seat: '席位 2' },
    { account: 'lin', name: '林海', seat: '' },
  ];
  for (const scope of [county, zeguo])
    expect(looks.seenBy(scope, true)).toEqual({ looking: [{ incident: 'I-1', who }] });
  expect(looks.seenBy(songmen, true)).toEqual({ looking: [] });
});

test('a wall sees no account, and of the name what it may', () => {
  const looks = new Looks();
  looks.put('a', look('chen', '陈建国', 'I-1', '席位 2'));
  const [{ who } = { who: [] }] = looks.seenBy(county, false).looking;
  expect(who).toEqual([{ account: '', name: '陈某', seat: '席位 2' }]);
});

test('the same again → nothing new; another case → there and no longer here; gone → nowhere', () => {
  const looks = new Looks();
  looks.put('a', look('chen', '陈建国'));
  expect(looks.put('a', look('chen', '陈建国'))).toBe(false);
  looks.put('a', look('chen', '陈建国', 'I-2'));
  expect(looks.seenBy(county, true).looking.map(({ incident }) => incident)).toEqual(['I-2']);
  expect(looks.put('a', null)).toBe(true);
  expect(looks.put('a', null)).toBe(false);
  expect(looks.seenBy(county, true)).toEqual({ looking: [] });
});

test('a person at two monitors is named once, and of one case at most fifty are', () => {
  const looks = new Looks();
  for (const screen of ['a', 'b']) looks.put(screen, look('chen', '陈建国'));
  expect(looks.seenBy(county, true).looking[0]?.who).toHaveLength(1);
  for (let i = 0; i < 80; i += 1) looks.put(`s${i}`, look(`x${i}`, '某'));
  expect(looks.seenBy(county, true).looking[0]?.who).toHaveLength(50);
});
