import type { DeviceRegistration } from '@fenghuo/contracts/registry.ts';
import type { BuildingUse, DeviceType, DutyPost, UnitLevel, Words } from '@fenghuo/contracts/words.ts';
import { deviceTypes } from '@fenghuo/contracts/words.ts';
import { DeviceIndex } from '@fenghuo/gateway/device-index.ts';
import { Children } from '@fenghuo/gateway/liveness/children.ts';

/** What the engine knows of a device. Coordinates are WGS-84 degrees, null when it is not located. */
export interface RegisteredDevice {
  no: number;
  id: string;
  type: DeviceType;
  /** The county's own code when the device is not located. */
  area: string;
  building: string | null;
  floor: number | null;
  room: string | null;
  lon: number | null;
  lat: number | null;
}

export interface RegisteredBuilding {
  id: string;
  area: string;
  name: Words;
  use: BuildingUse;
  floors: number;
  lon: number;
  lat: number;
}

export interface RegisteredUnit {
  id: string;
  level: UnitLevel;
  area: string;
  parent: string | null;
  name: Words;
  lon: number;
  lat: number;
  capabilities: readonly string[];
}

/** Somebody of a unit, as the estate has them: what was changed since is in the engine's state. */
export interface RegisteredPerson {
  id: string;
  unit: string;
  post: DutyPost;
  onDuty: boolean;
}

export interface CountyIdentity {
  code: string;
  name: Words;
  casePrefix: string;
  demo: boolean;
}

/** A row of the device table as {@link Registry.addDevice} takes it. */
export type DeviceRow = Omit<RegisteredDevice, 'area'> & { area: string | null };

const noFloor = -32768;

/**
 * The county in memory: devices by dense number in columns and buildings, areas and units by id;
 * 60 MB for 212,000 devices and 12,000 buildings. Read by the writer and the gateway of one
 * process; changed only by loading and by the writer after a commit.
 */
export class Registry {
  readonly county: CountyIdentity;
  readonly buildings = new Map<string, RegisteredBuilding>();
  /** Numbers of devices. The gateway reads it too. */
  readonly devices = new DeviceIndex();
  readonly units = new Map<string, RegisteredUnit>();
  readonly #unitsByLevel = new Map<UnitLevel, RegisteredUnit[]>();
  readonly people = new Map<string, RegisteredPerson>();
  readonly #peopleOf = new Map<string, RegisteredPerson[]>();
  readonly areaNames = new Map<string, Words>();
  /** What people call a camera, by device id. */
  readonly cameraCodes = new Map<string, string>();
  readonly #areas: (string | null)[] = [];
  readonly #buildings: (string | null)[] = [];
  readonly #rooms: (string | null)[] = [];
  #cameraMask = new Uint8Array(0);
  #types = new Uint8Array(1024);
  #floors = new Int16Array(1024);
  #parents = new Int32Array(1024);
  #children: Children | null = null;
  #revision = 0;
  #places = new Float64Array(2048);

  constructor(county: CountyIdentity) {
    this.county = county;
  }

  /** Devices known, adopted or not; the next new device gets this number. */
  get deviceCount(): number {
    return this.devices.size;
  }

  /** Number of a device, −1 when nobody has heard of it. */
  numberOf(id: string): number {
    return this.devices.numberOf(id);
  }

