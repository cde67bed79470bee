import { useMemo } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';
import { openIncidents } from '../state/open-incidents.ts';
import type { World } from '../state/world.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';

/** What is live stands above every drill, here too. */
export function LiveFirst({ world }: { world: World }) {
  const { t, say } = useLanguage();
  const live = useMemo(() => openIncidents(world).filter(({ incident }) => incident.run === null), [world]);
  const first = live[0]?.incident;
  if (first === undefined) return null;
  return (
    <button type="button" className="drill-live" onClick={() => go(`/desk?incident=${first.id}`)}>
      <SeverityMark severity={first.severity} drill={false} />
      <strong>{t('drill.live', { count: live.length })}</strong>
      <span>
        {say(first.place)} · {say(first.title)}
      </span>
    </button>
  );
}
