import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { type ChangeEvent, useEffect, useState } from 'react';
import { newCommandId } from '../desk/act.ts';
import { useLanguage } from '../i18n/language.ts';
import { serverNow } from '../ui/now.ts';
import type { Order } from './orders.ts';
import type { WaitingFile } from './outbox.ts';
import { useOutbox } from './postman.ts';
import { shrinkPhoto } from './shrink-photo.ts';
import { useOutgoing } from './use-postman.ts';

/** Photos of the case: one touch opens the camera; what was taken is kept here until the station has it. */
export function OrderPhotos({ order, who }: { order: Order; who: WhoAmI }) {
  const { t } = useLanguage();
  const { entries } = useOutbox();
  const take = useTake(order, who);
  const { ticket } = order;
  const waiting = entries.filter((one) => one.kind === 'file').filter((one) => one.ticket === ticket.id);
  const kept = ticket.evidence.filter(({ kind }) => kind === 'photo');
  return (
    <section className="order-block">
      <h2>{t('respond.photos', { count: kept.length })}</h2>
      <label className="button order-camera">
        {t('respond.takePhoto')}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          multiple
          className="visually-hidden"
          data-camera
          onChange={(event) => void take(event)}
        />
      </label>
      <ul className="order-photos" data-kept={kept.length}>
        {kept.map(({ id }) => (
          <li key={id}>
            <img
              src={`/api/v1/cases/${ticket.caseCode}/files/${id}?size=small`}
              alt={t('respond.photo')}
              loading="lazy"
            />
          </li>
        ))}
        {waiting.map((file) => (
          <Waiting key={file.id} file={file} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ file }: { file: WaitingFile }) {
  const { t } = useLanguage();
  const [address, setAddress] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([file.bytes]));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file.bytes]);
  return (
    <li data-waits>
      {address !== '' && <img src={address} alt={t('respond.photo')} />}
      <span>{t('respond.waits')}</span>
    </li>
  );
}

function useTake({ ticket }: Order, who: WhoAmI) {
  const postman = useOutgoing();
  return async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])];
    const doneAt = serverNow();
    for (const file of files)
      await postman.post({
        ...{ kind: 'file', id: newCommandId(), account: who.account, ticket: ticket.id },
        ...{ caseCode: ticket.caseCode, doneAt, refused: null, note: '', name: file.name.slice(0, 120) },
        bytes: await shrinkPhoto(file),
      });
    target.value = '';
  };
}
