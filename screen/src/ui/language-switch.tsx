import { switchLanguage, useLanguage } from '../i18n/language.ts';

export function LanguageSwitch() {
  const { t, language } = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className="button button-plain"
      lang={other}
      onClick={() => void switchLanguage(other)}
    >
      {t('language.other')}
    </button>
  );
}
