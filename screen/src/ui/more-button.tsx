import { useLanguage } from '../i18n/language.ts';

interface MoreButtonProps {
  /** As an infinite query has it. */
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** The next page of a list, as long as there is one. */
export function MoreButton({ of: { hasNextPage, isFetchingNextPage, fetchNextPage } }: MoreButtonProps) {
  const { t } = useLanguage();
  if (!hasNextPage) return null;
  return (
    <button
      type="button"
      className="button"
      disabled={isFetchingNextPage}
      onClick={() => void fetchNextPage()}
    >
      {t('records.next')}
    </button>
  );
}
