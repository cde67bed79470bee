import { useEffect, useState } from 'react';
import { send } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { isUnderWay, type Order } from './orders.ts';
import { phoneStore } from './phone-store.ts';

/** So often at most, in ms. */
const tellEveryMs = 8_000;

const key = 'position-of';

/**
 * Where this phone is, told to the room for one order, as long as its holder wants it: it is asked for with each order
 * anew, ends with it, and is kept nowhere for long.
 */
export function SharePosition({ order }: { order: Order }) {
  const { t } = useLanguage();
  const ticket = order.ticket.id;
  const [wanted, setWanted] = useState(false);
  const [failed, setFailed] = useState(false);
  const shares = wanted && isUnderWay(order);
  useEffect(() => {
    void phoneStore.known(key).then((kept) => setWanted(kept === ticket));
  }, [ticket]);
  useEffect(() => (shares ? share(ticket, setFailed) : undefined), [shares, ticket]);
  if (!isUnderWay(order) || !('geolocation' in navigator)) return null;
  const toggle = () => {
    setWanted(!wanted);
    void phoneStore.keepKnown(key, wanted ? null : ticket);
  };
  return (
    <section className="order-block">
      <button
        type="button"
        role="switch"
        aria-checked={wanted}
        className="button order-share"
        onClick={toggle}
      >
        <span className="order-share-mark" aria-hidden="true" />
        {t(wanted ? 'respond.shares' : 'respond.share')}
      </button>
      <p className="quiet-words">{t(failed && wanted ? 'respond.noPosition' : 'respond.shareHint')}</p>
    </section>
  );
}

/** Tells positions until the returned function is called, which says that there will be no more. */
function share(ticket: string, failed: (is: boolean) => void): () => void {
  let toldAt = 0;
  const tell = ({ coords, timestamp }: GeolocationPosition) => {
    failed(false);
    if (Date.now() - toldAt < tellEveryMs) return;
    toldAt = Date.now();
    const { longitude: lon, latitude: lat, accuracy } = coords;
    const ageMs = Math.max(0, Date.now() - timestamp);
    void send({ method: 'POST', path: '/positions', body: { ticket, lon, lat, accuracyM: accuracy, ageMs } });
  };
  const options = { enableHighAccuracy: true, maximumAge: tellEveryMs };
  const watch = navigator.geolocation.watchPosition(tell, () => failed(true), options);
  return () => {
    navigator.geolocation.clearWatch(watch);
    void send({ method: 'DELETE', path: '/positions' });
  };
}
