import type { BridgeLink } from '../ambient/bridge-link.ts';
import type { CameraOrder } from './camera-order.ts';
import { type CameraSighting, messageOf } from './camera-speech.ts';

/** Says over MQTT what cameras begin and cease to see. */
export class CameraTeller {
  readonly #link: Pick<BridgeLink, 'publish'>;
  readonly #county: string;
  readonly #run: string;
  readonly #clock: () => number;
  readonly #open = new Map<string, Pick<CameraSighting, 'id' | 'since'>>();
  #told = 0;

  /** `run` opens the ids of its sightings; no other run may have it. */
  constructor(
    link: Pick<BridgeLink, 'publish'>,
    given: { county: string; run: string; clock: () => number },
  ) {
    this.#link = link;
    this.#county = given.county;
    this.#run = given.run;
    this.#clock = given.clock;
  }

  /** Resolves once the server has stored it. */
  async tell(camera: string, told: NonNullable<CameraOrder['tell']>): Promise<void> {
    const { kind, begins, confidence } = told;
    const key = `${camera} ${kind} ${told.in}`;
    const at = this.#clock();
    this.#told += 1;
    const seen = this.#open.get(key) ?? {
      id: `${(at / 1000).toFixed(3)}-${this.#run}${this.#told}`,
      since: at,
    };
    if (begins) this.#open.set(key, seen);
    else this.#open.delete(key);
    const message = messageOf({ camera, kind, begins, confidence, at, ...seen }, told.in, this.#county);
    if (message === null) throw new RangeError(`${told.in} has no word for ${kind}.`);
    await this.#link.publish(message.topic, message.payload, message.retain);
  }
}
