import type { Mark } from './alarm-marks.ts';

/**
 * The rings with which an unacknowledged high alarm calls. Each is an element that the compositor grows by a style
 * (`map.css`): while alarms call, no script runs and no canvas is drawn. Still where less motion is wished for.
 */
export class CallRings {
  readonly #container: HTMLElement;
  readonly #rings: HTMLElement[] = [];

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** One ring around each of the marks; elements are kept, so that a ring goes on where it was. */
  show(marks: readonly Mark[]): void {
    for (const [i, mark] of marks.entries()) {
      const ring = this.#rings[i] ?? this.#add();
      const { style, dataset } = ring;
      style.width = style.height = `${mark.size}px`;
      style.transform = `translate(${mark.x - mark.size / 2}px, ${mark.y - mark.size / 2}px)`;
      dataset.drill = String(mark.incident.drill);
      ring.hidden = false;
    }
    for (const ring of this.#rings.slice(marks.length)) ring.hidden = true;
  }

  stop(): void {
    for (const ring of this.#rings) ring.remove();
  }

  #add(): HTMLElement {
    const ring = document.createElement('div');
    ring.className = 'call-ring';
    ring.append(document.createElement('i'), document.createElement('i'));
    this.#container.append(ring);
    this.#rings.push(ring);
    return ring;
  }
}
