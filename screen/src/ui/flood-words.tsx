import { useLanguage } from '../i18n/language.ts';
import { type Folding, foldedTitles } from '../state/folding.ts';
import { useCountyTime } from './county-time.ts';

/** Kinds that are named beside the number; the others are in it. */
const named = 3;

/** How many low incidents are told as a number, and what they are. */
export function FoldedWords({ folded }: { folded: Parameters<typeof foldedTitles>[0] }) {
  const { t, say } = useLanguage();
  const number = folded.length.toLocaleString('en');
  const titles = foldedTitles(folded).slice(0, named);
  return (
    <>
      <strong className="folded-count">{t('flood.folded', { number })}</strong>
      <span className="folded-kinds">
        {titles.map(({ title, count: n }) => `${say(title)} ${n.toLocaleString('en')}`).join(' · ')}
      </span>
    </>
  );
}

/** Which room is in flood, how full it is and since when; of several, the fullest. */
export function FloodWords({ floods }: Pick<Folding, 'floods'>) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const [flood, ...others] = floods;
  if (flood === undefined) return null;
  return (
    <span className="flood-words" data-flood={flood.id} data-drill={flood.run !== null || undefined}>
      {flood.run !== null && <span className="drill-tag">{t('wall.drill')}</span>}
      <span>
        {t('flood.state', {
          place: say(flood.place),
          rate: flood.rate.toLocaleString('en'),
          minutes: Math.round(flood.withinMs / 60_000),
          time: time.hourMinute(flood.openedAt),
        })}
      </span>
      {others.length > 0 && <span>{t('flood.others', { count: others.length })}</span>}
    </span>
  );
}
