import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { RegisteredBuilding, RegisteredDevice } from '../registry/registry.ts';
import type { EventView } from './event-view.ts';
import { type Finding, lookInto, type Window } from './window.ts';

/**
 * What an expression may ask of an event, its device, building and area, with the CEL type of each. What is not there
 * is not there in CEL either: `has(event.value)` asks. Numbers are doubles and compare with whole ones.
 */
export const factFields = {
  Event: {
    kind: 'string',
    state: 'string',
    value: 'double',
    unit: 'string',
    attrs: 'map<string, dyn>',
    late: 'bool',
  },
  Device: {
    id: 'string',
    type: 'string',
    floor: 'double',
    room: 'string',
    area: 'string',
    building: 'string',
    label: 'string',
  },
  Building: { id: 'string', use: 'string', floors: 'double', area: 'string', name: 'string' },
  Area: { code: 'string', county: 'string', township: 'string', village: 'string', grid: 'string' },
  Window: { count: 'double', others: 'double', kinds: 'double', floors: 'double', metres: 'double' },
} as const;

export class EventFacts {
  readonly kind: string;
  readonly state: string;
  readonly value: number | undefined;
  readonly unit: string | undefined;
  readonly attrs: Record<string, unknown>;
  readonly late: boolean;

  constructor({ kind, state, value, unit, attrs, late }: DeviceEvent) {
    this.kind = kind;
    this.state = state;
    this.value = value ?? undefined;
    this.unit = unit ?? undefined;
    this.attrs = attrs ?? nothing;
    this.late = late;
  }
}
const nothing = {};

export class DeviceFacts {
  readonly id: string;
  readonly type: string;
  readonly floor: number | undefined;
  readonly room: string | undefined;
  readonly area: string;
  readonly building: string | undefined;
  readonly label: string;

  constructor({ id, type, floor, room, area, building }: RegisteredDevice, label: string) {
    this.id = id;
    this.type = type;
    this.floor = floor ?? undefined;
    this.room = room ?? undefined;
    this.area = area;
    this.building = building ?? undefined;
    this.label = label;
  }
}

export class BuildingFacts {
  readonly id: string | undefined;
  readonly use: string | undefined;
  readonly floors: number | undefined;
  readonly area: string | undefined;
  readonly name: string | undefined;

  constructor(building: RegisteredBuilding | null) {
    this.id = building?.id;
    this.use = building?.use;
    this.floors = building?.floors;
    this.area = building?.area;
    this.name = building?.name.zh;
  }
}

/** Areas nest by code: county 6 digits, township 9, village 12, grid with a dash after them. */
export class AreaFacts {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }

  get county(): string {
    return this.code.slice(0, 6);
  }

  get township(): string | undefined {
    return this.#upTo(9);
  }

  get village(): string | undefined {
    return this.#upTo(12);
  }

  get grid(): string | undefined {
    return this.code.length > 12 ? this.code : undefined;
  }

  #upTo(length: number): string | undefined {
    return this.code.length >= length ? this.code.slice(0, length) : undefined;
  }
}

/** The four names that an expression always knows; those of windows are added by `expression.ts`. */
export class Facts {
  readonly view: EventView;
  readonly event: EventFacts;
  #found: Map<Window, Finding> | null = null;
  #device: DeviceFacts | null = null;
  #building: BuildingFacts | null = null;
  #area: AreaFacts | null = null;

  constructor(view: EventView) {
    this.view = view;
    this.event = new EventFacts(view.event);
  }

  get device(): DeviceFacts {
    this.#device ??= new DeviceFacts(this.view.device, this.view.label);
    return this.#device;
  }

  get building(): BuildingFacts {
    this.#building ??= new BuildingFacts(this.view.building);
    return this.#building;
  }

  get area(): AreaFacts {
    this.#area ??= new AreaFacts(this.view.device.area);
    return this.#area;
  }

  /** What is in a window, looked up once. */
  findingOf(window: Window): Finding {
    this.#found ??= new Map();
    let finding = this.#found.get(window);
    if (finding === undefined) {
      finding = lookInto(window, this.view);
      this.#found.set(window, finding);
    }
    return finding;
  }
}
