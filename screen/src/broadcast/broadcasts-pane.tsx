import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { BroadcastForm } from './broadcast-form.tsx';
import { BroadcastLine } from './broadcast-line.tsx';
import './broadcast.css';

/** What was said to whole levels of the chain within a day, and how far it has been read. */
export function BroadcastsPane({ world }: { world: World }) {
  const { t } = useLanguage();
  const mayNot = !useMay()('send-broadcast');
  const open = newestFirst(world);
  return (
    <article className="incident-pane">
      <h2 className="incident-pane-place">{t('broadcast.title')}</h2>
      {!mayNot && (
        <section className="desk-block">
          <BroadcastForm world={world} incident={null} />
        </section>
      )}
      <section className="desk-block">
        <h3>{t('broadcast.lastDay')}</h3>
        {open.length === 0 && <p className="quiet-words">{t('broadcast.none')}</p>}
        <ul>
          {open.map((one) => (
            <BroadcastLine key={one.id} broadcast={one} />
          ))}
        </ul>
      </section>
    </article>
  );
}

/** The same of one case. */
export function CaseBroadcasts({ incident }: { incident: IncidentRecord }) {
  const { t } = useLanguage();
  const may = useMay();
  const world = useStation((station) => station.world);
  if (world === null) return null;
  const about = newestFirst(world).filter((one) => one.incident === incident.id);
  if (about.length === 0 && !may('send-broadcast')) return null;
  return (
    <details className="desk-block" data-broadcasts={about.length}>
      <summary>
        {t('broadcast.ofCase')} {about.length > 0 && about.length}
      </summary>
      {may('send-broadcast') && <BroadcastForm world={world} incident={incident} />}
      <ul>
        {about.map((one) => (
          <BroadcastLine key={one.id} broadcast={one} />
        ))}
      </ul>
    </details>
  );
}

const newestFirst = ({ broadcasts }: World) => [...broadcasts.values()].sort((a, b) => b.at - a.at);
