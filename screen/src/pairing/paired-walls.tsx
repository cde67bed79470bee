import { type WallList, wallList } from '@fenghuo/contracts/walls.ts';
import { useCallback, useEffect, useState } from 'react';
import { request, send } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';

/** The walls of one's area that were let in by code, each with the way out. */
export function PairedWalls() {
  const { t } = useLanguage();
  const [walls, setWalls] = useState<WallList['walls']>([]);
  const load = useCallback(async () => {
    const answer = await request({ method: 'GET', path: '/walls', answer: wallList });
    if (answer.ok) setWalls(answer.body.walls.filter(({ paired }) => paired));
  }, []);
  useEffect(() => void load(), [load]);

  async function unpair(account: string) {
    await send({ method: 'POST', path: `/walls/${account}/unpair` });
    await load();
  }

  if (walls.length === 0) return null;
  return (
    <section className="pairing-walls">
      <h2>{t('pairing.walls')}</h2>
      <ul>
        {walls.map(({ account, name, area }) => (
          <li key={account}>
            <span>{t('pairing.wallIn', { name, area })}</span>
            <button type="button" className="button" onClick={() => void unpair(account)}>
              {t('pairing.unpair')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
