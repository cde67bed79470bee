import type { SeededRandom } from '../../estate/seeded-random.ts';
import { chooseCrowd } from '../choose-crowd.ts';
import type { HostileStory } from '../scenario-schema.ts';
import type { HostileDeed } from '../script.ts';
import type { Played, Scene } from './actor.ts';

/** The endpoint takes 64 KiB of payload: this is more. */
const giantBytes = 70_000;
const garbageBytes = 200;

/** One stolen secret: garbage, a giant, what was said before said again, and words in another's name. */
export function playHostile(story: HostileStory, scene: Scene): Played {
  const [stolen] = chooseCrowd(story.as, scene, scene.random, `${scene.path}.as`);
  const others = scene.estate.devices.filter(
    (device) => device.id !== stolen!.id && (device.type === 'smoke' || device.type === 'manual'),
  );
  const rounds = story.times * story.does.length;
  const hostile = Array.from({ length: rounds }, (_, i): HostileDeed => {
    const act = story.does[i % story.does.length]!;
    const random = scene.random.fork(`deed ${i}`);
    return {
      at: Math.round(scene.startsAt + (story.over * i) / rounds),
      act,
      device: stolen!.id,
      target: others.length === 0 ? stolen!.id : random.pick(others).id,
      replays: null,
      bytes: bytesOf(act, random),
    };
  });
  return { publications: [], hostile };
}

function bytesOf(act: HostileDeed['act'], random: SeededRandom): Buffer {
  switch (act) {
    case 'garbage':
      return Buffer.from(Array.from({ length: garbageBytes }, () => random.whole(0, 255)));
    case 'giant':
      return Buffer.from(`{"kind":"smoke","state":"alarm","attrs":{"x":"${'x'.repeat(giantBytes)}"}}`);
    case 'replayed':
      return Buffer.alloc(0);
    case 'forged':
      return Buffer.from('{"kind":"manual","state":"alarm","attrs":{"forged":true}}');
  }
}
