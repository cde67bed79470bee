import { readFile, rename, writeFile } from 'node:fs/promises';
import { reportedKinds } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { stories } from './act.ts';

/**
 * What ambient life set off and is not over yet, kept in `<data>/ambient.json`: a demo that is stopped in
 * the middle of a fire puts it out after its next start, and the crew knows which incidents are its own.
 */
const setOff = z.object({
  device: z.string(),
  kind: z.enum(reportedKinds),
  story: z.enum(stories),
  /** What the one who calls it off will write down; null when it is to be taken in earnest. */
  found: z.string().nullable(),
  /** When it was published, milliseconds since 1970. */
  at: z.number(),
  /** When the device is to be well again. */
  endsAt: z.number(),
  /** It was told to be well. */
  ended: z.boolean(),
  /** Incident that came of it, once the crew saw it. */
  incident: z.string().nullable(),
});
export type SetOff = z.infer<typeof setOff>;

/** An alarm is of a set-off when it was raised in this time around it: a backlog delays, clocks differ. */
const earlyMs = 5_000;
const lateMs = 5 * 60_000;
/** More entries than a day of a county makes; the oldest go first. */
const most = 2_000;

export interface SetOffLogOptions {
  /** File to keep it in. */
  file: string;
  /** Told when the file cannot be written; ambient life goes on without it. */
  onError: (error: Error) => void;
}

export class SetOffLog {
  readonly #options: SetOffLogOptions;
  #entries: SetOff[] = [];
  #byDevice = new Map<string, SetOff[]>();
  #writing: Promise<void> = Promise.resolve();
  #changed = false;

  constructor(options: SetOffLogOptions) {
    this.#options = options;
  }

  /** Reads what an earlier run left; a missing or damaged file is an empty one. */
  async load(): Promise<void> {
    const text = await readFile(this.#options.file, 'utf8').catch(() => '[]');
    this.#replace(readEntries(text));
  }

  get entries(): readonly SetOff[] {
    return this.#entries;
  }

  isLit(device: string): boolean {
    return this.#byDevice.get(device)?.some((entry) => !entry.ended) ?? false;
  }

  add(entry: SetOff): void {
    this.#replace([...this.#entries, entry].slice(-most));
    this.#keep();
  }

  /** The server has stored that the device is well again. */
  end(entry: SetOff): void {
    entry.ended = true;
    this.#keep();
  }

  /** The set-off that an alarm came of, if ambient life raised it. */
  find(device: string, raisedAt: number): SetOff | null {
    const near = ({ at }: SetOff) => raisedAt >= at - earlyMs && raisedAt <= at + lateMs;
    return this.#byDevice.get(device)?.find(near) ?? null;
  }

  /** Remembers the incident that came of a set-off. */
  bind(entry: SetOff, incident: string): void {
    if (entry.incident === incident) return;
    entry.incident = incident;
    this.#keep();
  }

  /** Forgets what `isOver` says is over. */
  forget(isOver: (entry: SetOff) => boolean): void {
    const left = this.#entries.filter((entry) => !isOver(entry));
    if (left.length === this.#entries.length) return;
    this.#replace(left);
    this.#keep();
  }

  #replace(entries: SetOff[]): void {
    this.#entries = entries;
    this.#byDevice = Map.groupBy(entries, (entry) => entry.device);
  }

  /** Waits until the file holds what is known now. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** Writes soon; changes that come while it writes are written together. */
  #keep(): void {
    if (this.#changed) return;
    this.#changed = true;
    this.#writing = this.#writing.then(() => this.#write()).catch(this.#options.onError);
  }

  async #write(): Promise<void> {
    this.#changed = false;
    const { file } = this.#options;
    await writeFile(`${file}.new`, JSON.stringify(this.#entries), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
}

function readEntries(text: string): SetOff[] {
  try {
    return z.array(setOff).parse(JSON.parse(text));
  } catch {
    return [];
  }
}
