import { type Command, commandAnswer, commandWaiting } from '@fenghuo/contracts/commands.ts';
import {
  type CoordinateSystem,
  deviceImport,
  type FileKind,
  type FileReport,
  fileKinds,
  fileReport,
  mostImportRows,
  personToRegister,
  unitToRegister,
} from '@fenghuo/contracts/registry.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { Right } from '../access/rights.ts';
import { type CheckedRows, checkRows } from '../registry/file-import/check-rows.ts';
import { type FileRow, readFileRows } from '../registry/file-import/file-rows.ts';
import { buildingsKind, peopleKind, unitsKind } from '../registry/file-import/kinds-of-rows.ts';
import { findNamedInFile, type NamedThings } from '../store/sql/find-named-in-file.ts';
import { ApiFailure } from './api-failure.ts';
import { act } from './commands.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Call, Route } from './route.ts';

/** Buildings, units and people by file, and units and people by hand: looked at here, registered by the writer. */
export function fileImportRoutes(context: ApiContext): Route[] {
  return [...fileKinds.map((kind) => importRoute(context, kind)), unitRoute(context), personRoute(context)];
}

/** What one would do, ready for the writer, and how it reads. */
interface Checked {
  rows: { id: string; outcome: FileReport['sample'][number]['outcome']; cells: string[] }[];
  errors: CheckedRows<unknown>['errors'];
  /** The act, of what is new or changed. */
  command: (about: { id: string; reason: string; subject: string }) => Command;
}

const rightOf = (kind: FileKind): Right => `register-${kind}`;

const summaries: Record<FileKind, Words> = {
  buildings: { zh: '导入建筑（可先试运行）', en: 'Import buildings, or see what a file would do' },
  units: { zh: '导入单位（可先试运行）', en: 'Import units, or see what a file would do' },
  people: { zh: '导入人员（可先试运行）', en: 'Import people, or see what a file would do' },
};

function importRoute(context: ApiContext, kind: FileKind): Route {
  return {
    method: 'post',
    path: `/${kind}/import`,
    needs: rightOf(kind),
    shape: {
      summary: summaries[kind],
      body: deviceImport,
      answers: { 200: fileReport, 202: commandWaiting, 409: commandAnswer, 413: apiError, 422: fileReport },
    },
    handle: async ({ request, response, session }: Call) => {
      const { id, text, format, coordinates, dryRun, name } = readBody(request, deviceImport);
      const read = readFileRows(text, format, kind);
      const rows = read.ok ? read.rows : [];
      if (rows.length > mostImportRows)
        throw new ApiFailure(413, 'too-large', `A file has ${mostImportRows} rows at most.`);
      const checked = await check(context, kind, rows, coordinates);
      if (!read.ok) checked.errors.push(read.error);
      const report = reportOf(checked, { dryRun, rows: rows.length });
      if (report.errorCount > 0 && !dryRun) return void response.status(422).json(report);
      if (dryRun || checked.rows.every(({ outcome }) => outcome === 'same'))
        return void response.json(report);
      const command = checked.command({ id, reason: '', subject: (name || kind).slice(0, 64) });
      const answer = await act(context.commandDesk, session.who, command, response);
      if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer.ok ? report : answer);
    },
  };
}

function unitRoute(context: ApiContext): Route {
  return {
    method: 'put',
    path: '/units/:id',
    needs: 'register-units',
    shape: {
      summary: { zh: '登记或修改一个单位', en: 'Register or change one unit' },
      body: unitToRegister,
      answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer },
    },
    handle: async ({ request, response, session }) => {
      const { command, reason, coordinates, ...cells } = readBody(request, unitToRegister);
      const id = readParameter(request, 'id');
      const checked = await one(context, 'units', { ...cells, id }, coordinates);
      const body = checked.command({ id: command, reason, subject: id });
      const answer = await act(context.commandDesk, session.who, body, response);
      if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
    },
  };
}

