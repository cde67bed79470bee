import { useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { ActNote } from '../act-note.tsx';
import { DurationField } from '../duration-field.tsx';
import { deskKeys } from './desk-keys.ts';
import { type Asked, type CaseActs, shelfMinutes } from './use-case-acts.ts';

/** The keys that do something to the chosen case now, what became of the last one, and the words that one asks for. */
export function CaseBar({ acts }: { acts: CaseActs }) {
  const { t } = useLanguage();
  return (
    <footer className="case-bar">
      {acts.asked === null ? (
        <p className="case-keys">
          {deskKeys
            .filter(({ id, of }) => of === 'case' && id in acts.can)
            .map(({ id, keys }) => (
              <span key={id} data-key={id}>
                <kbd>{keys[0]}</kbd> {t(`keys.of.${id}`)}
              </span>
            ))}
        </p>
      ) : (
        <Words key={acts.asked.of} asked={acts.asked} acts={acts} />
      )}
      <ActNote act={acts.shown} />
    </footer>
  );
}

const phrases = {
  falseAlarm: ['cooking', 'dust', 'fault', 'steam', 'smoking'],
  advance: ['handled', 'nothing', 'handedOver'],
  shelve: ['works', 'repair', 'known'],
} as const;

/** A digit says what is said most often; anything else is typed and sent by Enter. */
function Words({ asked, acts: { answer, cancel } }: { asked: Asked; acts: CaseActs }) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const [minutes, setMinutes] = useState<number>(60);
  const usual = phrases[asked.of].map((phrase) => t(`phrase.${phrase}`));
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const phrase = text === '' ? usual[Number(event.key) - 1] : undefined;
    if (event.key === 'Escape') cancel();
    else if (event.key === 'Enter' && text.trim() !== '') answer(text, minutes);
    else if (phrase !== undefined) answer(phrase, minutes);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="case-words">
      <label className="field field-wide">
        <span>{t(`phrase.ask.${asked.of}`)}</span>
        <input
          // biome-ignore lint/a11y/noAutofocus: a key opened it, and words are what comes next
          autoFocus
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </label>
      <ol>
        {usual.map((phrase, i) => (
          <li key={phrase}>
            <button type="button" onClick={() => answer(phrase, minutes)}>
              <kbd>{i + 1}</kbd> {phrase}
            </button>
          </li>
        ))}
      </ol>
      {asked.of === 'shelve' && (
        <DurationField minutes={minutes} choices={shelfMinutes} choose={setMinutes} />
      )}
    </div>
  );
}
