import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Size of an element in rem, kept up to date. */
export interface SizeInRem {
  width: number;
  height: number;
}

export function useSize<E extends HTMLElement>(): [RefObject<E | null>, SizeInRem | null] {
  const element = useRef<E>(null);
  const [size, setSize] = useState<SizeInRem | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setSize({ width: current.clientWidth / rem, height: current.clientHeight / rem });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
