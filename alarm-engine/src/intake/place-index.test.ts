import { expect, test } from 'vitest';
import { PlaceIndex, type PlaceRow } from './place-index.ts';

const row = (kind: PlaceRow['kind'], id: string, zh: string, area: string, en = zh): PlaceRow => ({
  ...{ kind, id, area, lon: 121, lat: 28 },
  name: { zh, en },
});
const rows: PlaceRow[] = [
  row('township', '331081100', '泽国镇', '331081100', 'Zeguo'),
  row('township', '331081101', '松门镇', '331081101', 'Songmen'),
  row('village', '331081100203', '牧屿社区', '331081100203', 'Muyu'),
  row('building', 'B1', '牧屿社区 12 号楼', '331081100203-02'),
  row('building', 'B3', '牧屿社区 121 号楼', '331081100203-02'),
  row('building', 'B2', '冷库', '331081101207-01', 'Cold store'),
  row('camera', 'C-1', '泽国-0231', '331081100203'),
];
const index = new PlaceIndex(rows);
const county = { county: '331081', area: '331081' };
const ids = (text: string, scope = county) => index.search(text, scope).map(({ id }) => id);

test.each([
  ['牧屿', ['331081100203', 'B1', 'B3', 'C-1']],
  ['牧屿12号楼', ['B1']],
  ['牧屿12', ['B1', 'B3']],
  ['12', ['B1', 'B3']],
  ['泽国 号楼', ['B1', 'B3']],
  ['cold', ['B2']],
  ['songmen cold', ['B2']],
  ['0231', ['C-1']],
  ['c-1', ['C-1']],
  ['', []],
  ['没有的地方', []],
])('%s finds %s', (text, found) => {
  expect(ids(text)).toEqual(found);
});

test('only what lies in the scope, with what is around it', () => {
  expect(ids('号楼', { county: '331081', area: '331081101' })).toEqual([]);
  expect(index.search('12号楼', county)[0]).toMatchObject({
    around: { zh: '泽国镇 牧屿社区', en: 'Muyu, Zeguo' },
    area: '331081100203-02',
  });
});

test('a county of 55,000 places: eight at most, and a search is cheap', () => {
  const many = Array.from({ length: 55_000 }, (_, i) =>
    row(i < 12_000 ? 'building' : 'camera', `P${i}`, `牧屿社区 ${i} 号`, '331081100203'),
  );
  const large = new PlaceIndex([...rows, ...many]);
  const before = process.cpuUsage();
  for (let i = 0; i < 10; i += 1) expect(large.search(`牧屿 ${i}`, county)).toHaveLength(8);
  const { user, system } = process.cpuUsage(before);
  const msEach = (user + system) / 1000 / 10;
  console.info(`a search in 55,000 places: ${msEach.toFixed(1)} ms of CPU`);
  expect(msEach).toBeLessThan(100);
});
