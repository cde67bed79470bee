import { lazy, Suspense, useEffect } from 'react';
import { HomePage } from './home/home-page.tsx';
import { useLanguage } from './i18n/language.ts';
import { PairPage } from './pairing/pair-page.tsx';
import { UnpairedWall } from './pairing/unpaired-wall.tsx';
import { go, type Route, setupPageOf, useRoute } from './route.ts';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { checkSession, useSession } from './state/session.ts';
import { feedStation } from './state/station.ts';
import { Notice } from './ui/notice.tsx';

const Wall = lazy(() => import('./wall/wall.tsx').then((module) => ({ default: module.Wall })));
const ReportPage = lazy(() =>
  import('./report/report-page.tsx').then((module) => ({ default: module.ReportPage })),
);
const Setup = lazy(() => import('./setup/setup.tsx').then((module) => ({ default: module.Setup })));
const DrillPage = lazy(() =>
  import('./drill/drill-page.tsx').then((module) => ({ default: module.DrillPage })),
);
const Records = lazy(() => import('./records/records.tsx').then((module) => ({ default: module.Records })));
const Upkeep = lazy(() => import('./upkeep/upkeep.tsx').then((module) => ({ default: module.Upkeep })));
const RespondPage = lazy(() =>
  import('./respond/respond-page.tsx').then((module) => ({ default: module.RespondPage })),
);
const Desk = lazy(() => import('./desk/desk.tsx').then((module) => ({ default: module.Desk })));

/** A wall is fetched while the server is asked who looks, and not after the answer. */
if (location.pathname === '/wall') void import('./wall/wall.tsx').catch(() => {});

/** How often a server that is away is asked again who is signed in, in ms. */
const askAgainMs = 3_000;

/** Routes, and the door before them. At the sign-in page nobody is asked who they are: that ends in a 401. */
export function App() {
  const { t } = useLanguage();
  const route = useRoute();
  const { session } = useSession();
  useEffect(() => {
    if (session.state === 'unknown' && route !== '/sign-in' && route !== '/report') void checkSession();
    if (session.state !== 'away') return;
    const timer = setInterval(() => void checkSession(), askAgainMs);
    return () => clearInterval(timer);
  }, [session.state, route]);

  if (route === null) return <Notice title={t('lost.title')} link={{ to: '/', text: t('lost.back') }} />;
  if (route === '/sign-in') return <SignInPage />;
  if (route === '/report') return <Stranger />;
  if (route === '/respond') return <Phone />;
  if (session.state === 'unknown') return <Notice title={t('session.checking')} busy />;
  if (session.state === 'away') return <Notice title={t('session.away')} busy />;
  if (session.state === 'stranger' && route === '/wall') return <UnpairedWall />;
  if (session.state === 'stranger') return <ToSignIn from={route} />;
  if (route === '/') return <HomePage who={session.who} />;
  if (route === '/pair') return <PairPage />;
  return <Live route={route} />;
}

/** What nobody has to sign in for. */
function Stranger() {
  return (
    <Suspense fallback={null}>
      <ReportPage />
    </Suspense>
  );
}

/** A phone opens without its station, too, and sees to the door itself. */
function Phone() {
  return (
    <Suspense fallback={null}>
      <RespondPage />
    </Suspense>
  );
}

function ToSignIn({ from }: { from: Route }) {
  useEffect(() => go(from === '/' ? '/sign-in' : `/sign-in?to=${from}`, 'replace'), [from]);
  return null;
}

/** A view that lives on the feed. */
function Live({ route }: { route: Route }) {
  const { t } = useLanguage();
  useEffect(() => feedStation(() => void checkSession()), []);
  return <Suspense fallback={<Notice title={t('wall.loadingTitle')} busy />}>{viewOf(route)}</Suspense>;
}

function viewOf(route: Route) {
  const page = setupPageOf(route);
  if (page !== null) return <Setup page={page} />;
  switch (route) {
    case '/wall':
      return <Wall />;
    case '/drill':
      return <DrillPage />;
    case '/records':
      return <Records />;
    case '/upkeep':
      return <Upkeep />;
    default:
      return <Desk />;
  }
}
