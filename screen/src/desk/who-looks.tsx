import { useEffect } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useSession } from '../state/session.ts';
import { lookAt, useStation } from '../state/station.ts';

/** Says to the other desks that this case is before somebody here, and who else has it before them. */
export function WhoLooks({ incident }: { incident: string }) {
  const { t } = useLanguage();
  const { session } = useSession();
  const presence = useStation((station) => station.presence);
  useEffect(() => {
    lookAt(incident);
    return () => lookAt(null);
  }, [incident]);
  const me = session.state === 'known' ? session.who.account : '';
  const others = (presence.looking.find((one) => one.incident === incident)?.who ?? []).filter(
    ({ account }) => account !== me,
  );
  if (others.length === 0) return null;
  const names = others.map(({ name, seat }) => (seat === '' ? name : `${name} (${seat})`));
  return (
    <p className="who-looks" role="status" data-looking={others.length}>
      {t('desk.looking', { names: names.join(t('desk.comma')) })}
    </p>
  );
}
