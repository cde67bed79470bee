import { type SeededRandom, seededRandom } from '../estate/seeded-random.ts';
import type { StandingBuilding, StandingEstate } from '../read-estate.ts';
import type { Played, Scene } from './actors/actor.ts';
import { playChatter, playHeartbeats, playOffline, playReadings, playSpeak } from './actors/crowds.ts';
import { playFireStory } from './actors/fire.ts';
import { playHostile } from './actors/hostile.ts';
import { choosePlaces } from './choose-places.ts';
import { mostPublications, tooMany } from './most-publications.ts';
import { placed, type ScenarioText } from './read-scenario.ts';
import { eachPart } from './scenario-error.ts';
import { type Moment, type Scenario, stories } from './scenario-schema.ts';
import type { HostileDeed, Publication, Script } from './script.ts';

/** What the command line says over the scenario. */
export interface ScriptWishes {
  seed?: string | undefined;
  /** Nothing is said after it, ms. */
  durationMs?: number | undefined;
  /** No crowd is larger than this. */
  devices?: number | undefined;
  /** The estate is of another size than the scenario asks for. */
  isScaled?: boolean | undefined;
  /** Quiet readings a second beneath the story, in place of its own. */
  rate?: number | undefined;
}

/** A device's messages are told apart by their times: none has two within this. Ms. */
const apartMs = 2;

/** {@link composeScript} of a scenario that was read: what the estate has not is told with the line that asks for it. */
export function composeText(text: ScenarioText, estate: StandingEstate, wishes: ScriptWishes = {}): Script {
  return placed(text, () => composeScript(text.scenario, estate, wishes));
}

/** Works a scenario out: pure, and the same for the same scenario, estate and seed. Throws a {@link ScenarioError}. */
export function composeScript(scenario: Scenario, estate: StandingEstate, wishes: ScriptWishes = {}): Script {
  const random = seededRandom(wishes.seed ?? scenario.seed);
  const durationMs = wishes.durationMs ?? scenario.duration;
  const places = choosePlaces(
    { places: scenario.places, pressed: pressedIn(scenario) },
    estate,
    random.fork('places'),
  );
  const timeline = withRate(scenario.timeline, wishes.rate, durationMs);
  const played = eachPart(timeline, (moment, i) => {
    const story = stories.find((one) => moment[one] !== undefined)!;
    const scene = {
      ...{ estate, places, path: `timeline.${i}.${story}`, random: random.fork(`moment ${i}`) },
      ...{ startsAt: moment.at, endsAt: durationMs, mostDevices: wishes.devices ?? Number.POSITIVE_INFINITY },
    };
    return { ...play(moment, scene), moment: i, drill: moment.drill, isQuiet: story === 'readings' };
  });
  const publications = inOrder(played, { durationMs, estate });
  return {
    timeline,
    publications,
    hostile: aimed(
      played.flatMap(({ hostile = [] }) => hostile),
      publications,
      random.fork('replays'),
    ),
    curves: played.flatMap(({ curves = [], moment }) => curves.map((curve) => ({ ...curve, moment }))),
    places: Object.fromEntries(
      [...places].map(([name, building]: [string, StandingBuilding]) => [name, building.id]),
    ),
    placeNames: Object.fromEntries(
      [...places].map(([name, { nameZh, nameEn }]) => [name, { zh: nameZh, en: nameEn ?? nameZh }]),
    ),
    durationMs,
  };
}

/** Places in which somebody presses a call point. */
function pressedIn({ timeline }: Scenario): Set<string> {
  return new Set(timeline.flatMap(({ fire }) => (fire?.call_point === undefined ? [] : [fire.in])));
}

/** With a rate from the command line the scenario's own readings fall silent. */
function withRate(timeline: readonly Moment[], rate: number | undefined, durationMs: number): Moment[] {
  if (rate === undefined) return [...timeline];
  const rest = timeline.filter(({ readings }) => readings === undefined);
  return [...rest, { at: 0, drill: false, readings: { who: {}, rate, for: durationMs } }];
}

function play(moment: Moment, scene: Scene): Played {
  if (moment.fire !== undefined) return playFireStory(moment.fire, scene);
  if (moment.speak !== undefined) return playSpeak(moment.speak, scene);
  if (moment.readings !== undefined) return playReadings(moment.readings, scene);
  if (moment.heartbeats !== undefined) return playHeartbeats(moment.heartbeats, scene);
  if (moment.chatter !== undefined) return playChatter(moment.chatter, scene);
  if (moment.offline !== undefined) return playOffline(moment.offline, scene);
  return playHostile(moment.hostile!, scene);
}

/** A detector that smells smoke does not say that all is quiet: its quiet readings end with its first alarm. */
function firstAlarms(played: readonly PlayedMoment[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { publications, drill } of played)
    for (const { device, at, expects } of publications)
      if (!drill && expects === 'alarm' && at < (first.get(device) ?? Number.POSITIVE_INFINITY))
        first.set(device, at);
  return first;
}

/** Whether a device is cut off at a moment, itself or by what it hangs on: then nobody hears what it would say. */
function cutTimes(
  played: readonly Played[],
  { devices }: StandingEstate,
): (device: string, at: number) => boolean {
  const cuts = Map.groupBy(
    played.flatMap(({ cut = [] }) => cut),
    ({ device }) => device,
  );
  if (cuts.size === 0) return () => false;
  const parents = new Map(devices.map(({ id, parent }) => [id, parent]));
  return (device, at) => {
    for (let link: string | null = device; link !== null; link = parents.get(link) ?? null)
      if (cuts.get(link)?.some(({ from, to }) => at > from && at < to)) return true;
    return false;
  };
}

interface PlayedMoment extends Played {
  moment: number;
  drill: boolean;
  isQuiet: boolean;
}

function inOrder(
  played: readonly PlayedMoment[],
  { durationMs, estate }: { durationMs: number; estate: StandingEstate },
): Publication[] {
  const total = played.reduce((sum, { publications }) => sum + publications.length, 0);
  if (total > mostPublications) throw tooMany(total, 'timeline');
  const alarmsFrom = firstAlarms(played);
  const isCut = cutTimes(played, estate);
  const all: Publication[] = [];
  for (const { publications, moment, drill, isQuiet, cut } of played)
    for (const one of publications) {
      const overtaken = isQuiet && one.at >= (alarmsFrom.get(one.device) ?? Number.POSITIVE_INFINITY);
      const unheard = cut === undefined && !drill && isCut(one.device, one.at);
      if (one.at < durationMs && !overtaken && !unheard) all.push({ ...one, moment, drill });
    }
  all.sort((a, b) => a.at - b.at);
  const lastAt = new Map<string, number>();
  for (const one of all) {
    one.at = Math.max(one.at, (lastAt.get(one.device) ?? -apartMs) + apartMs);
    lastAt.set(one.device, one.at);
  }
  return all.sort((a, b) => a.at - b.at);
}

/** What is replayed was said before the replay. */
function aimed(
  deeds: HostileDeed[],
  publications: readonly Publication[],
  random: SeededRandom,
): HostileDeed[] {
  return deeds
    .sort((a, b) => a.at - b.at)
    .map((deed) => {
      if (deed.act !== 'replayed') return deed;
      const before = publications.flatMap(({ at, message, drill }, i) =>
        at < deed.at - 1000 && message !== null && !drill ? [i] : [],
      );
      return { ...deed, replays: before.length === 0 ? null : random.pick(before) };
    });
}
