/** Two rising tones and a pause, and a shake with each, until somebody takes the order. */
const tones = [
  { hz: 880, at: 0 },
  { hz: 1175, at: 0.22 },
  { hz: 880, at: 0.44 },
  { hz: 1175, at: 0.66 },
];
const toneS = 0.18;
const everyMs = 2_500;
/** Shakes and pauses, ms. */
export const shake = [300, 120, 300, 120, 600];

let sound: AudioContext | null = null;

/** A browser plays nothing before the page was touched once: called with a touch. */
export async function allowSound(): Promise<void> {
  sound ??= new AudioContext();
  await sound.resume();
}

export const soundIsAllowed = () => sound?.state === 'running';

/** Calls until the returned function is called. */
export function callOut(): () => void {
  callOnce();
  const timer = setInterval(callOnce, everyMs);
  return () => {
    clearInterval(timer);
    navigator.vibrate?.(0);
  };
}

function callOnce(): void {
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(shake);
  if (sound === null || sound.state !== 'running') return;
  for (const { hz, at } of tones) {
    const from = sound.currentTime + at;
    const tone = new OscillatorNode(sound, { type: 'square', frequency: hz });
    const volume = new GainNode(sound, { gain: 0.25 });
    tone.connect(volume).connect(sound.destination);
    tone.start(from);
    tone.stop(from + toneS);
  }
}
