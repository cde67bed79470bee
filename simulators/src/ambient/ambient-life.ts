import type { DeviceMessage } from '@fenghuo/contracts/device-message.ts';
import { deviceTopic } from '@fenghuo/contracts/topics.ts';
import { orderAfter, orderCamera } from '../cameras/camera-order.ts';
import type { StandingEstate } from '../read-estate.ts';
import { RestSession } from '../station/rest-session.ts';
import { type Accounts, bridgeSecretOf, demoBridge, passwordOf } from '../station/station-file.ts';
import { BridgeLink } from './bridge-link.ts';
import { Crew } from './crew.ts';
import { type DayClock, openDay, openingSecond, realTime } from './day-clock.ts';
import { Heartbeats } from './heartbeats.ts';
import { planDay } from './plan-day.ts';
import { Player } from './player.ts';
import type { Rates } from './rates.ts';
import { SetOffLog } from './set-off-log.ts';

export interface AmbientLifeOptions {
  estate: StandingEstate;
  rates: Rates;
  /** Simulated time is so many times as fast as real time, for beginnings of happenings only. */
  timeFactor: number;
  /** Everything drawn comes of it. */
  seed: string;
  /** Such as `http://127.0.0.1:8080` and `mqtt://127.0.0.1:1883`. */
  url: string;
  mqttUrl: string;
  accounts: Accounts;
  /** Where simulated cameras take orders; absent: there are none. */
  cameras?: string | undefined;
  /** Where it keeps what it set off. */
  stateFile: string;
  /** Something worth a line in the log. */
  onNews: (news: string) => void;
}

const tickMs = 250;

/** A quiet day in a county, over and over: heartbeats, a few alarms, and the people who see to them. */
export class AmbientLife {
  readonly #options: AmbientLifeOptions;
  readonly #log: SetOffLog;
  readonly #sessions: { dispatcher: RestSession; crew: RestSession };
  readonly #events: BridgeLink;
  readonly #beats: BridgeLink;
  readonly #player: Player;
  readonly #heartbeats: Heartbeats;
  readonly #crew: Crew;
  #clock: DayClock = { startedAt: 0, startS: 0, factor: 1 };
  #nextDay = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: AmbientLifeOptions) {
    this.#options = options;
    const { estate, rates, url, accounts, stateFile, seed, onNews } = options;
    const trouble = (error: Error) => onNews(error.message);
    this.#log = new SetOffLog({ file: stateFile, onError: trouble });
    this.#events = this.#link('events');
    this.#beats = this.#link('heartbeats');
    this.#player = new Player({ log: this.#log, send: this.#sendEvent, run: seed, onError: trouble });
    const devices = estate.devices.map((device) => device.id);
    this.#heartbeats = new Heartbeats({ devices, rate: rates.heartbeat, send: this.#sendHeartbeat });
    const session = (account: string) =>
      new RestSession({ url, account, password: passwordOf(accounts, account) });
    this.#sessions = { dispatcher: session('dispatcher'), crew: session('crew') };
    this.#crew = new Crew({
      url,
      sessions: this.#sessions,
      log: this.#log,
      now: Date.now,
      onTrouble: onNews,
    });
  }

  /** Resolves once devices are connected and people signed in. */
  async start(): Promise<void> {
    const { timeFactor } = this.#options;
    await this.#log.load();
    const { dispatcher, crew } = this.#sessions;
    await Promise.all([this.#events.start(), this.#beats.start(), dispatcher.signIn(), crew.signIn()]);
    const now = Date.now();
    this.#clock = { startedAt: now, startS: openingSecond(timeFactor, new Date(now)), factor: timeFactor };
    this.#heartbeats.start();
    this.#crew.start();
    this.#timer = setInterval(() => this.#tick(Date.now()), tickMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#heartbeats.stop();
    this.#crew.stop();
    await Promise.all([this.#events.stop(), this.#beats.stop()]);
    await this.#log.flush();
  }

  #tick(now: number): void {
    if (now >= realTime(this.#clock, this.#nextDay, midnight)) this.#beginDay(this.#nextDay++);
    this.#player.tick(now);
  }

  #beginDay(day: number): void {
    const { seed, estate, rates, onNews } = this.#options;
    const planned = planDay({ seed: `${seed}/${day}`, estate, rates });
    const acts = day === 0 ? openDay(planned, this.#clock) : planned;
    this.#player.queue(
      acts.map((act) => ({
        act,
        beginsAt: realTime(this.#clock, day, act.begins),
        endsAt: realTime(this.#clock, day, act.ends),
      })),
    );
    onNews(`simulated day ${day + 1}: ${acts.length} devices will go off`);
  }

  #link(purpose: string): BridgeLink {
    const { mqttUrl, accounts, onNews } = this.#options;
    const secret = bridgeSecretOf(accounts);
    return new BridgeLink({
      url: mqttUrl,
      username: demoBridge,
      secret,
      clientId: `${demoBridge}-${purpose}`,
      onNews: (news) => onNews(`${purpose}: ${news}`),
    });
  }

  readonly #sendEvent = (device: string, message: DeviceMessage): Promise<void> => {
    this.#showPicture(device, message);
    return this.#events.publish(this.#topic(device, 'event'), JSON.stringify(message));
  };

  /** A camera shows what it says that it sees. One that does not take the order shows what it showed. */
  #showPicture(camera: string, message: DeviceMessage): void {
    const { cameras, onNews } = this.#options;
    const order = orderAfter(message);
    if (cameras === undefined || order === null) return;
    orderCamera(cameras, camera, order).catch((error: Error) => onNews(error.message));
  }

  readonly #sendHeartbeat = (device: string): boolean =>
    this.#beats.hint(this.#topic(device, 'heartbeat'), '');

  #topic(deviceId: string, channel: 'event' | 'heartbeat'): string {
    return deviceTopic({ county: this.#options.estate.county.code, deviceId, channel, run: null });
  }
}

const midnight = { atS: 0, afterS: 0 };
