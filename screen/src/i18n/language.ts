import { isolated } from '@fenghuo/contracts/isolated.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export type Language = 'zh-CN' | 'en';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zhCN };
  }
}

const rememberedAs = 'fenghuo.language';

/** `?lang=` wins and is remembered; otherwise what was chosen last; otherwise Chinese. */
function chosenLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  const wanted = asked ?? localStorage.getItem(rememberedAs);
  return wanted?.startsWith('en') ? 'en' : 'zh-CN';
}

function apply(language: Language): void {
  localStorage.setItem(rememberedAs, language);
  document.documentElement.lang = language;
  document.title = i18next.t('app.title');
}

export async function startLanguage(): Promise<void> {
  const language = chosenLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    interpolation: { escapeValue: true, escape: isolated },
  });
  apply(language);
}

export async function switchLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  apply(language);
}

/**
 * Translation, the language, and `say` for records that carry both languages. Whatever is put into a sentence, or said, cannot
 * turn the words beside it; React sees to what would be markup.
 */
export function useLanguage() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language.startsWith('en') ? 'en' : 'zh-CN';
  const say = useCallback(
    (words: Words) => isolated(language === 'en' ? words.en || words.zh : words.zh),
    [language],
  );
  return { t, language, say };
}

export type Translate = ReturnType<typeof useLanguage>['t'];
