import type { StandingDevice } from '../../read-estate.ts';
import { chooseCrowd } from '../choose-crowd.ts';
import { mostPublications, tooMany } from '../most-publications.ts';
import type {
  ChatterStory,
  HeartbeatsStory,
  OfflineStory,
  ReadingsStory,
  SpeakStory,
} from '../scenario-schema.ts';
import { expectationOf, type Said } from '../script.ts';
import { usualKind, usualReading } from '../usual-words.ts';
import type { Played, Scene } from './actor.ts';

type Saying = Pick<SpeakStory, 'kind' | 'state' | 'value' | 'unit' | 'attrs' | 'expects'>;

function say(device: StandingDevice, at: number, story: Saying, scene: Scene) {
  const { kind = usualKind(device.type), state, value, unit, attrs } = story;
  const usual = usualReading(kind, state === 'alarm', scene.random);
  const drawn = typeof value === 'object' ? Math.round(scene.random.between(...value) * 1000) / 1000 : value;
  const message: Said = {
    ...{ kind, state },
    ...(drawn === undefined
      ? usual
      : { value: drawn, ...(usual.unit === undefined ? {} : { unit: usual.unit }) }),
    ...(unit === undefined ? {} : { unit }),
    ...(attrs === undefined ? {} : { attrs }),
  };
  return { at: Math.round(at), device: device.id, message, expects: story.expects ?? expectationOf(message) };
}

/** A crowd says one thing, evenly over a time, and takes it back when it is said when. */
export function playSpeak(story: SpeakStory, scene: Scene): Played {
  const crowd = chooseCrowd(story.who, scene, scene.random, `${scene.path}.who`);
  const publications = crowd.flatMap((device, i) => {
    const at = scene.startsAt + (story.over * i) / crowd.length;
    const first = say(device, at, story, scene);
    if (story.returns_after === undefined) return [first];
    const kind = first.message.kind;
    const returned = {
      state: 'normal',
      kind: isMeasured(kind) ? kind : 'restore',
      expects: 'nothing',
    } as const;
    return [first, say(device, at + story.returns_after, returned, scene)];
  });
  return { publications };
}

/** What is over when its own kind is normal again; everything else is restored. */
function isMeasured(kind: Said['kind']): boolean {
  return kind !== 'fault' && kind !== 'tamper' && kind !== 'battery';
}

function bounded(count: number, { path }: Scene): number {
  if (count > mostPublications) throw tooMany(count, path);
  return count;
}

/** The quiet telemetry of a crowd, round and round. */
export function playReadings(story: ReadingsStory, scene: Scene): Played {
  const crowd = chooseCrowd(story.who, scene, scene.random, `${scene.path}.who`);
  const until = Math.min(story.for, scene.endsAt - scene.startsAt);
  const count = bounded(Math.floor((until * story.rate) / 1000), scene);
  const quiet = { state: 'normal', expects: 'nothing' } as const;
  const publications = Array.from({ length: count }, (_, i) =>
    say(crowd[i % crowd.length]!, scene.startsAt + (i * 1000) / story.rate, quiet, scene),
  );
  return { publications };
}

/** Signs of life: each device on its own beat. */
export function playHeartbeats(story: HeartbeatsStory, scene: Scene): Played {
  const crowd = chooseCrowd(story.who, scene, scene.random, `${scene.path}.who`);
  const until = Math.min(scene.endsAt, scene.startsAt + story.for);
  bounded(Math.ceil((until - scene.startsAt) / story.every) * crowd.length, scene);
  const publications: Played['publications'] = [];
  for (const { id } of crowd)
    for (let at = scene.startsAt + scene.random.next() * story.every; at < until; at += story.every)
      publications.push({ at: Math.round(at), device: id, message: null, expects: 'nothing' });
  return { publications };
}

/** On and off, again and again: one alarm, however often. */
export function playChatter(story: ChatterStory, scene: Scene): Played {
  const crowd = chooseCrowd(story.who, scene, scene.random, `${scene.path}.who`);
  bounded(story.times * 2 * crowd.length, scene);
  const off = { ...story, state: 'normal', expects: 'nothing' } as const;
  const publications = crowd.flatMap((device) =>
    Array.from({ length: story.times * 2 }, (_, i) => {
      const at = scene.startsAt + (i * story.every) / 2;
      return say(device, at, i % 2 === 0 ? { ...story, state: 'alarm' } : off, scene);
    }),
  );
  return { publications };
}

/**
 * Heard, then unheard, and with it all that hangs on it: some say with their last breath that their supply is gone, and
 * come back restored.
 */
export function playOffline(story: OfflineStory, scene: Scene): Played {
  const crowd = chooseCrowd(story.who, scene, scene.random, `${scene.path}.who`);
  const { back_after: back = Number.POSITIVE_INFINITY } = story;
  const leaving = crowd.map((device, i) => ({
    device,
    at: Math.round(scene.startsAt + (story.over * i) / crowd.length),
  }));
  return {
    publications: leaving.flatMap(({ device, at }) => [
      { at, device: device.id, message: null, expects: 'nothing' as const },
      ...(scene.random.chance(story.last_gasp) ? [say(device, at + 2, lastGasp, scene)] : []),
      ...(back === Number.POSITIVE_INFINITY ? [] : [say(device, at + back, restored, scene)]),
    ]),
    cut: leaving.map(({ device: { id: device }, at }) => ({ device, from: at, to: at + back })),
  };
}

const lastGasp: Saying = {
  kind: 'fault',
  state: 'fault',
  attrs: { cause: 'mains lost' },
  expects: 'nothing',
};
const restored: Saying = { kind: 'restore', state: 'normal', expects: 'nothing' };
