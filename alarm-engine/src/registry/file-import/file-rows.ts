import type { FileKind, ImportFormat, RowRemark } from '@fenghuo/contracts/registry.ts';
import { z } from 'zod';
import { readCsv } from '../device-import/read-csv.ts';
import { parseJson } from '../estate-lines.ts';

/** Columns of a file of each kind, as spreadsheets here head them too. The first is what it cannot do without. */
const columnsOf = {
  buildings: {
    ...{
      id: ['编号', '建筑编号'],
      name: ['名称', '建筑名称'],
      name_en: ['英文名称'],
      area: ['区域', '区域代码'],
    },
    ...{ use: ['用途'], floors: ['层数'], lon: ['经度'], lat: ['纬度'] },
    ...{ keyholder: ['钥匙保管人'], keyholder_phone: ['保管人电话'] },
  },
  units: {
    ...{ id: ['编号', '单位编号'], level: ['层级'], name: ['名称', '单位名称'], name_en: ['英文名称'] },
    ...{ area: ['区域', '区域代码'], parent: ['上级', '上级单位'], lon: ['经度'], lat: ['纬度'] },
    capabilities: ['能力'],
  },
  people: {
    ...{
      id: ['编号', '人员编号'],
      name: ['姓名'],
      unit: ['单位', '单位编号'],
      title: ['职务'],
      phone: ['电话', '手机'],
    },
    ...{ duty_post: ['岗位'], on_duty: ['在岗'] },
  },
} as const satisfies Record<FileKind, Record<string, readonly string[]>>;

/** What a row says, by column: empty, that there is none; absent: nothing. */
export type Texts = Readonly<Partial<Record<string, string>>>;

export interface FileRow {
  /** Its line, or the number of its feature, from 1. */
  row: number;
  texts: Texts;
  /** Of a feature with an area: its outer ring, not closed. */
  ring: [number, number][] | null;
}

export type ReadFile = { ok: true; rows: FileRow[] } | { ok: false; error: RowRemark };

const fault = (row: number, field: string | null, zh: string, en: string): ReadFile => ({
  ok: false,
  error: { row, field, message: { zh, en } },
});

/** The rows of a file, or why it is none of its kind. Pure. */
export function readFileRows(text: string, format: ImportFormat, kind: FileKind): ReadFile {
  return format === 'csv' ? rowsOfCsv(text, kind) : rowsOfGeoJson(text, kind);
}

function rowsOfCsv(text: string, kind: FileKind): ReadFile {
  const [head, ...rows] = readCsv(text);
  if (head === undefined) return fault(0, null, '文件是空的', 'The file is empty');
  const columns = head.fields.map((name) => columnNamed(name, kind));
  const all = Object.keys(columnsOf[kind]).join(' ');
  const strange = head.fields.find((name, i) => columns[i] === undefined && name !== '');
  if (strange !== undefined)
    return fault(
      head.line,
      strange,
      `没有名为“${strange}”的列，可用：${all}`,
      `There is no column "${strange}"; there are: ${all}`,
    );
  const twice = columns.find((name, i) => name !== undefined && columns.indexOf(name) !== i);
  if (twice !== undefined)
    return fault(head.line, twice, `列 ${twice} 出现两次`, `The column ${twice} stands twice`);
  if (!columns.includes('id'))
    return fault(
      head.line,
      'id',
      '首行须是列名，且有 id 列',
      'The first line names the columns, id among them',
    );
  const textsOf = (fields: readonly string[]) =>
    Object.fromEntries(
      columns.flatMap((column, i) => (column === undefined ? [] : [[column, fields[i] ?? '']])),
    );
  return {
    ok: true,
    rows: rows.map(({ line, fields }) => ({ row: line, texts: textsOf(fields), ring: null })),
  };
}

function columnNamed(head: string, kind: FileKind): string | undefined {
  const columns: Record<string, readonly string[]> = columnsOf[kind];
  const name = head.toLowerCase();
  return Object.keys(columns).find((column) => column === name || columns[column]!.includes(head));
}

const place = z.tuple([z.number(), z.number()], z.number());
const feature = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  properties: z.record(z.string(), z.unknown()).nullable(),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Point'), coordinates: place }),
    z.object({ type: z.literal('Polygon'), coordinates: z.tuple([z.array(place).min(4)], z.array(place)) }),
  ]),
});
const collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

function rowsOfGeoJson(text: string, kind: FileKind): ReadFile {
  const read = collection.safeParse(parseJson(text));
  if (!read.success)
    return fault(0, null, '不是 GeoJSON FeatureCollection', 'Not a GeoJSON FeatureCollection');
  const rows: FileRow[] = [];
  for (const [i, value] of read.data.features.entries()) {
    const one = feature.safeParse(value);
    if (!one.success)
      return fault(i + 1, 'geometry', '须是点或面要素', 'Must be a feature with a Point or a Polygon');
    rows.push({ row: i + 1, ...rowOfFeature(one.data, kind) });
  }
  return { ok: true, rows };
}

function rowOfFeature(
  { id, properties, geometry }: z.infer<typeof feature>,
  kind: FileKind,
): Omit<FileRow, 'row'> {
  const texts: Record<string, string> = id === undefined ? {} : { id: String(id) };
  for (const [name, value] of Object.entries(properties ?? {})) {
    const column = columnNamed(name, kind);
    if (column !== undefined && (value === null || typeof value !== 'object'))
      texts[column] = `${value ?? ''}`;
  }
  const ring = geometry.type === 'Point' ? null : ringOf(geometry.coordinates[0]);
  const [lon, lat] = geometry.type === 'Point' ? geometry.coordinates : middleOf(ring!);
  return { texts: { ...texts, lon: `${lon}`, lat: `${lat}` }, ring };
}

/** Counter-clockwise, its first point not repeated. */
function ringOf(points: readonly (readonly number[])[]): [number, number][] {
  const ring = points.slice(0, -1).map(([lon, lat]): [number, number] => [lon!, lat!]);
  const twice = ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (nextX - x) * (nextY + y);
  }, 0);
  return twice > 0 ? ring.reverse() : ring;
}

function middleOf(ring: readonly [number, number][]): [number, number] {
  const mean = (axis: 0 | 1) => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length;
  return [mean(0), mean(1)];
}
