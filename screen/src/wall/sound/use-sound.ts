import type { wallSounds } from '@fenghuo/contracts/wall-orders.ts';
import { useEffect, useRef, useState } from 'react';
import { type Language, type Translate, useLanguage } from '../../i18n/language.ts';
import type { OpenIncident } from '../../state/open-incidents.ts';
import { useNow } from '../../ui/now.ts';
import { type Announcement, announce, type Told, toldAtStart } from './announcements.ts';
import { soundTone, toneLength } from './tones.ts';
import { fallSilent, speak } from './voice.ts';

export type Sound = (typeof wallSounds)[number];

/** So many high incidents are said one by one; more at once are said as a number. */
const mostSaid = 2;

/**
 * Tones and voice of the wall. What comes while it is muted is not made up for: it stands on the wall. What comes while
 * data are stale is told when they are back. Gives whether there is sound, since a wall that cannot sound must say so.
 */
export function useSound(
  open: readonly OpenIncident[],
  { muted, live }: { muted: boolean; live: boolean },
): Sound {
  const { t, say, language } = useLanguage();
  const now = useNow();
  const context = useAudio();
  const told = useRef<Told | null>(null);
  const voice = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    if (!live) return;
    const next = announce(told.current ?? toldAtStart(open, now), open, now);
    told.current = next.told;
    if (next.announcement === null || muted || context === null) return;
    soundTone(context, next.announcement.tone);
    const sentence = sentenceOf(next.announcement, t, say);
    if (sentence !== '') voice.current = sayAfter(next.announcement, sentence, language);
  }, [open, now, live, muted, context, t, say, language]);
  useEffect(() => {
    if (!muted) return;
    clearTimeout(voice.current);
    fallSilent();
  }, [muted]);
  useEffect(() => () => clearTimeout(voice.current), []);
  return muted ? 'muted' : context === null ? 'blocked' : 'on';
}

function sayAfter({ tone }: Announcement, sentence: string, language: Language) {
  return setTimeout(() => speak(sentence, language), (toneLength(tone) + 0.2) * 1_000);
}

function sentenceOf(
  { say: incidents }: Announcement,
  t: Translate,
  say: (words: OpenIncident['incident']['place']) => string,
): string {
  const sentences = incidents
    .slice(0, mostSaid)
    .map(({ incident }) => t('wallSound.high', { place: say(incident.place), title: say(incident.title) }));
  const more = incidents.length - sentences.length;
  return [...sentences, ...(more > 0 ? [t('wallSound.more', { count: more })] : [])].join(' ');
}

/** Something to sound with; null while the browser forbids it, which ends when somebody touches the page. */
function useAudio(): AudioContext | null {
  const [running, setRunning] = useState<AudioContext | null>(null);
  useEffect(() => {
    if (!('AudioContext' in window)) return;
    const context = new AudioContext();
    const look = () => setRunning(context.state === 'running' ? context : null);
    const touched = () => void context.resume().then(look, () => {});
    context.addEventListener('statechange', look);
    addEventListener('pointerdown', touched);
    addEventListener('keydown', touched);
    look();
    return () => {
      removeEventListener('pointerdown', touched);
      removeEventListener('keydown', touched);
      fallSilent();
      void context.close();
    };
  }, []);
  return running;
}