function personRoute(context: ApiContext): Route {
  return {
    method: 'put',
    path: '/people/:id',
    needs: 'register-people',
    shape: {
      summary: { zh: '登记或修改一名人员', en: 'Register or change one person' },
      body: personToRegister,
      answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer },
    },
    handle: async ({ request, response, session }) => {
      const { command, reason, ...cells } = readBody(request, personToRegister);
      const id = readParameter(request, 'id');
      const checked = await one(context, 'people', { ...cells, id }, 'wgs84');
      const body = checked.command({ id: command, reason, subject: id });
      const answer = await act(context.commandDesk, session.who, body, response);
      if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
    },
  };
}

async function one(
  context: ApiContext,
  kind: FileKind,
  texts: FileRow['texts'],
  coordinates: CoordinateSystem,
): Promise<Checked> {
  const checked = await check(context, kind, [{ row: 1, texts, ring: null }], coordinates);
  const [fault] = checked.errors;
  if (fault !== undefined) throw new ApiFailure(400, 'invalid', `${fault.message.zh} / ${fault.message.en}`);
  return checked;
}

async function check(
  { db, county }: ApiContext,
  kind: FileKind,
  rows: readonly FileRow[],
  coordinates: CoordinateSystem,
): Promise<Checked> {
  const ids = rows.flatMap(({ texts }) => texts.id ?? []);
  const also = rows.flatMap(({ texts }) => [texts.parent ?? [], texts.unit ?? []].flat());
  const known = await findNamedInFile(db, county, {
    buildings: kind === 'buildings' ? ids : [],
    people: kind === 'people' ? ids : [],
    units: [...(kind === 'units' ? ids : []), ...also],
  });
  const seat = '';
  switch (kind) {
    case 'buildings': {
      const { kept, errors } = checkRows(rows, buildingsKind(coordinates, known));
      const cells = kept.map(({ value, outcome }) => ({
        ...{ id: value.id, outcome },
        cells: [value.nameZh, value.area, `${value.lon.toFixed(6)}, ${value.lat.toFixed(6)}`],
      }));
      const buildings = changed(kept);
      return {
        rows: cells,
        errors,
        command: (of) => ({ ...of, seat, act: 'register-buildings', buildings }),
      };
    }
    case 'units': {
      const { kept, errors } = checkRows(rows, unitsKind(rows, coordinates, known));
      const cells = kept.map(({ value, outcome }) => ({
        ...{ id: value.id, outcome },
        cells: [value.nameZh, value.level, value.area, value.parent ?? ''],
      }));
      const list = changed(kept);
      return { rows: cells, errors, command: (of) => ({ ...of, seat, act: 'register-units', units: list }) };
    }
    case 'people': {
      const { kept, errors } = checkRows(rows, peopleKind(await withTheirUnits(db, county, known)));
      const cells = kept.map(({ value, outcome }) => ({
        ...{ id: value.id, outcome },
        cells: [value.name, value.post, value.unit, value.phone],
      }));
      const people = changed(kept);
      return { rows: cells, errors, command: (of) => ({ ...of, seat, act: 'register-people', people }) };
    }
  }
}

/** Who is known stays in their unit where a file has no such column. */
async function withTheirUnits(
  db: ApiContext['db'],
  county: string,
  known: NamedThings,
): Promise<NamedThings> {
  const theirs = [...new Set([...known.people.values()].map(({ unit }) => unit))];
  const { units } = await findNamedInFile(db, county, { buildings: [], people: [], units: theirs });
  return { ...known, units: new Map([...known.units, ...units]) };
}

const changed = <T>(kept: CheckedRows<T>['kept']): T[] =>
  kept.filter(({ outcome }) => outcome !== 'same').map(({ value }) => value);

/** Of errors, so many are told. */
const told = 100;
const shown = 8;

function reportOf({ rows, errors }: Checked, facts: Pick<FileReport, 'dryRun' | 'rows'>): FileReport {
  const counts = { added: 0, changed: 0, same: 0 };
  for (const { outcome } of rows) counts[outcome]++;
  return {
    ...facts,
    counts,
    errors: errors.toSorted((a, b) => a.row - b.row).slice(0, told),
    errorCount: errors.length,
    ...{ warnings: [], warningCount: 0 },
    sample: rows.slice(0, shown),
  };
}
