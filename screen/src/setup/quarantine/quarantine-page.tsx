import { type QuarantineMessage, quarantinePage, reprocessAsked } from '@fenghuo/contracts/quarantine.ts';
import i18next from 'i18next';
import { useState } from 'react';
import { z } from 'zod';
import { useLanguage } from '../../i18n/language.ts';
import { useCountyTime } from '../../ui/county-time.ts';
import { change } from '../change.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { type Said, Told } from '../refused.tsx';

/** What could not be read: why, from whom, the bytes, and another try once the cause is mended. */
export function QuarantinePage() {
  const { t } = useLanguage();
  const [reason, setReason] = useState<string | null>(null);
  const filter = reason === null ? '' : `&reason=${encodeURIComponent(reason)}`;
  const page = useFetched(`/quarantine?limit=50${filter}`, quarantinePage);
  const [said, setSaid] = useState<Said>(null);

  async function again(path: string, body?: object) {
    const asked = await change({
      ...{ method: 'POST', path, answer: z.union([reprocessAsked, z.object({ waiting: z.literal(true) })]) },
      ...(body === undefined ? {} : { body }),
    });
    if (!asked.ok) return setSaid(asked.refusal);
    setSaid({ done: t('setup.quarantine.asked', { count: 'asked' in asked.body ? asked.body.asked : 0 }) });
    page.again();
  }

  return (
    <>
      <p className="setup-intro">{t('setup.quarantine.intro')}</p>
      <Shown of={page}>
        {({ total, byReason, lastDayByReason, messages }) => (
          <>
            {total === 0 && <p className="quiet-words">{t('setup.quarantine.none')}</p>}
            <div className="setup-tabs">
              {total > 0 && (
                <button type="button" aria-pressed={reason === null} onClick={() => setReason(null)}>
                  {t('setup.quarantine.all', { count: total })}
                </button>
              )}
              {Object.entries(byReason).map(([name, count]) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={reason === name}
                  onClick={() => setReason(name)}
                >
                  {t('setup.quarantine.reason', {
                    name: whyWords(name),
                    count,
                    day: lastDayByReason[name] ?? 0,
                  })}
                </button>
              ))}
            </div>
            {reason !== null && messages.length > 0 && (
              <button
                type="button"
                className="button"
                onClick={() => void again('/quarantine/reprocess', { reason, limit: 1000 })}
              >
                {t('setup.quarantine.againAll')}
              </button>
            )}
            <Told said={said} />
            <ul className="setup-list" data-messages={messages.length}>
              {messages.map((message) => (
                <MessageLine
                  key={message.no}
                  message={message}
                  again={() => void again(`/quarantine/${message.no}/reprocess`)}
                />
              ))}
            </ul>
          </>
        )}
      </Shown>
    </>
  );
}

/** A reason in words, where there are any. */
function whyWords(reason: string): string {
  const key = `setup.quarantine.why.${reason}`;
  return i18next.exists(key) ? i18next.t(key as 'setup.quarantine.why.schema') : reason;
}

function MessageLine({ message, again }: { message: QuarantineMessage; again: () => void }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const [open, setOpen] = useState(false);
  const { no, at, reason, source, principal, topic, detail, outcome, bytesBase64 } = message;
  const mayTry = outcome === 'untried' || outcome === 'refused' || outcome === 'not-authorised';
  return (
    <li className="setup-line" data-message={no}>
      <div className="setup-line-words">
        <strong>
          {whyWords(reason)} <span className="setup-line-hint">{topic}</span>
        </strong>
        <span>{detail}</span>
        <span className="setup-line-hint">
          {[
            `${time.date(at)} ${time.clock(at)}`,
            principal ?? source,
            t(`setup.quarantine.outcome.${outcome}`),
          ].join(' · ')}
        </span>
      </div>
      <button
        type="button"
        className="button button-plain"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t('setup.quarantine.bytes')}
      </button>
      {mayTry && (
        <button type="button" className="button" onClick={again}>
          {t('setup.quarantine.again')}
        </button>
      )}
      {open && <pre className="setup-bytes">{readable(bytesBase64)}</pre>}
    </li>
  );
}

/** Bytes as text, what is none as dots: text of strangers, shown as text. */
function readable(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes).replaceAll(/\p{Cc}/gu, (mark) => (mark === '\n' ? mark : '·'));
}
