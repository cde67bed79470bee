import type { Severity } from '@fenghuo/contracts/words.ts';

/**
 * The form of each severity on a 24 × 24 grid, as path data for SVG and canvas alike, so that list and map
 * cannot differ. Colour is never alone: a diamond, a triangle, a ring. Filled by the even-odd rule.
 */
export const severityShapes: Record<Severity, { body: string; sign: string }> = {
  high: {
    body: 'M12 .8a1.6 1.6 0 0 1 1.13.47l9.6 9.6a1.6 1.6 0 0 1 0 2.26l-9.6 9.6a1.6 1.6 0 0 1-2.26 0l-9.6-9.6a1.6 1.6 0 0 1 0-2.26l9.6-9.6A1.6 1.6 0 0 1 12 .8Z',
    sign: 'M10.5 5.8h3l-.45 8.2h-2.1ZM12 15.6a1.6 1.6 0 1 0 .01 0Z',
  },
  medium: {
    body: 'M12 2a1.5 1.5 0 0 1 1.3.75l9.6 16.6A1.5 1.5 0 0 1 21.6 21.6H2.4a1.5 1.5 0 0 1-1.3-2.25l9.6-16.6A1.5 1.5 0 0 1 12 2Z',
    sign: '',
  },
  low: {
    body: 'M12 2a10 10 0 1 0 .01 0ZM12 7a5 5 0 1 1-.01 0Z',
    sign: '',
  },
};

/** Fill of each severity on the canvas; the same values as `--high`, `--medium` and `--low` in tokens.css. */
export const severityColours: Record<Severity, string> = {
  high: '#ff4b3e',
  medium: '#ffb020',
  low: '#58a6ff',
};
