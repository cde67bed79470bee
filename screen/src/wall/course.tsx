import { useLanguage } from '../i18n/language.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import type { World } from '../state/world.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { floorsText } from '../ui/floors-text.ts';
import { useStepWords } from '../ui/step-words.ts';
import { useSize } from './use-size.ts';

/** Height of a line in rem; the same as in wall.css. */
const line = 2.5;

/** What has happened in the gravest incident, the newest last: alarms as they went off, moves of its ticket. */
export function Course({ open, world }: { open: OpenIncident; world: World }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const time = useCountyTime();
  const [element, size] = useSize<HTMLOListElement>();
  const alarms = open.alarms.map((alarm) => ({
    key: alarm.id,
    at: alarm.raisedAt,
    text: [
      say(alarm.title),
      alarm.floor === null ? '' : t('wall.floors', { floors: floorsText([alarm.floor]) }),
      alarm.room ?? '',
    ],
  }));
  const moves = (open.ticket?.moves ?? []).map((move) => {
    const unit = world.units.get(move.holder);
    return {
      key: `${move.at}-${move.to}`,
      at: move.at,
      text: [words.step(open.ticket!, move.to, move.stage), unit === undefined ? '' : say(unit.name)],
    };
  });
  const course = [...alarms, ...moves].sort((a, b) => a.at - b.at);
  const shown = course.slice(-Math.max(0, Math.floor((size?.height ?? 0) / line)) || course.length);
  return (
    <section className="course">
      <h2 className="column-title">{t('wall.course')}</h2>
      <ol className="course-lines" ref={element}>
        {shown.map(({ key, at, text }) => (
          <li key={key} className="course-line">
            <time>{time.clock(at)}</time>
            <span>{text.filter((part) => part !== '').join(' · ')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
