import type { Role } from '@fenghuo/contracts/words.ts';
import { hashPassword } from '../src/access/passwords.ts';
import type { Queryable } from '../src/store/queryable.ts';
import { insertAccount } from '../src/store/sql/insert-account.ts';

/** A county of two townships that fits on a page: each has a village, a building, two detectors, a room. */
export const county = '331081';
export const [zeguo, songmen] = ['331081100', '331081101'];
export const password = 'vonaki-tamigo-pelura';
let passwordHash: Promise<string> | null = null;

export async function insertSmallCounty(db: Queryable, { demo = true } = {}): Promise<void> {
  await db.query(`
    insert into fenghuo.county (code, name_zh, name_en, case_prefix, seed, demo)
      values ('331081', '温岭市', 'Wenling', 'WL', 1, ${demo});
    insert into fenghuo.area (code, county, parent, level, name_zh, name_en, lon, lat) values
      ('331081', '331081', null, 'county', '温岭市', 'Wenling', 121.4, 28.4),
      ('331081100', '331081', '331081', 'township', '泽国镇', 'Zeguo', 121.36, 28.48),
      ('331081101', '331081', '331081', 'township', '松门镇', 'Songmen', 121.6, 28.34),
      ('331081100203', '331081', '331081100', 'village', '牧屿社区', null, 121.37, 28.49),
      ('331081101207', '331081', '331081101', 'village', '甘岙村', null, 121.61, 28.35),
      ('331081100203-02', '331081', '331081100203', 'grid', '牧屿 2 网格', null, 121.37, 28.49),
      ('331081101207-01', '331081', '331081101207', 'grid', '甘岙 1 网格', null, 121.61, 28.35);
    insert into fenghuo.building
        (id, county, area, name_zh, name_en, use, floors, lon, lat, footprint, keyholder_name, keyholder_phone) values
      ('B1', '331081', '331081100203-02', '牧屿社区 12 号楼', null, 'residential', 6, 121.37, 28.49,
       '[[121.37,28.49],[121.3702,28.49],[121.3702,28.4902]]', '王建国', '13812342207'),
      ('B2', '331081', '331081101207-01', '甘岙村冷库', null, 'warehouse', 2, 121.61, 28.35,
       '[[121.61,28.35],[121.6102,28.35],[121.6102,28.3502]]', null, null);
    insert into fenghuo.device (no, id, county, type, adopted, area, building, floor, room, lon, lat, parent, camera) values
      (0, 'S-1', '331081', 'smoke', true, '331081100203-02', 'B1', 5, '501', 121.37, 28.49, null, null),
      (1, 'H-1', '331081', 'heat', true, '331081100203-02', 'B1', 6, '602', 121.3701, 28.4901, null, null),
      (2, 'S-2', '331081', 'smoke', true, '331081101207-01', 'B2', 1, null, 121.61, 28.35, null, null),
      (3, 'G-2', '331081', 'gas', true, '331081101207-01', 'B2', 2, null, 121.6101, 28.3501, null, null),
      (4, 'C-1', '331081', 'camera', true, '331081100203', null, null, null, 121.371, 28.491, null,
       '{"code":"泽国-0231","heading":90,"fieldOfView":70,"streamUrl":"/hls/0231.m3u8"}'),
      (5, 'NEW-1', '331081', 'unknown', false, null, null, null, null, null, null, null, null);
    insert into fenghuo.unit (id, county, level, area, parent, name_zh, name_en, lon, lat, capabilities) values
      ('U-county', '331081', 'county', '331081', null, '市指挥中心', 'County centre', 121.4, 28.4, '{}'),
      ('U-zeguo', '331081', 'township', '331081100', 'U-county', '泽国镇指挥室', 'Zeguo room', 121.36, 28.48, '{}'),
      ('U-songmen', '331081', 'township', '331081101', 'U-county', '松门镇指挥室', 'Songmen room', 121.6, 28.34, '{}'),
      ('U-village', '331081', 'village', '331081100203', 'U-zeguo', '牧屿社区', 'Muyu', 121.37, 28.49, '{}'),
      ('U-team', '331081', 'team', '331081100', 'U-zeguo', '泽国专职队', 'Zeguo team', 121.36, 28.47, '{fire,rescue}');
    insert into fenghuo.person (id, unit, name, post, phone, on_duty) values
      ('P1', 'U-county', '陈建国', '指挥长', '13900000001', true),
      ('P2', 'U-county', '林海', '信息研判', '13900000002', false),
      ('P3', 'U-team', '张强', '队长', '13900000003', true);
    insert into fenghuo.base_map (county, name, geojson) values
      ('331081', 'county', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
        "geometry":{"type":"Polygon","coordinates":[[[121.1,28.2],[121.8,28.2],[121.8,28.6],[121.1,28.2]]]}}]}'),
      ('331081', 'townships', '{"type":"FeatureCollection","features":[]}');
    insert into fenghuo.directory (county, no) values ('331081', 7)`);
}

/** An account with {@link password}; over the whole county unless an area is named. Its name is its role's. */
export async function insertTestAccount(
  db: Queryable,
  role: Role,
  area = county,
  name: string = role,
): Promise<void> {
  passwordHash ??= hashPassword(password);
  const displayName = `测试 ${name}`;
  await insertAccount(db, { name, county, displayName, role, area, passwordHash: await passwordHash });
}
