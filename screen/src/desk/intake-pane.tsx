import {
  type FoundPlace,
  type IncidentMatch,
  matchList,
  type ReportChannel,
  type ReportedThing,
  type ReportRequest,
  reportCard,
  reportChannels,
  reportedThings,
  reportIdOf,
} from '@fenghuo/contracts/intake.ts';
import {
  type FormEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { request } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { go, withQuery } from '../route.ts';
import type { World } from '../state/world.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { newCommandId, order } from './act.ts';
import { ActNote } from './act-note.tsx';
import { type Focusable, NumberedChoice } from './intake-choice.tsx';
import { PlaceField } from './intake-place.tsx';
import { matchQueryOf, reportPlaceOf } from './intake-point.ts';
import type { ActState } from './use-act.ts';
import { useAnswer } from './use-answer.ts';
import './intake.css';

const IntakeMap = lazy(() => import('./intake-map.tsx').then((module) => ({ default: module.IntakeMap })));

/** Residents report by their own page. */
const channels = reportChannels.filter((channel) => channel !== 'resident');
const noIncident = '';
const noMatches: readonly IncidentMatch[] = [];

/** A call is taken in while it is heard: place, what, which incident, words; the focus goes on by itself. */
export function IntakePane({ world }: { world: World }) {
  const { t } = useLanguage();
  const [place, setPlace] = useState<FoundPlace | null>(null);
  const [what, setWhat] = useState<ReportedThing | null>(null);
  const [joins, setJoins] = useState(noIncident);
  const [details, setDetails] = useState<Details>(noDetails);
  const [hasMap, setHasMap] = useState(false);
  const { shown, send } = useReport();
  const [whatField, matchField] = [useRef<Focusable>(null), useRef<Focusable>(null)];
  const wordsField = useRef<HTMLInputElement>(null);
  const matches = useMatches(place, what, details);
  const choosePlace = (chosen: FoundPlace | null) => {
    setPlace(chosen);
    setJoins(noIncident);
    if (chosen !== null) whatField.current?.focus();
  };
  const joined = matches.some(({ incident }) => incident === joins) ? joins : noIncident;
  const isReady = place !== null && what !== null && shown.state !== 'sending';
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!isReady) return;
    const { floor, drill, ...told } = details;
    const where = reportPlaceOf(place, floor === '' ? null : Number(floor));
    void send({ ...told, what, place: where, joins: joined === noIncident ? null : joined, run: drill });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'F4') {
      event.preventDefault();
      setHasMap(!hasMap);
    }
    if (event.key === 'Escape') go(withQuery({ view: null }), 'replace');
    if (event.key === 'Enter' && event.ctrlKey) submit();
  };
  return (
    <form className="intake" onSubmit={submit} onKeyDown={onKeyDown} aria-label={t('intake.title')}>
      <header className="intake-head">
        <h2>{t('intake.title')}</h2>
        <span className="quiet-words">{t('intake.keys')}</span>
      </header>
      <PlaceField place={place} choose={choosePlace} />
      <button
        type="button"
        className="button button-plain intake-map-key"
        aria-expanded={hasMap}
        onClick={() => setHasMap(!hasMap)}
      >
        {t('intake.map')} <kbd>F4</kbd>
      </button>
      {hasMap && (
        <Suspense fallback={null}>
          <IntakeMap world={world} place={place} choose={choosePlace} />
        </Suspense>
      )}
      <NumberedChoice
        title={t('intake.what')}
        options={reportedThings.map((value) => ({ value, text: t(`thing.${value}`) }))}
        from={1}
        value={what}
        choose={setWhat}
        done={() => matchField.current?.focus()}
        ref={whatField}
      />
      <NumberedChoice
        title={t(matches.length === 0 ? 'intake.noMatches' : 'intake.matches')}
        options={[
          { value: noIncident, text: <strong>{t('intake.newIncident')}</strong> },
          ...matches.map((match) => ({ value: match.incident, text: <Match match={match} /> })),
        ]}
        from={0}
        value={joined}
        choose={setJoins}
        done={() => wordsField.current?.focus()}
        ref={matchField}
      />
      <DetailFields details={details} write={setDetails} world={world} wordsRef={wordsField} />
      <footer className="intake-foot">
        <button type="submit" className="button button-main" disabled={!isReady}>
          {t(joined === noIncident ? 'intake.submit' : 'intake.join')} <kbd>Enter</kbd>
        </button>
        <button
          type="button"
          className="button button-plain"
          onClick={() => go(withQuery({ view: null }), 'replace')}
        >
          {t('intake.cancel')} <kbd>Esc</kbd>
        </button>
        <ActNote act={shown} />
      </footer>
    </form>
  );
}

