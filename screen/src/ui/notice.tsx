import { go } from '../route.ts';
import './notice.css';

interface NoticeProps {
  title: string;
  hint?: string;
  /** Something is under way: a quiet line moves. */
  busy?: boolean;
  link?: { to: string; text: string };
}

/** A page that says one thing: loading, away, nothing here. */
export function Notice({ title, hint, busy = false, link }: NoticeProps) {
  return (
    <main className="notice" aria-live="polite">
      <p className="notice-title">{title}</p>
      {hint !== undefined && <p className="notice-hint">{hint}</p>}
      {busy && <span className="notice-line" aria-hidden="true" />}
      {link !== undefined && (
        <button type="button" className="button" onClick={() => go(link.to)}>
          {link.text}
        </button>
      )}
    </main>
  );
}
