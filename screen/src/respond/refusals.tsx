import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import type { OutboxEntry } from './outbox.ts';
import { useOutbox } from './postman.ts';
import { useOutgoing } from './use-postman.ts';

/** What was done on this phone and could not stand, each in words until it is read. */
export function Refusals({ account }: { account: string }) {
  const { entries } = useOutbox();
  const refused = entries.filter((entry) => entry.account === account && entry.refused !== null);
  return refused.map((entry) => <Refusal key={entry.no} entry={entry} />);
}

function Refusal({ entry }: { entry: OutboxEntry }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const postman = useOutgoing();
  const what = useWhat(entry);
  return (
    <section className="refusal" role="alert" data-refused={entry.kind}>
      <p>
        <strong>{t('respond.notDone', { what, time: time.hourMinute(entry.doneAt) })}</strong>
      </p>
      <p>{entry.refused !== null && say(entry.refused)}</p>
      <button type="button" className="button" onClick={() => void postman.dismiss(entry)}>
        {t('respond.understood')}
      </button>
    </section>
  );
}

function useWhat(entry: OutboxEntry): string {
  const { t, say } = useLanguage();
  switch (entry.kind) {
    case 'file':
      return t('respond.photo');
    case 'read':
      return t('broadcast.confirm');
    default:
      return say(entry.toName);
  }
}