interface Details {
  words: string;
  caller: { name: string; phone: string };
  channel: ReportChannel;
  floor: string;
  drill: string | null;
}
const noDetails: Details = {
  words: '',
  caller: { name: '', phone: '' },
  channel: '119',
  floor: '',
  drill: null,
};

interface DetailFieldsProps {
  details: Details;
  write: (details: Details) => void;
  world: World;
  wordsRef: React.Ref<HTMLInputElement>;
}

/** What is good to know and holds nobody up. */
function DetailFields({ details, write, world, wordsRef }: DetailFieldsProps) {
  const { t } = useLanguage();
  const { caller } = details;
  const drill = [...world.drills.values()][0];
  const field = (label: string, value: string, put: (text: string) => void, more: object = {}) => (
    <label className="field">
      <span>{label}</span>
      <input value={value} autoComplete="off" onChange={(event) => put(event.target.value)} {...more} />
    </label>
  );
  return (
    <div className="intake-details">
      <label className="field intake-words">
        <span>{t('intake.words')}</span>
        <input
          ref={wordsRef}
          value={details.words}
          maxLength={500}
          autoComplete="off"
          placeholder={t('intake.wordsHint')}
          onChange={(event) => write({ ...details, words: event.target.value })}
        />
      </label>
      {field(
        t('intake.phone'),
        caller.phone,
        (phone) => write({ ...details, caller: { ...caller, phone } }),
        {
          inputMode: 'tel',
          maxLength: 24,
        },
      )}
      {field(t('intake.name'), caller.name, (name) => write({ ...details, caller: { ...caller, name } }), {
        maxLength: 40,
      })}
      {field(
        t('intake.floor'),
        details.floor,
        (floor) => write({ ...details, floor: floor.replace(/[^\d-]/g, '') }),
        {
          inputMode: 'numeric',
          maxLength: 3,
        },
      )}
      <label className="field">
        <span>{t('intake.channel')}</span>
        <select
          value={details.channel}
          onChange={(event) => write({ ...details, channel: event.target.value as ReportChannel })}
        >
          {channels.map((channel) => (
            <option key={channel} value={channel}>
              {t(`channel.${channel}`)}
            </option>
          ))}
        </select>
      </label>
      {drill !== undefined && (
        <label className="intake-drill">
          <input
            type="checkbox"
            checked={details.drill !== null}
            onChange={(event) => write({ ...details, drill: event.target.checked ? drill.id : null })}
          />
          {t('intake.drill', { title: drill.title })}
        </label>
      )}
    </div>
  );
}

function Match({ match }: { match: IncidentMatch }) {
  const { t, say } = useLanguage();
  return (
    <span className="intake-match" data-match={match.incident}>
      <SeverityMark severity={match.severity} drill={false} />
      <strong>{say(match.place)}</strong>
      <span>{say(match.title)}</span>
      <span className="quiet-words">{match.reasons.map(say).join(t('desk.comma'))}</span>
    </span>
  );
}

/** Open incidents that it may belong to, as far as it is known by now. */
function useMatches(place: FoundPlace | null, what: ReportedThing | null, { words, drill }: Details) {
  const path = useMemo(() => {
    if (place === null) return null;
    const more = { ...(what === null ? {} : { what }), ...(drill === null ? {} : { run: drill }), words };
    return `/intake/matches?${matchQueryOf(reportPlaceOf(place, null))}&${new URLSearchParams(more)}`;
  }, [place, what, words, drill]);
  const { body } = useAnswer(path, matchList);
  const [last, setLast] = useState(noMatches);
  useEffect(() => {
    if (path === null) setLast(noMatches);
    else if (body !== null) setLast(body.matches);
  }, [path, body]);
  return last;
}

/** Sends a report; done, the desk goes to the incident that it belongs to. Sent again after no answer, it is the same. */
function useReport() {
  const [shown, setShown] = useState<ActState>({ state: 'idle' });
  const [id] = useState(newCommandId);
  const send = async (told: Omit<ReportRequest, 'id' | 'seat'>) => {
    setShown({ state: 'sending' });
    const outcome = await order('/reports', { ...told, id, seat: '' });
    setShown(outcome);
    if (outcome.state !== 'done') return;
    const card = await request({ method: 'GET', path: `/reports/${reportIdOf(id)}`, answer: reportCard });
    const incident = card.ok ? card.body.incident : null;
    go(withQuery(incident === null ? { view: null } : { view: null, incident }), 'replace');
  };
  return { shown, send };
}
