import { useEffect, useRef } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { deskKeys, keyGroups } from './desk-keys.ts';

const faces: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  M: '⇧M',
};

/** What each key is for, over everything else, until Escape. */
export function KeyHelp({ close }: { close: () => void }) {
  const { t } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="key-help" aria-labelledby="key-help-title" onClose={close}>
      <header>
        <h2 id="key-help-title">{t('keys.title')}</h2>
        <button type="button" className="button button-plain" onClick={() => dialog.current?.close()}>
          {t('keys.close')} <kbd>Esc</kbd>
        </button>
      </header>
      <div className="key-groups">
        {keyGroups.map((group) => (
          <section key={group}>
            <h3>{t(`keys.group.${group}`)}</h3>
            <dl>
              {deskKeys
                .filter(({ of }) => of === group)
                .map(({ id, keys }) => (
                  <div key={id}>
                    <dt>
                      {keys.map((key) => (
                        <kbd key={key}>{faces[key] ?? key}</kbd>
                      ))}
                    </dt>
                    <dd>{t(`keys.of.${id}`)}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
