import { Component, type ReactNode } from 'react';
import { useLanguage } from '../i18n/language.ts';
import './notice.css';

/** A part that failed is tried again after this, ms. */
const tryAgainMs = 10_000;

/**
 * Around what may fail: a fault in one part says so in its place and is tried again, and the others go on. Without it
 * React takes the whole page away, and a wall is black.
 */
export class Mishap extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  #timer: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    this.#timer = setTimeout(() => this.setState({ failed: false }), tryAgainMs);
  }

  override componentWillUnmount(): void {
    clearTimeout(this.#timer);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed />;
  }
}

function Failed() {
  const { t } = useLanguage();
  return (
    <p className="mishap" role="alert">
      {t('mishap')}
    </p>
  );
}
