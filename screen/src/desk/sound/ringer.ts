import { compareSeverity, type Severity } from '@fenghuo/contracts/words.ts';
import { create } from 'zustand';
import { beeps, type Sound } from './beeps.ts';

/** While a high alarm waits, and while the server is silent, it is heard again so often, ms. */
const againMs = { high: 12_000, 'silent-server': 5_000 } as const;
/** Of a flood one call in so long is heard, the gravest first, ms. */
const apartMs = 1_200;
/** A server is silent for so long before it is heard: a connection that comes back at once wakes nobody, ms. */
export const silentAfterMs = 3_000;

const rememberedAs = 'fenghuo.sound';

/** `isOn`: heard at this desk at all. `isSilenced` 消音: until something new calls. `isBlocked`: the browser waits for a key or a click. */
export const useSound = create(() => ({
  isOn: localStorage.getItem(rememberedAs) !== 'off',
  isSilenced: false,
  isBlocked: false,
}));

export function setSoundOn(isOn: boolean): void {
  localStorage.setItem(rememberedAs, isOn ? 'on' : 'off');
  useSound.setState({ isOn, isSilenced: false });
}

/** As the panel of a fire alarm does: what sounds is silenced, what comes next is heard. */
export function silence(): void {
  useSound.setState({ isSilenced: true });
}

/** Makes the sounds of a desk while it is started. */
export class Ringer {
  #context: AudioContext | null = null;
  #heardAt = -Infinity;
  #heard: Sound | null = null;
  #again: ReturnType<typeof setInterval> | undefined;
  #standing: { waits: boolean; serverIsSilent: boolean } = { waits: false, serverIsSilent: false };
  #saidAt = { high: 0, 'silent-server': 0 };

  start(): () => void {
    const unblock = () => void this.#context?.resume().then(() => this.#look());
    addEventListener('keydown', unblock);
    addEventListener('pointerdown', unblock);
    this.#again = setInterval(() => this.#repeat(), 1_000);
    return () => {
      removeEventListener('keydown', unblock);
      removeEventListener('pointerdown', unblock);
      clearInterval(this.#again);
      void this.#context?.close();
      this.#context = null;
    };
  }

  /** Something new calls. It ends a silence. */
  call(severity: Severity): void {
    const { isSilenced } = useSound.getState();
    useSound.setState({ isSilenced: false });
    const isGraver =
      this.#heard === 'silent-server' || this.#heard === null || compareSeverity(severity, this.#heard) < 0;
    if (performance.now() - this.#heardAt < apartMs && !isGraver && !isSilenced) return;
    this.#play(severity);
  }

  /** What stands: a live high alarm that nobody has acknowledged; a server that says nothing. */
  stand(standing: { waits: boolean; serverIsSilent: boolean }): void {
    const falls = standing.serverIsSilent && !this.#standing.serverIsSilent;
    this.#standing = standing;
    if (!falls) return;
    useSound.setState({ isSilenced: false });
    this.#play('silent-server');
  }

  #repeat(): void {
    if (useSound.getState().isSilenced) return;
    const now = performance.now();
    if (this.#standing.serverIsSilent && now - this.#saidAt['silent-server'] >= againMs['silent-server'])
      this.#play('silent-server');
    else if (this.#standing.waits && now - this.#saidAt.high >= againMs.high) this.#play('high');
  }

  #play(sound: Sound): void {
    const now = performance.now();
    this.#heardAt = now;
    this.#heard = sound;
    if (sound === 'high' || sound === 'silent-server') this.#saidAt[sound] = now;
    if (!useSound.getState().isOn) return;
    this.#context ??= new AudioContext();
    this.#look();
    for (const { hz, at, ms } of beeps[sound])
      beep(this.#context, { hz, at, ms, loud: sound === 'low' ? 0.12 : 0.3 });
  }

  #look(): void {
    useSound.setState({ isBlocked: this.#context !== null && this.#context.state === 'suspended' });
  }
}

function beep(
  context: AudioContext,
  { hz, at, ms, loud }: { hz: number; at: number; ms: number; loud: number },
): void {
  const from = context.currentTime + at / 1_000;
  const to = from + ms / 1_000;
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.type = 'triangle';
  tone.frequency.value = hz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(loud, from + 0.01);
  gain.gain.setValueAtTime(loud, to - 0.02);
  gain.gain.linearRampToValueAtTime(0, to);
  tone.connect(gain).connect(context.destination);
  tone.start(from);
  tone.stop(to);
}
