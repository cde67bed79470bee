import type { CommandAnswer, RegisterBuildings, RegisterDevices } from '@fenghuo/contracts/commands.ts';
import type { BuildingRegistration } from '@fenghuo/contracts/registry.ts';
import type { RegisteredBuilding, Registry } from '../registry/registry.ts';
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

/** After the commit: memory has what the tables have. */
export function keepRegistrations(registry: Registry, { devices, buildings }: Effects): void {
  for (const building of buildings.values()) registry.buildings.set(building.id, asRegistered(building));
  for (const device of devices.values()) registry.register(device);
}

function asRegistered(building: BuildingRegistration): RegisteredBuilding {
  const { id, area, nameZh, nameEn, use, floors, lon, lat } = building;
  return { id, area, name: { zh: nameZh, en: nameEn ?? nameZh }, use, floors, lon, lat };
}
