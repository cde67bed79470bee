import type { CameraCard } from '@fenghuo/contracts/cameras.ts';
import { LivePlayer } from './live-player.ts';
import { type MosaicCell, nextTurn } from './mosaic-turn.ts';

/** Players that take pictures for the mosaic at one time; the patrol leaves them to it. */
export const mosaicPlayers = 2;
/** A camera that gives no picture in this time is passed over, and it is looked this often whether one came, ms. */
const giveUpMs = 9_000;
const lookEveryMs = 200;

export interface MosaicPicture extends MosaicCell {
  card: CameraCard | null;
}

export interface MosaicHandsOptions {
  /** The canvases of the cells, in their order. */
  canvases: readonly HTMLCanvasElement[];
  /** Server time in ms. */
  now: () => number;
  /** A picture was taken. */
  changed: (pictures: readonly MosaicPicture[]) => void;
}

/**
 * Takes one picture of camera after camera that the scan passes, each into its cell, where it stays until its turn comes
 * again: sixty pictures cost no more decoders than two.
 */
export class MosaicHands {
  readonly #options: MosaicHandsOptions;
  #pictures: MosaicPicture[];
  #passed: readonly CameraCard[] = [];
  readonly #atWork = new Map<number, string>();
  readonly #players = new Set<LivePlayer>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #looks: (() => void)[] = [];

  constructor(options: MosaicHandsOptions) {
    this.#options = options;
    this.#pictures = options.canvases.map(() => ({ camera: null, takenAt: 0, card: null }));
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const player of this.#players) player.stop();
    this.#players.clear();
  }

  /** Cameras whose pictures the scan found live, those passed last first. */
  pass(cameras: readonly CameraCard[]): void {
    this.#passed = cameras;
  }

  #look(): void {
    for (const look of [...this.#looks]) look();
    while (this.#players.size < mosaicPlayers) {
      const turn = nextTurn(
        this.#pictures,
        this.#passed.map(({ id }) => id),
        this.#atWork,
      );
      if (turn === null) return;
      const card = this.#cardOf(turn.camera);
      if (card?.live == null) return;
      this.#take(turn.cell, { ...card, live: card.live });
    }
  }

  #cardOf(id: string): CameraCard | null {
    return (
      this.#passed.find((card) => card.id === id) ??
      this.#pictures.find(({ camera }) => camera === id)?.card ??
      null
    );
  }

  #take(cell: number, card: CameraCard & { live: string }): void {
    const canvas = this.#options.canvases[cell]!;
    const player = new LivePlayer({ canvas, path: card.live });
    const begun = this.#options.now();
    this.#atWork.set(cell, card.id);
    this.#players.add(player);
    const look = () => {
      const { shownAt, takenAt, failure } = player.signs;
      const tooLong = this.#options.now() - begun > giveUpMs;
      if (shownAt === null && failure === null && !tooLong) return;
      this.#looks = this.#looks.filter((other) => other !== look);
      player.stop();
      this.#players.delete(player);
      this.#atWork.delete(cell);
      if (shownAt === null) this.#passed = this.#passed.filter(({ id }) => id !== card.id);
      else this.#put(cell, { camera: card.id, card, takenAt: takenAt ?? this.#options.now() });
    };
    this.#looks.push(look);
    player.start();
  }

  #put(cell: number, picture: MosaicPicture): void {
    this.#pictures = this.#pictures.with(cell, picture);
    this.#options.changed(this.#pictures);
  }
}
