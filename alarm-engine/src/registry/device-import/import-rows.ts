import type { ImportFormat, RowRemark } from '@fenghuo/contracts/registry.ts';
import type { DeviceType } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { parseJson } from '../estate-lines.ts';
import { readCsv } from './read-csv.ts';

/** What a row of a file may say of a device, as texts; empty: that there is none, absent: nothing. */
export const importFields = [
  'id',
  'type',
  'area',
  'building',
  'floor',
  'room',
  'lon',
  'lat',
  'parent',
  'camera_code',
  'heading',
  'field_of_view',
  'stream_url',
] as const;
type ImportField = (typeof importFields)[number];

/** A row with its line, or the number of its feature. */
export interface ImportRow {
  row: number;
  texts: Partial<Record<ImportField, string>>;
}

/** How spreadsheets here head their columns. */
const chineseHeads: Record<string, ImportField> = {
  编号: 'id',
  设备编号: 'id',
  类型: 'type',
  区域: 'area',
  区域代码: 'area',
  建筑: 'building',
  建筑编号: 'building',
  楼层: 'floor',
  房间: 'room',
  经度: 'lon',
  纬度: 'lat',
  上级: 'parent',
  上级设备: 'parent',
  摄像机代号: 'camera_code',
  朝向: 'heading',
  视角: 'field_of_view',
  视频地址: 'stream_url',
};

/** How people here call the types of devices. */
const chineseTypes: Record<string, DeviceType> = {
  烟感: 'smoke',
  温感: 'heat',
  一氧化碳: 'co',
  燃气: 'gas',
  水浸: 'water',
  电流: 'current',
  压力: 'pressure',
  手报: 'manual',
  摄像机: 'camera',
  集中器: 'concentrator',
};
export const typesInWords = Object.entries(chineseTypes)
  .map(([name, type]) => `${name}（${type}）`)
  .join(' ');

/** The type that a file names in either language; what is none stays as it is written. */
export function typeNamed(text: string): string {
  return chineseTypes[text] ?? text.toLowerCase();
}

export type ReadRows = { ok: true; rows: ImportRow[] } | { ok: false; error: RowRemark };

/** The rows of a file; an error when it is none of its kind. */
export function readImportRows(text: string, format: ImportFormat): ReadRows {
  return format === 'csv' ? rowsOfCsv(text) : rowsOfGeoJson(text);
}

function fault(row: number, field: string | null, zh: string, en: string): ReadRows {
  return { ok: false, error: { row, field, message: { zh, en } } };
}

function rowsOfCsv(text: string): ReadRows {
  const [head, ...rows] = readCsv(text);
  if (head === undefined) return fault(0, null, '文件是空的', 'The file is empty');
  const columns = head.fields.map(fieldNamed);
  const unknown = head.fields.find((name, i) => columns[i] === null && name !== '');
  if (unknown !== undefined)
    return fault(
      head.line,
      unknown,
      `没有名为“${unknown}”的列，可用：${importFields.join(' ')}`,
      `There is no column "${unknown}"; there are: ${importFields.join(' ')}`,
    );
  const twice = columns.find((name, i) => name !== null && columns.indexOf(name) !== i);
  if (twice !== undefined)
    return fault(head.line, twice ?? null, `列 ${twice} 出现两次`, `The column ${twice} stands twice`);
  if (!columns.includes('id'))
    return fault(
      head.line,
      'id',
      '首行须是列名，且有 id 列',
      'The first line names the columns, id among them',
    );
  return { ok: true, rows: rows.map(({ line, fields }) => ({ row: line, texts: textsOf(columns, fields) })) };
}

function fieldNamed(head: string): ImportField | null {
  const name = head.toLowerCase();
  return importFields.find((field) => field === name) ?? chineseHeads[head] ?? null;
}

function textsOf(columns: readonly (ImportField | null)[], fields: readonly string[]): ImportRow['texts'] {
  const texts: ImportRow['texts'] = {};
  for (const [i, column] of columns.entries()) {
    const text = fields[i];
    if (column !== null && text !== undefined) texts[column] = text;
  }
  return texts;
}

const collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });
const feature = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  properties: z.record(z.string(), z.unknown()).nullable(),
  geometry: z
    .object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()], z.number()) })
    .nullable(),
});

function rowsOfGeoJson(text: string): ReadRows {
  const read = collection.safeParse(parseJson(text));
  if (!read.success)
    return fault(0, null, '不是 GeoJSON FeatureCollection', 'Not a GeoJSON FeatureCollection');
  const rows: ImportRow[] = [];
  for (const [i, value] of read.data.features.entries()) {
    const one = feature.safeParse(value);
    if (!one.success)
      return fault(i + 1, 'geometry', '须是点要素（Point）', 'Must be a feature with a Point');
    rows.push({ row: i + 1, texts: textsOfFeature(one.data) });
  }
  return { ok: true, rows };
}

function textsOfFeature({ id, properties, geometry }: z.infer<typeof feature>): ImportRow['texts'] {
  const texts: ImportRow['texts'] = id === undefined ? {} : { id: String(id) };
  for (const [name, value] of Object.entries(properties ?? {})) {
    const field = fieldNamed(name);
    if (field === null) continue;
    if (value === null) texts[field] = '';
    if (typeof value === 'string' || typeof value === 'number') texts[field] = `${value}`;
  }
  if (geometry === null) return texts;
  return { ...texts, lon: `${geometry.coordinates[0]}`, lat: `${geometry.coordinates[1]}` };
}
