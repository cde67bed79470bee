import type { Language } from '../../i18n/language.ts';

/** Says a sentence, if the browser has a voice of its language: another's would make nonsense of a place. */
export function speak(sentence: string, language: Language): void {
  if (!('speechSynthesis' in window)) return;
  const wanted = language === 'en' ? 'en' : 'zh';
  const voice = speechSynthesis.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(wanted));
  if (voice === undefined) return;
  const utterance = new SpeechSynthesisUtterance(sentence);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = 0.95;
  speechSynthesis.speak(utterance);
}

export function fallSilent(): void {
  if ('speechSynthesis' in window) speechSynthesis.cancel();
}
