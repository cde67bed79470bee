export interface Size {
  width: number;
  height: number;
}

export interface BaseRoomOptions {
  /** What the base map is drawn in. */
  container: HTMLElement;
  /** What is seen of it. */
  window: HTMLElement;
  /** What is seen changed, and the base map is as large as it was. */
  moved: () => void;
  /** The container has another size. */
  resized: () => void;
}

/**
 * The room of the base map: as large as what is seen of it ever was, and around the same middle. What is seen of it changes
 * with each building that comes and goes; a canvas of WebGL that changes with it keeps the page's thread waiting until the
 * graphics process has drawn all else, in software for 0.2 to 5 s, and that while an alarm comes in. Where it must grow, it
 * does so after the frame in which the others moved.
 */
export class BaseRoom {
  readonly #options: BaseRoomOptions;
  readonly #observer = new ResizeObserver(() => this.#fit());
  #size: Size = { width: 0, height: 0 };
  #seen: Size = { width: 0, height: 0 };
  #screen = '';
  #growing: ReturnType<typeof setTimeout> | undefined;

  constructor(options: BaseRoomOptions) {
    this.#options = options;
    const { clientWidth: width, clientHeight: height } = options.window;
    this.#seen = { width, height };
    this.#take();
  }

  start(): void {
    this.#observer.observe(this.#options.window);
  }

  stop(): void {
    this.#observer.disconnect();
    clearTimeout(this.#growing);
  }

  /** CSS pixels that are hidden on the left as on the right, and above as below; below 0 where it has yet to grow. */
  get hidden(): { x: number; y: number } {
    return {
      x: (this.#size.width - this.#seen.width) / 2,
      y: (this.#size.height - this.#seen.height) / 2,
    };
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#options.window;
    if (isSame({ width, height }, this.#seen)) return;
    this.#seen = { width, height };
    const next = this.#next();
    this.#place();
    this.#options.moved();
    clearTimeout(this.#growing);
    if (isSame(next, this.#size)) return;
    this.#growing = setTimeout(() => {
      this.#take();
      this.#options.resized();
    });
  }

  #next(): Size {
    return roomAfter(this.#size, this.#seen, this.#screen === screenNow());
  }

  #take(): void {
    this.#size = this.#next();
    this.#screen = screenNow();
    this.#place();
  }

  #place(): void {
    const { style } = this.#options.container;
    style.width = `${this.#size.width}px`;
    style.height = `${this.#size.height}px`;
    style.left = `${Math.floor(-this.hidden.x)}px`;
    style.top = `${Math.floor(-this.hidden.y)}px`;
  }
}

/** The room after one in which so much is seen: it only grows, until the screen itself is another. */
export function roomAfter(room: Size, seen: Size, sameScreen: boolean): Size {
  if (seen.width === 0 || seen.height === 0) return room;
  if (!sameScreen) return seen;
  return { width: Math.max(room.width, seen.width), height: Math.max(room.height, seen.height) };
}

const isSame = (a: Size, b: Size) => a.width === b.width && a.height === b.height;
const screenNow = () => `${innerWidth} ${innerHeight} ${devicePixelRatio}`;
