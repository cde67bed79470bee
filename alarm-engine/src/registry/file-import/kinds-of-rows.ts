import {
  type BuildingRegistration,
  type CoordinateSystem,
  type PersonRegistration,
  registeredBuilding,
  registeredPerson,
  registeredUnit,
  type UnitRegistration,
} from '@fenghuo/contracts/registry.ts';
import { isDeviceId } from '@fenghuo/contracts/topics.ts';
import {
  type BuildingUse,
  buildingUses,
  dutyPosts,
  postWords,
  type UnitLevel,
  unitLevels,
} from '@fenghuo/contracts/words.ts';
import type { NamedThings } from '../../store/sql/find-named-in-file.ts';
import { toWgs84 } from '../device-import/convert-coordinates.ts';
import { squareAround } from '../square-around.ts';
import { type Kind, numberIn, type Refuse } from './check-rows.ts';
import type { FileRow, Texts } from './file-rows.ts';

const usesInChinese: Readonly<Record<string, BuildingUse>> = {
  ...{ 住宅: 'residential', 高层: 'high-rise', 厂房: 'factory', 仓库: 'warehouse', 学校: 'school' },
  ...{ 医院: 'hospital', 市场: 'market', 农场: 'farm', 农房: 'farm' },
};
const abilitiesInChinese: Readonly<Record<string, string>> = {
  ...{ 灭火: 'fire', 救援: 'rescue', 医疗: 'medical', 治安: 'police', 燃气抢修: 'gas', 供电抢修: 'power' },
};
const levelsInChinese: Readonly<Record<string, UnitLevel>> = {
  ...{ 市: 'county', 镇街: 'township', 联勤工作站: 'station', 村社: 'village', 网格: 'grid', 队伍: 'team' },
};

export function buildingsKind(
  coordinates: CoordinateSystem,
  { areas, buildings }: NamedThings,
): Kind<BuildingRegistration> {
  return {
    schema: registeredBuilding,
    before: buildings,
    read: ({ texts, ring }, before, refuse) => {
      checkId(texts, refuse);
      const area = areaOf(texts, before?.area, { areas, refuse });
      const { lon, lat } = placeOf(texts, before, { coordinates, refuse });
      const holder = texts.keyholder ?? before?.keyholder?.name ?? '';
      const phone = texts.keyholder_phone ?? before?.keyholder?.phone ?? '';
      const stays = before !== null && before.lon === lon && before.lat === lat;
      const drawn = ring?.map((point) => toWgs84(point, coordinates));
      return {
        ...{ id: texts.id, area, nameZh: nameOf(texts, before?.nameZh, refuse) },
        nameEn: (texts.name_en ?? before?.nameEn ?? '') || null,
        use: usesInChinese[texts.use ?? ''] ?? among(buildingUses, 'use', texts.use ?? before?.use, refuse),
        floors: numberIn(texts.floors, 'floors', before?.floors ?? 1, refuse),
        ...{ lon, lat, footprint: drawn ?? (stays ? before.footprint : squareAround(lon ?? 0, lat ?? 0)) },
        keyholder: holder === '' ? null : { name: holder, phone },
      };
    },
  };
}

/** `rows`: units of the file may be parents of one another. */
export function unitsKind(
  rows: readonly FileRow[],
  coordinates: CoordinateSystem,
  { areas, units }: NamedThings,
): Kind<UnitRegistration> {
  const inFile = new Map(rows.map(({ texts }) => [texts.id, levelNamed(texts.level ?? '')]));
  return {
    schema: registeredUnit,
    before: units,
    read: ({ texts }, before, refuse) => {
      checkId(texts, refuse);
      const level = before?.level ?? among(unitLevels, 'level', levelNamed(texts.level ?? ''), refuse);
      if (before !== null && texts.level !== undefined && levelNamed(texts.level) !== before.level)
        refuse('level', '层级登记后不能更改', 'A level, once given, stays');
      if (before === null && level === 'county')
        refuse('level', '县级单位只有一个', 'There is one unit of the county');
      const parent = (texts.parent ?? before?.parent ?? '') || null;
      const above = parent === null ? undefined : (units.get(parent)?.level ?? inFile.get(parent));
      if (level !== 'county' && (above === undefined || unitLevels.indexOf(above as UnitLevel) < 0))
        refuse('parent', `没有上级单位 ${parent ?? ''}`, `There is no unit ${parent ?? ''} to be its parent`);
      else if (
        above !== undefined &&
        unitLevels.indexOf(above as UnitLevel) >= unitLevels.indexOf(level as UnitLevel)
      )
        refuse('parent', '上级单位须层级更高', 'Its parent must be of a higher level');
      const nameZh = nameOf(texts, before?.nameZh, refuse);
      const able = texts.capabilities
        ?.split(/[\s,;，；、]+/)
        .filter((one) => one !== '')
        .map((one) => abilitiesInChinese[one] ?? one.toLowerCase());
      return {
        ...{ id: texts.id, level, area: areaOf(texts, before?.area, { areas, refuse }), parent, nameZh },
        nameEn: texts.name_en || (before?.nameEn ?? nameZh),
        ...placeOf(texts, before, { coordinates, refuse }),
        capabilities: able ?? before?.capabilities ?? [],
      };
    },
  };
}

