import { type DutyPost, dutyPosts, postWords } from '@fenghuo/contracts/words.ts';
import { type Translate, useLanguage } from '../i18n/language.ts';
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
            <strong>{namesOf(of(post), t)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Two names have room beside a post; of more, the first and how many. */
function namesOf(names: readonly string[], t: Translate): string {
  if (names.length === 0) return t('wall.nobody');
  if (names.length <= 2) return names.join(t('wall.comma'));
  return t('wall.andOthers', { name: names[0]!, count: names.length });
}
