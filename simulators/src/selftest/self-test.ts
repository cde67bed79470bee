import { randomUUID } from 'node:crypto';
import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { type DrillStarted, deviceCard, drillStarted } from '@fenghuo/contracts/rest.ts';
import { deviceTopic } from '@fenghuo/contracts/topics.ts';
import mqtt, { type MqttClient } from 'mqtt';
import { z } from 'zod';
import { Failure } from '../station/failure.ts';
import { Feed, type World } from '../station/feed.ts';
import { RestSession } from '../station/rest-session.ts';

export interface SelfTestOptions {
  url: string;
  mqttUrl: string;
  account: string;
  password: string;
  /** All in all, the end of the drill apart. Milliseconds. */
  withinMs: number;
}

/** What a fire of a drill took from the detector to the screen. Milliseconds. */
export interface SelfTestResult {
  published_to_puback_ms: number;
  published_to_alarm_ms: number;
  published_to_screen_ms: number;
  device: string;
  alarm: string;
  ticket: string;
  case_code: string;
}

const devicePage = z.object({ devices: z.array(deviceCard) });

/**
 * One call for help in a drill from end to end: MQTT in, alarm and ticket out of the socket. It touches nothing live,
 * so an operator may run it every hour. Throws a {@link Failure} that says how far it came.
 */
export async function selfTest(options: SelfTestOptions): Promise<SelfTestResult> {
  const { url, account, password, withinMs } = options;
  const until = performance.now() + withinMs;
  const session = new RestSession({ url, account, password, timeoutMs: withinMs });
  await session.signIn();
  const feed = new FollowedWorld(url, session);
  try {
    const world = await feed.first(until);
    const device = await anyDetector(session);
    const drill = await session.post('/drills', { title: '自检 self-test' }, drillStarted);
    const burning = burn({ options, drill, county: world.county.code, device, feed, until });
    const end = () => session.post(`/drills/${encodeURIComponent(drill.run)}/end`, {}, commandAnswer);
    const result = await burning.catch(async (error: unknown) => {
      await end().catch(() => {});
      throw error;
    });
    await end();
    return result;
  } finally {
    feed.stop();
    await session.signOut().catch(() => {});
  }
}

async function anyDetector(session: RestSession): Promise<string> {
  const { devices } = await session.get('/devices?type=smoke&limit=1', devicePage);
  const [device] = devices;
  if (device === undefined) throw new Failure('bad-answer', 'The county has no smoke detector to test with.');
  return device.id;
}

interface Burning {
  options: SelfTestOptions;
  drill: DrillStarted;
  county: string;
  device: string;
  feed: FollowedWorld;
  until: number;
}

async function burn({ options, drill, county, device, feed, until }: Burning): Promise<SelfTestResult> {
  const client = await connect(options.mqttUrl, drill, until);
  try {
    const topic = deviceTopic({ county, deviceId: device, channel: 'event', run: drill.run });
    const message = { id: randomUUID(), ts: Date.now(), kind: 'manual' };
    const startedAt = performance.now();
    const spent = () => Math.round((performance.now() - startedAt) * 10) / 10;
    const stored = client.publishAsync(topic, JSON.stringify(message), { qos: 1 }).then(spent);
    const alarm = feed
      .until(until, 'no alarm came of it', (world) => alarmOf(world, drill.run, device))
      .then((found) => ({ found, ms: spent() }));
    const ticket = feed
      .until(until, 'no ticket came of it', (world) => ticketOf(world, drill.run))
      .then((found) => ({ found, ms: spent() }));
    const late = inTime(until, 'the endpoint did not acknowledge it');
    const [puback, seen, ordered] = await Promise.all([
      Promise.race([stored, late.promise]),
      alarm,
      ticket,
    ]).finally(late.cancel);
    return {
      published_to_puback_ms: puback,
      published_to_alarm_ms: seen.ms,
      published_to_screen_ms: Math.max(seen.ms, ordered.ms),
      device,
      alarm: seen.found.id,
      ticket: ordered.found.id,
      case_code: ordered.found.caseCode,
    };
  } finally {
    await client.endAsync(true);
  }
}

function alarmOf({ alarms }: World, run: string, device: string) {
  return [...alarms.values()].find((alarm) => alarm.run === run && alarm.device === device) ?? null;
}

function ticketOf({ tickets }: World, run: string) {
  return [...tickets.values()].find((ticket) => ticket.run === run) ?? null;
}

/** The tester's connection of this run; one try, since a self-test that needs two has failed. */
async function connect(
  url: string,
  { username, secret, run }: DrillStarted,
  until: number,
): Promise<MqttClient> {
  const client = mqtt.connect(url, {
    protocolVersion: 5,
    clientId: `selftest-${run}`,
    username,
    password: secret,
    reconnectPeriod: 0,
    connectTimeout: Math.max(1, until - performance.now()),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', (error) =>
        reject(
          new Failure('mqtt-refused', `${url} does not take the tester in: ${error.message || 'no answer'}.`),
        ),
      );
      client.once('close', () => reject(new Failure('unreachable', `${url} does not answer.`)));
    });
  } catch (error) {
    client.end(true);
    throw error;
  }
  return client;
}

/** The socket's world, to be waited upon. */
class FollowedWorld {
  readonly #feed: Feed;
  readonly #watchers = new Set<() => void>();
  #why = 'the socket does not answer';

  constructor(url: string, session: RestSession) {
    this.#feed = new Feed({
      url,
      session,
      onWorld: () => {
        for (const watcher of [...this.#watchers]) watcher();
      },
      onDown: (why) => {
        this.#why = `the socket is down (${why})`;
      },
    });
    this.#feed.start();
  }

  first(until: number): Promise<World> {
    return this.until(until, null, (world) => world);
  }

  /** The first thing that `find` finds; a failure with `otherwise` when it finds nothing in time. */
  until<T>(until: number, otherwise: string | null, find: (world: World) => T | null): Promise<T> {
    const { promise, cancel } = inTime(until, () => otherwise ?? this.#why);
    const found = new Promise<T>((resolve) => {
      const look = () => {
        const { world } = this.#feed;
        const result = world === null ? null : find(world);
        if (result === null) return;
        this.#watchers.delete(look);
        resolve(result);
      };
      this.#watchers.add(look);
      look();
    });
    return Promise.race([found, promise]).finally(cancel);
  }

  stop(): void {
    this.#watchers.clear();
    this.#feed.stop();
  }
}

/** A promise that fails at `until`, on the clock of `performance.now()`. */
function inTime(
  until: number,
  otherwise: string | (() => string),
): { promise: Promise<never>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        const why = typeof otherwise === 'string' ? otherwise : otherwise();
        reject(new Failure('timeout', `Out of time: ${why}.`));
      },
      Math.max(0, until - performance.now()),
    );
  });
  return { promise, cancel: () => clearTimeout(timer) };
}
