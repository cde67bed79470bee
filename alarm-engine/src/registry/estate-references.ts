import type {
  EstateArea,
  EstateBuilding,
  EstateDevice,
  EstatePerson,
  EstateUnit,
} from '@fenghuo/contracts/estate.ts';

/**
 * Checks that rows name only what came before them, and each id once. It is asked row by row in the order of
 * the files, remembers every row, and answers with a problem in words or null.
 */
export class EstateReferences {
  readonly #county: string;
  readonly #areas = new Set<string>();
  readonly #buildings = new Set<string>();
  readonly #devices = new Set<string>();
  readonly #cameraCodes = new Set<string>();
  readonly #units = new Set<string>();
  readonly #people = new Set<string>();

  constructor(county: string) {
    this.#county = county;
  }

  area(area: EstateArea): string | null {
    if (!area.code.startsWith(this.#county))
      return `code: ${area.code} lies outside the county ${this.#county}`;
    const parent = area.parent;
    if (parent === null && area.level !== 'county') return `parent: a ${area.level} needs one`;
    if (parent !== null && (!area.code.startsWith(parent) || area.code === parent))
      return `parent: ${area.code} does not lie in ${parent}`;
    return this.#known('parent', parent, this.#areas) ?? this.#once('code', area.code, this.#areas);
  }

  building(building: EstateBuilding): string | null {
    return this.#known('area', building.area, this.#areas) ?? this.#once('id', building.id, this.#buildings);
  }

  device(device: EstateDevice): string | null {
    return (
      this.#known('area', device.area, this.#areas) ??
      this.#known('building', device.building, this.#buildings) ??
      this.#known('parent', device.parent, this.#devices) ??
      this.#once('id', device.id, this.#devices) ??
      (device.camera === null ? null : this.#once('camera.code', device.camera.code, this.#cameraCodes))
    );
  }

  unit(unit: EstateUnit): string | null {
    return (
      this.#known('area', unit.area, this.#areas) ??
      this.#known('parent', unit.parent, this.#units) ??
      this.#once('id', unit.id, this.#units)
    );
  }

  person(person: EstatePerson): string | null {
    return this.#known('unit', person.unit, this.#units) ?? this.#once('id', person.id, this.#people);
  }

  #known(field: string, id: string | null, among: Set<string>): string | null {
    return id === null || among.has(id) ? null : `${field}: ${id} is not known (before this line)`;
  }

  #once(field: string, id: string, among: Set<string>): string | null {
    if (among.has(id)) return `${field}: ${id} stands here a second time`;
    among.add(id);
    return null;
  }
}
