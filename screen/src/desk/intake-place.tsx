import { type FoundPlace, placeList } from '@fenghuo/contracts/intake.ts';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { placeOfText } from './intake-point.ts';
import { useAnswer } from './use-answer.ts';

interface PlaceFieldProps {
  place: FoundPlace | null;
  choose: (place: FoundPlace | null) => void;
}

/** Where it is: typed, and chosen from what the registry knows. Enter takes the first, arrows another. */
export function PlaceField({ place, choose }: PlaceFieldProps) {
  const { t, say } = useLanguage();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = place === null && text.trim() !== '';
  const path = wanted ? `/places?text=${encodeURIComponent(text)}` : null;
  const { body, asking } = useAnswer(path, placeList);
  const point = wanted ? placeOfText(text) : null;
  const found = point === null ? (wanted ? (body?.places ?? []) : []) : [point];
  const take = (one: FoundPlace | undefined) => {
    if (one === undefined) return;
    choose(one);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt(Math.max(0, Math.min(found.length - 1, at + step)));
    if (event.key === 'Enter' && place !== null) choose(place);
    if (event.key === 'Enter' && place === null && !asking) take(found[at]);
    if (step !== 0 || event.key === 'Enter') event.preventDefault();
  };
  return (
    <div className="field intake-place">
      <label htmlFor={id}>{t('intake.place')}</label>
      <input
        id={id}
        ref={field}
        value={place === null ? text : say(place.name)}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        maxLength={80}
        placeholder={t('intake.placeHint')}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          choose(null);
        }}
      />
      <div id={`${id}-list`} role="listbox" className="intake-found" aria-label={t('intake.place')}>
        {found.map((one, i) => (
          <div
            key={`${one.kind} ${one.id}`}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onMouseDown={(event) => {
              event.preventDefault();
              take(one);
            }}
          >
            <span className="intake-kind">{t(`placeKind.${one.kind}`)}</span>
            <strong>{say(one.name)}</strong>
            <span className="quiet-words">{say(one.around)}</span>
          </div>
        ))}
      </div>
      {wanted && !asking && found.length === 0 && <p className="quiet-words">{t('intake.noPlace')}</p>}
      {place !== null && <p className="intake-chosen">{say(place.around)}</p>}
    </div>
  );
}
