import { create } from 'zustand';
import { newCommandId } from '../desk/act.ts';
import { checkSession } from '../state/session.ts';
import { nextOnTicket, nextToSend, type OutboxEntry, type Told, type WaitingAct } from './outbox.ts';
import { type NewEntry, phoneStore } from './phone-store.ts';
import { type Sent, sendEntry } from './send-entry.ts';

/** The outbox as it is on this phone's disk, and what the last try came to. */
export interface Outbox {
  entries: readonly OutboxEntry[];
  sending: string | null;
  /** By ticket: done, and perhaps not yet in the world that the feed shows. */
  told: ReadonlyMap<string, Told>;
}

export const useOutbox = create<Outbox>(() => ({ entries: [], sending: null, told: new Map() }));

/** An answer may come and the change that it made not any more, before the network is gone: it is kept, for so many tickets. */
const toldKey = 'told';
const mostTold = 100;

/** After a try without an answer, the next, in ms: soon at first, then rarer. */
const [soonestMs, latestMs] = [2_000, 30_000];

/**
 * Takes what waits on this phone to the station, one at a time, for as long as the page is open. It begins again when the
 * network comes back, when the app is opened, and by itself after a while.
 */
export class Postman {
  readonly #account: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitMs = soonestMs;
  #isOut = false;
  #stopped = false;
  readonly #call = () => void this.go();

  constructor(account: string) {
    this.#account = account;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    const told = (await phoneStore.known(toldKey)) as Outbox['told'] | undefined;
    if (told !== undefined) useOutbox.setState({ told });
    addEventListener('online', this.#call);
    document.addEventListener('visibilitychange', this.#call);
    await this.#show();
    await this.go();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    removeEventListener('online', this.#call);
    document.removeEventListener('visibilitychange', this.#call);
  }

  /** Keeps what was done; when it resolves, closing the app loses nothing. */
  async post(entry: NewEntry): Promise<void> {
    await phoneStore.addEntry(entry);
    await this.#show();
    void this.go();
  }

  /** The person has read why it was refused. */
  async dismiss({ no }: OutboxEntry): Promise<void> {
    await phoneStore.removeEntry(no);
    await this.#show();
  }

  async go(): Promise<void> {
    if (this.#isOut || this.#stopped) return;
    this.#isOut = true;
    clearTimeout(this.#timer);
    try {
      await alone(() => this.#round());
    } finally {
      this.#isOut = false;
      useOutbox.setState({ sending: null });
    }
    if (this.#stopped || nextToSend(this.#mine()) === undefined) return;
    this.#timer = setTimeout(this.#call, this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 2, latestMs);
  }

  /** Sends until nothing is left or one gets no answer. */
  async #round(): Promise<void> {
    await this.#show();
    for (let next = nextToSend(this.#mine()); next !== undefined; next = nextToSend(this.#mine())) {
      useOutbox.setState({ sending: next.id });
      const sent = await sendEntry(next);
      if (sent.what === 'stranger') void checkSession();
      if (sent.what === 'stranger' || sent.what === 'later' || this.#stopped) return;
      this.#waitMs = soonestMs;
      await this.#settle(next, sent);
      await this.#show();
    }
  }

  async #settle(entry: OutboxEntry, sent: Exclude<Sent, { what: 'later' | 'stranger' }>): Promise<void> {
    switch (sent.what) {
      case 'done':
      case 'overtaken':
        if (entry.kind !== 'file' && entry.kind !== 'read') await this.#told(entry, sent.version);
        return phoneStore.removeEntry(entry.no);
      case 'again':
        await phoneStore.putEntry({ ...entry, id: newCommandId(), version: sent.version } as OutboxEntry);
        return;
      case 'refused':
        await phoneStore.putEntry({ ...entry, refused: sent.why });
    }
  }

  /** The next act of the ticket is done on what this one made of it. Kept before it is sent: one id, one content. */
  async #told(act: WaitingAct, version: number): Promise<void> {
    const { ticket, to } = act;
    const now = act.kind === 'move' ? { step: to, party: null } : { step: null, party: act.to };
    const told = new Map(
      [...useOutbox.getState().told, [ticket, { ...now, version }] as const].slice(-mostTold),
    );
    await phoneStore.keepKnown(toldKey, told);
    useOutbox.setState({ told });
    const next = nextOnTicket(this.#mine(), act);
    if (next !== undefined) await phoneStore.putEntry({ ...next, version });
  }

  #mine(): OutboxEntry[] {
    return useOutbox.getState().entries.filter(({ account }) => account === this.#account);
  }

  async #show(): Promise<void> {
    useOutbox.setState({ entries: await phoneStore.entries() });
  }
}

/** One page of this phone sends at a time, where the browser has locks; without, the ids see to it that all is done once. */
async function alone(send: () => Promise<void>): Promise<void> {
  if (navigator.locks === undefined) return send();
  await navigator.locks.request('fenghuo.outbox', send);
}
