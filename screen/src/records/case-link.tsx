import type { MouseEvent, ReactNode } from 'react';
import { go } from '../route.ts';

/** To the file of a case. */
export function CaseLink({ code, children }: { code: string; children: ReactNode }) {
  const to = `/records/${encodeURIComponent(code)}`;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a className="case-link" href={to} onClick={open}>
      {children}
    </a>
  );
}
