import {
  type Dialect,
  type DialectMessage,
  type DialectReading,
  nothingSaid,
  type Report,
} from './dialect.ts';
import { type HomeAssistantEntity, homeAssistantEntity } from './home-assistant-entity.ts';
import { isRecord, readJsonPayload } from './json-payload.ts';

const configPattern = /^homeassistant\/([^/]+)\/(?:([^/]+)\/)?([^/]+)\/config$/;

/** Entities remembered at most; of more, the one that was announced longest ago is forgotten. */
const mostEntities = 100_000;

/** A topic that an entity listens to, and for what. */
type Ear = { entity: HomeAssistantEntity; what: 'state' | 'availability' };

/**
 * Home Assistant's MQTT discovery: `homeassistant/binary_sensor/[{node}/]{id}/config` announces an entity, its state then
 * comes on a topic of its own choice. Only classes that say something of a hazard or of upkeep are kept. A
 * configuration is retained and is sent again with each subscription; until it has come, the state's topic is
 * unknown.
 */
export function homeAssistant(): Dialect {
  const worlds = new Map<string, Announced>();
  const worldOf = (run: string | null) => {
    const world = worlds.get(run ?? '') ?? new Announced();
    worlds.set(run ?? '', world);
    if (worlds.size > mostWorlds) worlds.delete(worlds.keys().next().value!);
    return world;
  };
  return {
    name: 'homeassistant',
    filters: ['homeassistant/+/+/config', 'homeassistant/+/+/+/config'],
    hears: ({ original, run }) =>
      original.startsWith('homeassistant/') || (worlds.get(run ?? '')?.hears(original) ?? false),
    read: (message) => read(message, worldOf(message.topic.run)),
  };
}

/** Live, and the drills of late. */
const mostWorlds = 16;

/** What was announced in one world. */
class Announced {
  readonly #byConfig = new Map<string, HomeAssistantEntity>();
  readonly #ears = new Map<string, Ear[]>();

  hears(topic: string): boolean {
    return this.#ears.has(topic);
  }

  earsOf(topic: string): readonly Ear[] {
    return this.#ears.get(topic) ?? [];
  }

  forget(config: string): void {
    const entity = this.#byConfig.get(config);
    this.#byConfig.delete(config);
    if (entity === undefined) return;
    for (const topic of topicsOf(entity)) {
      const left = this.earsOf(topic).filter((ear) => ear.entity !== entity);
      if (left.length === 0) this.#ears.delete(topic);
      else this.#ears.set(topic, left);
    }
  }

  keep(config: string, entity: HomeAssistantEntity): void {
    this.forget(config);
    this.#byConfig.set(config, entity);
    this.#listen(entity.stateTopic, { entity, what: 'state' });
    for (const { topic } of entity.availability) this.#listen(topic, { entity, what: 'availability' });
    if (this.#byConfig.size > mostEntities) this.forget(this.#byConfig.keys().next().value!);
  }

  #listen(topic: string, ear: Ear): void {
    this.#ears.set(topic, [...this.earsOf(topic), ear]);
  }
}

function topicsOf({ stateTopic, availability }: HomeAssistantEntity): Set<string> {
  return new Set([stateTopic, ...availability.map(({ topic }) => topic)]);
}

function read(message: DialectMessage, announced: Announced): DialectReading {
  const { original } = message.topic;
  const [, component, node, id] = configPattern.exec(original) ?? [];
  if (component === undefined && original.startsWith('homeassistant/')) return nothingSaid;
  if (component === undefined) return readStates(message, announced.earsOf(original));
  if (component !== 'binary_sensor') return nothingSaid;
  if (message.payload.length === 0) {
    announced.forget(original);
    return nothingSaid;
  }
  const parsed = readJsonPayload(message.payload);
  if ('reason' in parsed) return parsed;
  const entity = homeAssistantEntity(parsed.json, node === undefined ? id! : `${node}/${id}`);
  if (typeof entity === 'string') return { reason: 'schema', detail: entity };
  if (entity === null) announced.forget(original);
  else announced.keep(original, entity);
  return nothingSaid;
}

function readStates(message: DialectMessage, ears: readonly Ear[]): DialectReading {
  const text = message.payload.toString('utf8').trim();
  const parsed = readJsonPayload(message.payload);
  const json = 'json' in parsed ? parsed.json : null;
  if ('reason' in parsed && parsed.reason !== 'not-json') return parsed;
  const readings = ears.map((ear) => readEar(ear, message.topic.original, text, json));
  if (readings.every((reading) => reading === null))
    return { reason: 'unknown-payload', detail: `not what was announced for ${ears[0]?.entity.id}` };
  return {
    reports: readings.filter((reading) => reading !== null),
    heard: ears.map(({ entity }) => entity.id),
  };
}

/** Null: the payload is none of those that were announced. */
function readEar({ entity, what }: Ear, topic: string, text: string, json: unknown): Report | null {
  const { id, kind, state, class: deviceClass } = entity;
  if (what === 'state') {
    const said = entity.valuePath === null ? text : textAt(json, entity.valuePath);
    const held = said === entity.payloadOn ? true : said === entity.payloadOff ? false : null;
    if (held === null) return null;
    const lapses = entity.offDelayMs === null ? {} : { lapsesAfterMs: entity.offDelayMs };
    const attrs = { class: deviceClass, name: entity.name };
    return { entity: id, kind, state: held ? state : 'normal', attrs, ...lapses };
  }
  const { path, online, offline } = entity.availability.find((one) => one.topic === topic)!;
  const said = path === null ? text : textAt(json, path);
  if (said !== online && said !== offline) return null;
  const attrs = { availability: said };
  return {
    entity: id,
    kind: 'fault',
    state: said === online ? 'normal' : 'fault',
    aspect: topic,
    attrs,
    standing: true,
  };
}

function textAt(json: unknown, path: readonly string[]): string | null {
  let value = json;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return null;
  }
}
