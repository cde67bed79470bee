import type { ReactNode } from 'react';

interface OpenerProps {
  open: boolean;
  toggle: () => void;
  children: ReactNode;
}

/** Opens a form beneath, and shuts it. */
export function Opener({ open, toggle, children }: OpenerProps) {
  return (
    <button type="button" className="button" aria-expanded={open} onClick={toggle}>
      {children}
    </button>
  );
}