  /** Puts a unit at the end of its level, or in the place that it has there already: a level is for good. */
  addUnit(unit: RegisteredUnit): void {
    this.units.set(unit.id, unit);
    put(this.#unitsByLevel, unit.level, unit);
  }

  /** Units of a level of the chain, in the order in which they were added. */
  readonly unitsOf = (level: UnitLevel): readonly RegisteredUnit[] => this.#unitsByLevel.get(level) ?? [];

  /** Puts somebody at the end of their unit, or in the place that they have there; they leave the one that they were of. */
  addPerson(person: RegisteredPerson): void {
    const before = this.people.get(person.id)?.unit;
    this.people.set(person.id, person);
    if (before !== undefined && before !== person.unit)
      this.#peopleOf.set(
        before,
        this.peopleOf(before).filter(({ id }) => id !== person.id),
      );
    put(this.#peopleOf, person.unit, person);
  }

  /** People of a unit, in the order in which they were added. */
  peopleOf(unit: string): readonly RegisteredPerson[] {
    return this.#peopleOf.get(unit) ?? [];
  }

  /** Area prefix of a device, or null when the device is unknown or not located. */
  areaOf(id: string): string | null {
    const no = this.numberOf(id);
    return no < 0 ? null : (this.#areas[no] ?? null);
  }

  /** Id of a device that is registered. */
  idOf(no: number): string {
    const id = this.devices.idOf(no);
    if (id === undefined) throw new RangeError(`no device has number ${no}`);
    return id;
  }

  /** `unknown` also for a number that nobody has yet. */
  typeOf(no: number): DeviceType {
    if (no >= this.deviceCount) return 'unknown';
    return deviceTypes[this.#types[no] ?? 0] ?? 'unknown';
  }

  /** Number of the concentrator or bridge that a device hangs on; −1 when it hangs on none. */
  parentOf(no: number): number {
    return this.#parents[no] ?? -1;
  }

  /** Counts changes of devices that were known already: their type, or what they hang on, may be another. */
  get revision(): number {
    return this.#revision;
  }

  /** Numbers of the devices that hang on this one. Looked up in an index that is made at the first question. */
  childrenOf(no: number): Int32Array {
    this.#children ??= new Children(this);
    return this.#children.of(no);
  }

  /** Puts what is registered of a device: the next one when nobody has heard of it, else the one that it is. */
  register({ parent, camera, ...device }: DeviceRegistration): void {
    const known = this.numberOf(device.id);
    const no = known < 0 ? this.deviceCount : known;
    if (known < 0) this.addDevice({ ...device, no });
    else this.#put(device, no);
    this.#revision++;
    this.#cameraMask = new Uint8Array(0);
    this.#parents[no] = -1;
    this.#children = null;
    if (parent !== null) this.setParent(no, parent);
    if (camera === null) this.cameraCodes.delete(device.id);
    else this.cameraCodes.set(device.id, camera.code);
  }

  #put(row: Omit<DeviceRow, 'no' | 'id'>, no: number): void {
    this.#areas[no] = row.area;
    this.#buildings[no] = row.building;
    this.#rooms[no] = row.room;
    this.#types[no] = deviceTypes.indexOf(row.type);
    this.#floors[no] = row.floor ?? noFloor;
    this.#places[no * 2] = row.lon ?? Number.NaN;
    this.#places[no * 2 + 1] = row.lat ?? Number.NaN;
  }

  /** Says what a device hangs on; what hangs on itself, or on a device that nobody registered, hangs on none. */
  setParent(no: number, parentId: string): void {
    const parent = this.numberOf(parentId);
    if (parent !== no) this.#parents[no] = parent;
    this.#children = null;
  }

  device(no: number): RegisteredDevice {
    const id = this.idOf(no);
    const floor = this.#floors[no] ?? noFloor;
    const lon = this.#places[no * 2] ?? Number.NaN;
    const lat = this.#places[no * 2 + 1] ?? Number.NaN;
    return {
      no,
      id,
      type: this.typeOf(no),
      area: this.#areas[no] ?? this.county.code,
      building: this.#buildings[no] ?? null,
      floor: floor === noFloor ? null : floor,
      room: this.#rooms[no] ?? null,
      lon: Number.isNaN(lon) ? null : lon,
      lat: Number.isNaN(lat) ? null : lat,
    };
  }

  /** Adds the next device. Numbers are dense: `row.no` must be {@link deviceCount}. */
  addDevice(row: DeviceRow): void {
    const no = this.devices.size;
    if (row.no !== no) throw new RangeError(`device ${row.id} has number ${row.no}, expected ${no}`);
    if (no === this.#types.length) this.#grow();
    this.devices.add(row.id);
    this.#put(row, no);
    this.#parents[no] = -1;
  }

  /** 1 for each device that is a camera, by number; as long as there are devices. Made anew when devices came. */
  cameraMask(): Uint8Array {
    if (this.#cameraMask.length !== this.deviceCount) {
      const camera = deviceTypes.indexOf('camera');
      this.#cameraMask = this.#types.slice(0, this.deviceCount).map((type) => (type === camera ? 1 : 0));
    }
    return this.#cameraMask;
  }

  #grow(): void {
    const size = this.#types.length * 2;
    const [types, floors, parents] = [new Uint8Array(size), new Int16Array(size), new Int32Array(size)];
    const places = new Float64Array(size * 2);
    types.set(this.#types);
    floors.set(this.#floors);
    parents.set(this.#parents);
    places.set(this.#places);
    [this.#types, this.#floors, this.#parents, this.#places] = [types, floors, parents, places];
  }
}

/** Puts one in its place in a list, or at its end. */
function put<K, T extends { id: string }>(lists: Map<K, T[]>, of: K, one: T): void {
  const list = lists.get(of);
  if (list === undefined) {
    lists.set(of, [one]);
    return;
  }
  const at = list.findIndex(({ id }) => id === one.id);
  if (at < 0) list.push(one);
  else list[at] = one;
}

/** Words for where an area lies, without the county: 泽国镇 牧屿社区. */
export function areaWords(registry: Registry, area: string): Words {
  const codes = [area.slice(0, 9), area.slice(0, 12)].filter((code, i) => code.length === 9 + i * 3);
  const names = codes.map((code) => registry.areaNames.get(code)).filter((name) => name !== undefined);
  if (names.length === 0) return registry.county.name;
  return { zh: names.map((name) => name.zh).join(' '), en: names.map((name) => name.en).join(', ') };
}
