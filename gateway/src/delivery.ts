import type { DeviceEvent, Refused } from './device-event.ts';

/**
 * What the intake queue carries: one thing to store, and whom to tell once it is stored. `acknowledge` is
 * called once, after the commit, and never when the transaction failed; it does not throw.
 */
export type Delivery = { acknowledge(): void } & (
  | {
      readonly event: DeviceEvent;
      /** Number of its device as the gateway knew it; −1 or absent: ask again. */
      readonly deviceNo?: number;
      readonly refused?: undefined;
    }
  | { readonly refused: Refused; readonly event?: undefined; readonly deviceNo?: undefined }
);

/**
 * Where a message came from, as the intake knows it: told, with the source's own number for the message, when
 * all that the message held is stored.
 */
export interface Origin {
  stored(token: number): void;
}

/** A class instead of a closure: one small object a message. */
export class EventDelivery {
  readonly event: DeviceEvent;
  readonly deviceNo: number;
  readonly #origin: Origin;
  readonly #token: number;

  constructor(event: DeviceEvent, deviceNo: number, origin: Origin, token: number) {
    this.event = event;
    this.deviceNo = deviceNo;
    this.#origin = origin;
    this.#token = token;
  }

  acknowledge(): void {
    this.#origin.stored(this.#token);
  }
}

export class RefusedDelivery {
  readonly refused: Refused;
  readonly #origin: Origin;
  readonly #token: number;

  constructor(refused: Refused, origin: Origin, token: number) {
    this.refused = refused;
    this.#origin = origin;
    this.#token = token;
  }

  acknowledge(): void {
    this.#origin.stored(this.#token);
  }
}

/** The origin of a message that decoded to several events: it hears of the last one. */
export class SharedOrigin implements Origin {
  #waiting: number;
  readonly #origin: Origin;

  constructor(origin: Origin, events: number) {
    this.#origin = origin;
    this.#waiting = events;
  }

  stored(token: number): void {
    this.#waiting--;
    if (this.#waiting === 0) this.#origin.stored(token);
  }
}

/** The origin of a message whose codec remembers what was stored. */
export class RememberingOrigin implements Origin {
  readonly #origin: Origin;
  readonly #remember: () => void;

  constructor(origin: Origin, remember: () => void) {
    this.#origin = origin;
    this.#remember = remember;
  }

  stored(token: number): void {
    this.#remember();
    this.#origin.stored(token);
  }
}
