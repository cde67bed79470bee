import { useState } from 'react';

/** A figure that says for a moment that it changed, see `.changed` in wall.css. The first one does not: all is new then. */
export function Changing({ value, className = '' }: { value: string; className?: string }) {
  const [shown, setShown] = useState({ value, turn: 0 });
  if (shown.value !== value) setShown({ value, turn: isFigure(shown.value) ? shown.turn + 1 : shown.turn });
  return (
    <span key={shown.turn} className={shown.turn === 0 ? className : `${className} changed`.trimStart()}>
      {value}
    </span>
  );
}

/** From a dash to a first figure is no change. */
const isFigure = (text: string) => text !== '–';
