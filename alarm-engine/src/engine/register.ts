import type {
  CommandAnswer,
  RegisterBuildings,
  RegisterDevices,
  RegisterPeople,
  RegisterUnits,
} from '@fenghuo/contracts/commands.ts';
import type { BuildingRegistration, UnitRegistration } from '@fenghuo/contracts/registry.ts';
import type { RegisteredBuilding, RegisteredUnit, Registry } from '../registry/registry.ts';
import { done, onRecord } from './command-answer.ts';
import type { Effects } from './effects.ts';
import type { Actor } from './inputs.ts';
import type { Turn } from './turn.ts';

/** So many are named on the record; of the others it has the number. */
const named = 20;

/**
 * Devices that are new, changed or adopted. They were checked at the door; what the database refuses after all, such as a
 * building that is gone meanwhile, sets the whole command aside. The registry in memory has them from the next batch on.
 */
export function registerDevices(turn: Turn, actor: Actor, body: RegisterDevices): CommandAnswer {
  const added = body.devices.filter(({ id }) => turn.registry.numberOf(id) < 0);
  for (const device of body.devices) turn.effects.devices.set(device.id, device);
  const county = { area: turn.registry.county.code, run: null };
  onRecord(turn, actor, body, county, {
    ...{ added: added.length, revised: body.devices.length - added.length },
    devices: body.devices.slice(0, named),
  });
  return done(turn, body, body.devices.length);
}

export function registerBuildings(turn: Turn, actor: Actor, body: RegisterBuildings): CommandAnswer {
  const before = body.buildings.map(({ id }) => turn.registry.buildings.get(id) ?? null);
  for (const building of body.buildings) turn.effects.buildings.set(building.id, building);
  const [first] = body.buildings;
  const where = { area: first?.area ?? turn.registry.county.code, run: null };
  const after = body.buildings.map(asRegistered);
  onRecord(turn, actor, body, where, { before: before.slice(0, named), after: after.slice(0, named) });
  return done(turn, body, body.buildings.length);
}

export function registerUnits(turn: Turn, actor: Actor, body: RegisterUnits): CommandAnswer {
  const before = body.units.map(({ id }) => turn.registry.units.get(id) ?? null);
  for (const unit of body.units) turn.effects.units.set(unit.id, unit);
  const where = { area: turn.registry.county.code, run: null };
  onRecord(turn, actor, body, where, {
    before: before.slice(0, named),
    after: body.units.map(asUnit).slice(0, named),
  });
  return done(turn, body, body.units.length);
}

/** The record says whose unit it is and was, and no names and numbers: it keeps for good what may have to be erased. */
export function registerPeople(turn: Turn, actor: Actor, body: RegisterPeople): CommandAnswer {
  const { people } = turn.registry;
  const moved = body.people.map(({ id, unit }) => ({
    id,
    before: people.get(id)?.unit ?? null,
    after: unit,
  }));
  for (const person of body.people) turn.effects.people.set(person.id, person);
  onRecord(
    turn,
    actor,
    body,
    { area: turn.registry.county.code, run: null },
    {
      people: moved.length,
      units: moved.slice(0, named),
    },
  );
  return done(turn, body, body.people.length);
}

/** After the commit: memory has what the tables have. */
export function keepRegistrations(registry: Registry, effects: Effects): void {
  const { devices, buildings, units, people } = effects;
  for (const unit of units.values()) registry.addUnit(asUnit(unit));
  for (const { id, unit, dutyPost: post, onDuty } of people.values())
    registry.addPerson({ id, unit, post, onDuty });
  for (const building of buildings.values()) registry.buildings.set(building.id, asRegistered(building));
  for (const device of devices.values()) registry.register(device);
}

function asUnit({ nameZh, nameEn, ...unit }: UnitRegistration): RegisteredUnit {
  return { ...unit, name: { zh: nameZh, en: nameEn } };
}

function asRegistered(building: BuildingRegistration): RegisteredBuilding {
  const { id, area, nameZh, nameEn, use, floors, lon, lat } = building;
  return { id, area, name: { zh: nameZh, en: nameEn ?? nameZh }, use, floors, lon, lat };
}
