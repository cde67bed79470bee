import { readCode, type WallAsking, wallAsking } from '@fenghuo/contracts/walls.ts';
import { type FormEvent, useState } from 'react';
import { request, send } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { go } from '../route.ts';
import { Beacon } from '../ui/beacon.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { PairedWalls } from './paired-walls.tsx';
import './pairing.css';

/** What came of the last step. */
type Said = 'wrongCode' | 'locked' | 'away' | 'notAllowed' | 'paired' | null;

/** Where somebody at a desk enters the code that a wall shows. */
export function PairPage() {
  const { t } = useLanguage();
  const [asking, setAsking] = useState<(WallAsking & { code: string }) | null>(null);
  const [said, setSaid] = useState<Said>(null);

  async function lookUp(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = readCode(String(new FormData(event.currentTarget).get('code')));
    if (code === null) return setSaid('wrongCode');
    const answer = await request({ method: 'GET', path: `/wall-pairings/${code}`, answer: wallAsking });
    setAsking(answer.ok ? { ...answer.body, code } : null);
    setSaid(answer.ok ? null : answer.reason === 'refused' ? 'wrongCode' : saidOf(answer.reason));
  }

  async function approve(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (asking === null) return;
    const form = new FormData(event.currentTarget);
    const body = { name: String(form.get('name')), area: String(form.get('area')) };
    const response = await send({ method: 'POST', path: `/wall-pairings/${asking.code}/approve`, body });
    setSaid(response === null ? 'away' : response.status === 204 ? 'paired' : 'notAllowed');
    if (response?.status === 204) setAsking(null);
  }

  return (
    <main className="pairing">
      <h1 className="pairing-title">
        <Beacon />
        {t('pairing.title')}
      </h1>
      {asking === null ? (
        <form className="pairing-form" onSubmit={(event) => void lookUp(event)}>
          <label className="field">
            <span>{t('pairing.code')}</span>
            <input name="code" autoComplete="off" autoCapitalize="characters" maxLength={16} required />
          </label>
          <button type="submit" className="button button-main">
            {t('pairing.next')}
          </button>
        </form>
      ) : (
        <ApprovalForm asking={asking} approve={approve} cancel={() => setAsking(null)} />
      )}
      <p className="sign-in-failure" role="alert">
        {said !== null && t(`pairing.${said}`)}
      </p>
      <PairedWalls />
      <p className="unpaired-foot">
        <button type="button" className="button button-plain" onClick={() => go('/')}>
          {t('lost.back')}
        </button>
        <LanguageSwitch />
      </p>
    </main>
  );
}

interface ApprovalProps {
  asking: WallAsking;
  approve: (event: FormEvent<HTMLFormElement>) => Promise<void>;
  cancel: () => void;
}

/** Who asks, before one says yes: a code read out by a stranger is a stranger's wall (RFC 8628 §5.4). */
function ApprovalForm({ asking, approve, cancel }: ApprovalProps) {
  const { t, say, language } = useLanguage();
  const time = new Date(asking.askedAt).toLocaleTimeString(language);
  return (
    <form className="pairing-form" onSubmit={(event) => void approve(event)}>
      <p>{t('pairing.asking', { address: asking.address, time })}</p>
      <label className="field">
        <span>{t('pairing.name')}</span>
        <input name="name" maxLength={60} required />
      </label>
      <label className="field">
        <span>{t('pairing.area')}</span>
        <select name="area">
          {asking.areas.map(({ code, name }) => (
            <option key={code} value={code}>
              {say(name)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button button-main">
        {t('pairing.approve')}
      </button>
      <button type="button" className="button" onClick={cancel}>
        {t('pairing.cancel')}
      </button>
    </form>
  );
}

function saidOf(reason: 'away' | 'unauthenticated' | 'locked' | 'broken'): Said {
  if (reason === 'locked') return 'locked';
  return reason === 'unauthenticated' ? 'notAllowed' : 'away';
}
