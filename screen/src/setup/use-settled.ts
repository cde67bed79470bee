import { useEffect, useState } from 'react';

/** So long after the last key what was typed is asked for, in ms. */
const restMs = 250;

/** What somebody types, once they pause: each question costs the database a look at every device. */
export function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed.trim());
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed.trim()), restMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}
