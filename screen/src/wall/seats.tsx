import { type DutyPost, dutyPosts, postWords } from '@fenghuo/contracts/words.ts';
import { useLanguage } from '../i18n/language.ts';
import { useDuty } from './use-duty.ts';

/** The seats of the county's room, each with who is on duty; an empty one is said too. */
export function Seats() {
  const { t, say } = useLanguage();
  const onDuty = useDuty();
  const of = (post: DutyPost) => onDuty.filter((person) => person.post === post).map(({ name }) => name);
  if (onDuty.length === 0) return null;
  return (
    <section className="seats">
      <h2 className="column-title">{t('wall.seats')}</h2>
      <ul>
        {dutyPosts.map((post) => (
          <li key={post} data-empty={of(post).length === 0 || undefined}>
            <span>{say(postWords[post])}</span>
            <strong>{of(post).join(t('wall.comma')) || t('wall.nobody')}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
