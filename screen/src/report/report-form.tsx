import { publicReceipt, type ReportedThing, reportedThings } from '@fenghuo/contracts/intake.ts';
import { type FormEvent, useState } from 'react';
import { newCommandId } from '../desk/act.ts';
import { request } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';

/** Small numbers and minus signs, as lifts show them. */
const floorOf = (text: string) => (/^-?\d{1,2}$/.test(text) ? Number(text) : null);

/** What a resident reports, in two touches; the rest may stay empty. Sent again after no answer, it is the same report. */
export function ReportForm({ building }: { building: string }) {
  const { t } = useLanguage();
  const [id] = useState(newCommandId);
  const [what, setWhat] = useState<ReportedThing | null>(null);
  const [state, setState] = useState<'idle' | 'sending' | 'tooMany' | 'away'>('idle');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setState('sending');
    const answer = await request({
      ...{ method: 'POST', path: '/public/reports', answer: publicReceipt },
      body: { id, building, what, floor: floorOf(text('floor')), words: text('words'), phone: text('phone') },
    });
    if (answer.ok) go(`/report?s=${answer.body.link}`);
    else setState(answer.reason === 'locked' ? 'tooMany' : 'away');
  };
  return (
    <form className="report-form" onSubmit={(event) => void submit(event)}>
      <fieldset className="report-what">
        <legend>{t('publicReport.what')}</legend>
        {reportedThings.map((thing) => (
          <label key={thing} data-chosen={thing === what || undefined}>
            <input
              type="radio"
              name="what"
              className="visually-hidden"
              checked={thing === what}
              onChange={() => setWhat(thing)}
            />
            {t(`thing.${thing}`)}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>{t('publicReport.floor')}</span>
        <input name="floor" inputMode="numeric" maxLength={3} autoComplete="off" />
      </label>
      <label className="field">
        <span>{t('publicReport.words')}</span>
        <textarea name="words" rows={2} maxLength={200} />
      </label>
      <label className="field">
        <span>{t('publicReport.phone')}</span>
        <input name="phone" type="tel" pattern="[+0-9 \-]{0,20}" maxLength={20} autoComplete="tel" />
      </label>
      <p className="report-failure" role="alert">
        {(state === 'tooMany' || state === 'away') && t(`publicReport.${state}`)}
      </p>
      <button
        type="submit"
        className="button button-main report-send"
        disabled={what === null || state === 'sending'}
      >
        {t(state === 'sending' ? 'publicReport.sending' : 'publicReport.send')}
      </button>
      <p className="report-small">{t('publicReport.privacy')}</p>
    </form>
  );
}
