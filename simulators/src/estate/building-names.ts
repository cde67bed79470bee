import type { SeededRandom } from './seeded-random.ts';
import type { PlacedBuilding, Settlement } from './settlement.ts';
import type { Township, Village } from './villages.ts';

export interface BuildingName {
  zh: string;
  en: string;
}

/**
 * Names every building of a village as people say it on the phone, the place first: 东门村 12 号楼,
 * 方城社区 云栖花园 3 幢, 鑫联村 澜驰鞋业有限公司 2 号厂房. Firms and estates are invented; the demo names no
 * real one.
 */
export function nameBuildings(
  settlement: Settlement,
  random: SeededRandom,
): Map<PlacedBuilding, BuildingName> {
  const names = new Map<PlacedBuilding, BuildingName>();
  const counts = new Map<string, number>();
  const estates = new Map<number, BuildingName>();
  const firms = new Map<number, { firm: BuildingName; left: number }>();
  const { placeEn } = settlement.village;
  const estateOf = (quarter: number) => {
    const known = estates.get(quarter) ?? inventEstate(random);
    estates.set(quarter, known);
    return known;
  };
  const firmOf = (quarter: number) => {
    const known = firms.get(quarter);
    if (known !== undefined && known.left > 0) {
      known.left--;
      return known.firm;
    }
    const firm = inventFirm(settlement, random);
    firms.set(quarter, { firm, left: random.whole(0, 3) });
    return firm;
  };
  for (const building of settlement.buildings) {
    const { base, unit } = describe(building, settlement, { estateOf, firmOf }, random);
    const count = (counts.get(base.zh + unit.zh) ?? 0) + 1;
    counts.set(base.zh + unit.zh, count);
    const en = base.en === '' ? unit.en : `${base.en} ${unit.en}`;
    names.set(building, { zh: `${base.zh} ${count} ${unit.zh}`, en: `${placeEn}, ${en} ${count}` });
  }
  return names;
}

/** Whose building it is, and what its number counts. */
function describe(
  { use, quarter, quarterKind }: PlacedBuilding,
  { village, township }: Settlement,
  owners: { estateOf(quarter: number): BuildingName; firmOf(quarter: number): BuildingName },
  random: SeededRandom,
): { base: BuildingName; unit: BuildingName } {
  const { place } = village;
  const of = ({ zh, en }: BuildingName) => ({ zh: place + zh, en });
  const owned = ({ zh, en }: BuildingName) => ({ zh: `${place} ${zh}`, en });
  switch (use) {
    case 'residential':
      return { base: { zh: place, en: '' }, unit: { zh: '号楼', en: 'block' } };
    case 'high-rise':
      return { base: owned(owners.estateOf(quarter)), unit: { zh: '幢', en: 'tower' } };
    case 'factory':
      return { base: owned(owners.firmOf(quarter)), unit: { zh: '号厂房', en: 'plant' } };
    case 'warehouse':
      return quarterKind === 'port'
        ? { base: owned(owners.firmOf(quarter)), unit: { zh: '号冷库', en: 'cold store' } }
        : { base: of({ zh: '仓储点', en: '' }), unit: { zh: '号仓库', en: 'warehouse' } };
    case 'school':
      return { base: of(random.pick(schools)), unit: { zh: '号楼', en: 'block' } };
    case 'hospital':
      return { base: hospital(village, township), unit: { zh: '号楼', en: 'block' } };
    case 'market':
      return { base: of(random.pick(markets)), unit: { zh: '号馆', en: 'hall' } };
    case 'farm':
      return { base: of(random.pick(farms)), unit: { zh: '号棚', en: 'shed' } };
  }
}

/** The township's own hospital stands in its first community; elsewhere there are branches and clinics. */
function hospital(village: Village, township: Township): BuildingName {
  if (village.x === township.seat.x && village.y === township.seat.y)
    return { zh: `${village.place} ${township.shortName}卫生院`, en: `${township.nameEn} hospital` };
  const { zh, en } = village.town < 0.6 ? { zh: '卫生室', en: 'clinic' } : { zh: '医院', en: 'hospital' };
  return { zh: village.place + zh, en };
}

const schools: readonly BuildingName[] = [
  { zh: '小学', en: 'primary school' },
  { zh: '小学', en: 'primary school' },
  { zh: '幼儿园', en: 'kindergarten' },
  { zh: '中学', en: 'middle school' },
];
const markets: readonly BuildingName[] = [
  { zh: '农贸市场', en: 'food market' },
  { zh: '农贸市场', en: 'food market' },
  { zh: '商贸城', en: 'trade centre' },
  { zh: '小商品市场', en: 'small goods market' },
];
const farms: readonly BuildingName[] = [
  { zh: '蔬菜基地', en: 'vegetable farm' },
  { zh: '葡萄园', en: 'vineyard' },
  { zh: '养殖场', en: 'livestock farm' },
  { zh: '农机合作社', en: 'farm machinery' },
];

const firmStarts: readonly [string, string][] = [
  ['澜', 'Lan'],
  ['峤', 'Qiao'],
  ['汀', 'Ting'],
  ['浦', 'Pu'],
  ['礁', 'Jiao'],
  ['帆', 'Fan'],
  ['潮', 'Chao'],
  ['烽', 'Feng'],
  ['燧', 'Sui'],
  ['屿', 'Yu'],
  ['渚', 'Zhu'],
  ['汐', 'Xi'],
];
const firmEnds: readonly [string, string][] = [
  ['驰', 'chi'],
  ['衡', 'heng'],
  ['禾', 'he'],
  ['朗', 'lang'],
  ['泰', 'tai'],
  ['岳', 'yue'],
  ['舟', 'zhou'],
  ['瑞', 'rui'],
  ['川', 'chuan'],
  ['越', 'yue'],
  ['铭', 'ming'],
  ['拓', 'tuo'],
];
const estateStarts: readonly [string, string][] = [
  ['云栖', 'Yunqi'],
  ['澜庭', 'Lanting'],
  ['枫林', 'Fenglin'],
  ['晴川', 'Qingchuan'],
  ['望潮', 'Wangchao'],
  ['松涛', 'Songtao'],
  ['桂语', 'Guiyu'],
  ['山月', 'Shanyue'],
  ['锦岸', "Jin'an"],
  ['荷风', 'Hefeng'],
];
const estateEnds: readonly [string, string][] = [
  ['花园', 'Garden'],
  ['家园', 'Homes'],
  ['公寓', 'Court'],
  ['名邸', 'Mansions'],
  ['小区', 'Estate'],
];

function inventEstate(random: SeededRandom): BuildingName {
  const [start, startEn] = random.pick(estateStarts);
  const [end, endEn] = random.pick(estateEnds);
  return { zh: start + end, en: `${startEn} ${endEn}` };
}

function inventFirm({ township }: Settlement, random: SeededRandom): BuildingName {
  const [start, startEn] = random.pick(firmStarts);
  const [end, endEn] = random.pick(firmEnds);
  const [trade, tradeEn] = random.pick(township.profile.trades);
  return { zh: `${start}${end}${trade}有限公司`, en: `${startEn}${endEn} ${tradeEn}` };
}