/** Whether somebody is on duty is taken of who is new only: for others it is said at the roster. */
export function peopleKind({ units, people }: NamedThings): Kind<PersonRegistration> {
  return {
    schema: registeredPerson,
    before: people,
    read: ({ texts }, before, refuse) => {
      checkId(texts, refuse);
      const unit = texts.unit || before?.unit || '';
      if (!units.has(unit)) refuse('unit', `没有单位 ${unit}`, `There is no unit ${unit}`);
      return {
        ...{ id: texts.id, unit, name: nameOf(texts, before?.name, refuse) },
        ...{ post: texts.title || before?.post || '成员', phone: texts.phone ?? before?.phone ?? '' },
        onDuty: before?.onDuty ?? isYes(texts.on_duty ?? '', refuse),
        dutyPost: before?.dutyPost ?? postOf(texts.duty_post ?? '', refuse),
      };
    },
  };
}

const levelNamed = (text: string) => levelsInChinese[text] ?? text.toLowerCase();

function checkId({ id = '' }: Texts, refuse: Refuse): void {
  if (id !== '' && !isDeviceId(id))
    refuse('id', '编号只能用字母、数字和 ._:-', 'An id has letters, digits and ._:- only');
}

function nameOf({ name }: Texts, before: string | undefined, refuse: Refuse): string {
  const said = name?.trim() ?? before ?? '';
  if (said === '') refuse('name', '缺少名称', 'There is no name');
  return said;
}

function areaOf(
  { area }: Texts,
  before: string | undefined,
  { areas, refuse }: { areas: ReadonlySet<string>; refuse: Refuse },
): string {
  const said = area || before || '';
  if (said === '') refuse('area', '缺少区域代码', 'There is no area');
  else if (!areas.has(said)) refuse('area', `没有区域 ${said}`, `There is no area ${said}`);
  return said;
}

function placeOf(
  { lon, lat }: Texts,
  before: { lon: number; lat: number } | null,
  { coordinates, refuse }: { coordinates: CoordinateSystem; refuse: Refuse },
): { lon: number | null; lat: number | null } {
  if (!lon && !lat && before !== null) return { lon: before.lon, lat: before.lat };
  const [x, y] = [numberIn(lon ?? '', 'lon', null, refuse), numberIn(lat ?? '', 'lat', null, refuse)];
  if (x === null || y === null) return { lon: null, lat: null };
  const [wgsLon, wgsLat] = toWgs84([x, y], coordinates);
  return { lon: wgsLon, lat: wgsLat };
}

function among(known: readonly string[], field: string, said: string | undefined, refuse: Refuse): string {
  const text = said?.toLowerCase() ?? '';
  if (!known.includes(text))
    refuse(
      field,
      `没有“${said ?? ''}”，可用：${known.join(' ')}`,
      `There is no "${said ?? ''}"; there are: ${known.join(' ')}`,
    );
  return text;
}

function isYes(text: string, refuse: Refuse): boolean {
  if (['', '否', 'no', 'false', '0'].includes(text.toLowerCase())) return false;
  if (['是', 'yes', 'true', '1'].includes(text.toLowerCase())) return true;
  refuse('on_duty', `“${text}”须为是或否`, `"${text}" must be yes or no`);
  return false;
}

function postOf(text: string, refuse: Refuse): string {
  const named = dutyPosts.find((post) => postWords[post].zh === text) ?? text.toLowerCase();
  return text === '' ? 'mobile' : among(dutyPosts, 'duty_post', named, refuse);
}
