import {
  mapShades,
  type WallOrder,
  type WallRequest,
  type WallScreen,
} from '@fenghuo/contracts/wall-orders.ts';
import { type FormEvent, useMemo, useState } from 'react';
import { send } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { type OpenIncident, openIncidents } from '../state/open-incidents.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { useNow } from '../ui/now.ts';
import { orderWords } from '../wall/order-words.ts';
import './walls.css';

/** After so many minutes a wall is on its own again. */
const choices = [5, 15, 60] as const;

interface WallsPaneProps {
  world: World;
  /** Incident that was chosen at the desk, offered first. */
  chosen: string | null;
}

/** The walls that may be driven from here: what each shows, and what it is to show for a while. */
export function WallsPane({ world, chosen }: WallsPaneProps) {
  const { t } = useLanguage();
  const open = useMemo(() => openIncidents(world), [world]);
  const walls = useStation((station) => station.walls);
  return (
    <div className="walls">
      <h2>{t('walls.title')}</h2>
      {(walls === null || walls.length === 0) && <p className="quiet-words">{t('walls.none')}</p>}
      {walls?.map((wall) => (
        <Wall key={wall.account} wall={wall} world={world} open={open} chosen={chosen} />
      ))}
    </div>
  );
}

interface WallProps extends WallsPaneProps {
  wall: WallScreen;
  open: readonly OpenIncident[];
}

function Wall({ wall, world, open, chosen }: WallProps) {
  const { t, say } = useLanguage();
  const [failed, setFailed] = useState(false);
  const area = world.places.find(({ code }) => code === wall.area)?.name ?? world.county.name;
  const tell = async (request: WallRequest) => {
    const answer = await send({ method: 'POST', path: `/walls/${wall.account}/orders`, body: request });
    setFailed(answer === null || !answer.ok);
  };
  return (
    <section className="walls-wall" data-wall={wall.account}>
      <header>
        <h3>{wall.name}</h3>
        <span>{say(area)}</span>
      </header>
      <Screens wall={wall} world={world} />
      <Standing wall={wall} world={world} tell={tell} />
      <Orders open={open} chosen={chosen} tell={tell} />
      {failed && <p role="alert">{t('walls.away')}</p>}
    </section>
  );
}

type Tell = (request: WallRequest) => Promise<void>;

/** Every screen of the wall, as it says itself. */
function Screens({ wall, world }: { wall: WallScreen; world: World }) {
  const { t, say } = useLanguage();
  return (
    <ul className="walls-screens">
      {wall.screens.map((screen, i) => {
        const lead = screen.incident === null ? undefined : world.incidents.get(screen.incident);
        const { width, height } = screen;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: screens of one account have no name of their own
          <li key={i}>
            <strong>
              {lead === undefined ? t('walls.quiet') : t('walls.leads', { place: say(lead.place) })}
            </strong>
            <span>{t(`wall.mode.${screen.mode}`)}</span>
            <span>{t('walls.size', { width, height })}</span>
            <span data-sound={screen.sound}>{t(`walls.sound.${screen.sound}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** What it was told and that still holds, each with the way back. */
function Standing({ wall, world, tell }: { wall: WallScreen; world: World; tell: Tell }) {
  const { t } = useLanguage();
  const now = useNow();
  const time = useCountyTime();
  const standing = wall.orders.filter(({ until }) => until > now);
  return (
    <ul className="walls-standing">
      {standing.map(({ order, by, until }) => (
        <li key={order.order}>
          <span>
            {t('walls.until', { what: orderWords(order, world, t), by, until: time.hourMinute(until) })}
          </span>
          <button
            type="button"
            className="button"
            onClick={() => void tell({ do: 'release', kinds: [order.order] })}
          >
            {t('walls.release')}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface OrdersProps {
  open: readonly OpenIncident[];
  chosen: string | null;
  tell: Tell;
}

function Orders({ open, chosen, tell }: OrdersProps) {
  const { t } = useLanguage();
  const [minutes, setMinutes] = useState<number>(choices[1]);
  const order = (one: WallOrder) => void tell({ do: 'order', order: one, minutes });
  const plain: [label: string, order: WallOrder][] = [
    [t('walls.county'), { order: 'look', look: { at: 'county' } }],
    [t('wall.mode.wartime'), { order: 'mode', mode: 'wartime' }],
    [t('wall.mode.everyday'), { order: 'mode', mode: 'everyday' }],
    [t('walls.mute'), { order: 'mute' }],
  ];
  const shades = mapShades.map((shade): [string, WallOrder] => [
    t(`walls.shade.${shade}`),
    { order: 'shade', shade },
  ]);
  return (
    <div className="walls-orders">
      <fieldset className="walls-minutes">
        {choices.map((choice) => (
          <button
            type="button"
            key={choice}
            className="button"
            aria-pressed={choice === minutes}
            onClick={() => setMinutes(choice)}
          >
            {t('walls.minutes', { count: choice })}
          </button>
        ))}
      </fieldset>
      <LookAtIncident
        open={open}
        chosen={chosen}
        look={(incident) => order({ order: 'look', look: { at: 'incident', incident } })}
      />
      {[plain, shades].map((orders) => (
        <div className="walls-plain" key={orders[0]![0]}>
          {orders.map(([label, one]) => (
            <button type="button" key={label} className="button" onClick={() => order(one)}>
              {label}
            </button>
          ))}
        </div>
      ))}
      <PinCameras pin={(cameras) => order({ order: 'cameras', cameras })} />
    </div>
  );
}

interface LookAtIncidentProps {
  open: readonly OpenIncident[];
  chosen: string | null;
  look: (incident: string) => void;
}

function LookAtIncident({ open, chosen, look }: LookAtIncidentProps) {
  const { t, say } = useLanguage();
  const [wanted, setWanted] = useState(chosen ?? '');
  const known = open.some(({ incident }) => incident.id === wanted);
  return (
    <form
      className="walls-line"
      onSubmit={(event) => {
        event.preventDefault();
        look(wanted);
      }}
    >
      <select
        aria-label={t('walls.choose')}
        value={known ? wanted : ''}
        onChange={({ target }) => setWanted(target.value)}
      >
        <option value="">{t('walls.choose')}</option>
        {open.map(({ incident }) => (
          <option key={incident.id} value={incident.id}>
            {`${t(`severity.${incident.severity}`)} · ${say(incident.place)}`}
          </option>
        ))}
      </select>
      <button type="submit" className="button button-main" disabled={!known}>
        {t('walls.incident')}
      </button>
    </form>
  );
}

function PinCameras({ pin }: { pin: (cameras: string[]) => void }) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const cameras = text.split(/[\s,，]+/).filter((one) => one !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    pin(cameras.slice(0, 4));
  };
  return (
    <form className="walls-line" onSubmit={submit}>
      <input
        aria-label={t('walls.cameras')}
        placeholder={t('walls.cameras')}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="button" disabled={cameras.length === 0}>
        {t('walls.showCameras')}
      </button>
    </form>
  );
}
