import { useLanguage } from '../i18n/language.ts';
import { usePathTail } from '../route.ts';
import { useStation } from '../state/station.ts';
import { Notice } from '../ui/notice.tsx';
import { PageBar } from '../ui/page-bar.tsx';
import { CasePage } from './case-page.tsx';
import { CaseSearch } from './case-search.tsx';
import '../ui/blocks.css';
import './records.css';

/** The files of all cases: searched at `/records`, each read at `/records/{code}`. */
export function Records() {
  const { t } = useLanguage();
  const code = usePathTail('/records');
  const world = useStation((station) => station.world);
  if (world === null) return <Notice title={t('wall.loadingTitle')} busy />;
  const doors = [
    ...(code === null ? [] : [{ to: '/records', text: t('records.all') } as const]),
    { to: '/desk', text: t('home.desk') } as const,
    { to: '/', text: t('desk.home') } as const,
  ];
  return (
    <div className="records">
      <PageBar title={t('records.title')} doors={doors} />
      <main>{code === null ? <CaseSearch world={world} /> : <CasePage key={code} code={code} />}</main>
    </div>
  );
}
