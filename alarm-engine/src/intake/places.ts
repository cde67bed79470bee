import type { FoundPlace, ReportPlace } from '@fenghuo/contracts/intake.ts';
import type { Queryable } from '../store/queryable.ts';
import { listNamedPlaces } from '../store/sql/list-named-places.ts';
import { readDirectoryNo } from '../store/sql/read-directory-no.ts';
import { PlaceIndex } from './place-index.ts';

/** The places of the county, read at the first question and when the directory's number has moved on. */
export class Places {
  readonly #db: Queryable;
  readonly #county: string;
  #kept: { no: number; index: Promise<PlaceIndex> } | null = null;

  constructor(db: Queryable, county: string) {
    this.#db = db;
    this.#county = county;
  }

  async index(): Promise<PlaceIndex> {
    const no = await readDirectoryNo(this.#db, this.#county);
    if (this.#kept?.no === no) return this.#kept.index;
    const index = listNamedPlaces(this.#db, this.#county).then((rows) => new PlaceIndex(rows));
    this.#kept = { no, index };
    index.catch(() => {
      this.#kept = null;
    });
    return index;
  }
}

/** What a report names, among the places; null: no such thing, or a point, which lies wherever it lies. */
export function placeNamed(index: PlaceIndex, place: ReportPlace): FoundPlace | null {
  switch (place.by) {
    case 'building':
      return index.find('building', place.building);
    case 'camera':
      return index.find('camera', place.camera);
    case 'area':
      return index.find('village', place.area) ?? index.find('township', place.area);
    case 'point':
      return null;
  }
}
