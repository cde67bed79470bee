import { useLanguage } from '../../i18n/language.ts';

/** Opens the import of a file on a page of setup. */
export function ImportButton({ open, set }: { open: boolean; set: (open: boolean) => void }) {
  const { t } = useLanguage();
  return (
    <button type="button" className="button" aria-expanded={open} onClick={() => set(!open)}>
      {t('setup.import.open')}
    </button>
  );
}
