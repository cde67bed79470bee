import type { RulebookFault } from '@fenghuo/contracts/rulebook.ts';
import { useEffect, useRef } from 'react';
import { useLanguage } from '../../i18n/language.ts';

interface RulebookTextProps {
  text: string;
  errors: readonly RulebookFault[];
  /** Null: it can only be read. */
  write: ((text: string) => void) | null;
}

/** The text with its line numbers, those with a fault marked; the first of them is scrolled to. */
export function RulebookText({ text, errors, write }: RulebookTextProps) {
  const { t, say } = useLanguage();
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const faulty = new Map(errors.map(({ line, message }) => [line, say(message)]));
  const lines = text.split('\n').length;
  useEffect(() => {
    const first = errors[0]?.line;
    if (first === undefined || area.current === null) return;
    const lineHeight = area.current.scrollHeight / area.current.value.split('\n').length;
    area.current.scrollTop = (first - 4) * lineHeight;
  }, [errors]);
  return (
    <div className="setup-book">
      <ol className="setup-gutter" ref={gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, i) => i + 1).map((line) => (
          <li key={line} data-fault={faulty.has(line)} title={faulty.get(line)}>
            {line}
          </li>
        ))}
      </ol>
      <textarea
        ref={area}
        aria-label={t('setup.page.rulebook')}
        value={text}
        readOnly={write === null}
        spellCheck={false}
        wrap="off"
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onChange={(event) => write?.(event.target.value)}
      />
    </div>
  );
}
