import type { MapVideo } from '../video/map-video.ts';
import type { ScanSweep } from '../video/scan-sweep.ts';
import { arrangeMarks, isCrowd, type MapIncident, type Mark, type View } from './alarm-marks.ts';
import { arrangeCones, type PlacedCone } from './arrange-cones.ts';
import { CallRings } from './call-rings.ts';
import {
  type AlarmDrawing,
  type AlarmLabel,
  type AlarmWords,
  drawAlarms,
  labelWish,
  markBox,
  markColour,
} from './draw-alarms.ts';
import { drawCones } from './draw-cones.ts';
import {
  clusterBox,
  drawClusterNumbers,
  drawFolded,
  type FoldedPlace,
  foldedClusters,
  freeClusters,
} from './draw-folded.ts';
import { drawHeat } from './draw-heat.ts';
import { drawNames, type MapName, nameWish, type PlacedName } from './draw-names.ts';
import { drawSweep } from './draw-sweep.ts';
import { drawTeams, type TeamMark } from './draw-teams.ts';
import { type Box, placeLabels } from './place-labels.ts';

/** What lies over the base map: alarms, and the names that make room for them. */
export interface Scene {
  /** Located open incidents, the gravest first. */
  incidents: readonly MapIncident[];
  /** Located low incidents of a flood. */
  folded: readonly FoldedPlace[];
  names: readonly MapName[];
  /** What the tiles of video show. */
  video: MapVideo;
  /** Teams on the move. */
  teams: readonly TeamMark[];
  /** No longer the present: grey, and nothing calls. */
  stale: boolean;
  words: AlarmWords;
}

export interface OverlayOptions {
  canvas: HTMLCanvasElement;
  /** Over the canvas: where rings stand. */
  rings: HTMLElement;
  project: View['project'];
  /** Of the camera: names of villages show from near. */
  zoom: () => number;
  /** Server time in ms. */
  now: () => number;
  /** What the county scan found. */
  sweep: ScanSweep;
}

/** Zoom from which a village is large enough for its name. */
const villagesFromZoom = 11.5;

/** How far from its incident a camera's view begins at least, and the room that it takes from texts, in rem. */
const coneRem = { reach: 3, room: 1.2, number: 0.8 };

/** The ages move on once a second. */
const ageFrameMs = 1_000;

/**
 * The light canvas above the base map. It draws a few dozen things and never touches the points below. It is
 * kept in main memory (`willReadFrequently`): drawn by a software GL, outlined text held the page for 8 s.
 */
export class Overlay {
  readonly #options: OverlayOptions;
  readonly #rings: CallRings;
  #scene: Scene | null = null;
  #calls = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #redraw = () => this.draw();

  constructor(options: OverlayOptions) {
    this.#options = options;
    this.#rings = new CallRings(options.rings);
  }

  start(): void {
    document.fonts.addEventListener('loadingdone', this.#redraw);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#rings.stop();
    document.fonts.removeEventListener('loadingdone', this.#redraw);
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.draw();
  }

  /** From now on alarms call. Not while the first map is drawn: rings compose the page twenty times a second beside it. */
  letCall(): void {
    this.#calls = true;
    this.draw();
  }

  /** Draws now, and again when something will have moved. */
  draw(): void {
    clearTimeout(this.#timer);
    if (this.#scene === null) return;
    const { canvas, project, now, zoom, sweep } = this.#options;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) return;
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const near = zoom() >= villagesFromZoom;
    const marks = drawScene(
      { ...this.#scene, names: this.#scene.names.filter(({ kind }) => near || kind !== 'village') },
      { context, rem, now: now(), sweep, view: { width, height, rem, project } },
    );
    this.#rings.show(this.#scene.stale || !this.#calls ? [] : marks.filter(({ calls }) => calls));
    this.#timer = setTimeout(this.#redraw, ageFrameMs - (now() % ageFrameMs));
  }
}

interface SceneDrawing extends Omit<AlarmDrawing, 'words' | 'stale'> {
  view: View;
  sweep: ScanSweep;
}

/** Marks first, then the texts that find room, the gravest alarm's before all others. Gives the marks. */
function drawScene(scene: Scene, { view, sweep, ...drawing }: SceneDrawing): Mark[] {
  const alarmDrawing: AlarmDrawing = { ...drawing, words: scene.words, stale: scene.stale };
  const marks = arrangeMarks(scene.incidents, view);
  const margin = view.rem * 0.6;
  const within: Box = {
    x: margin,
    y: margin,
    w: view.width - 2 * margin,
    h: view.height - 2 * margin,
  };
  const obstacles = marks.map(markBox);
  const labels = placeLabels<AlarmLabel>({
    within,
    obstacles,
    wishes: marks.map((mark) => labelWish(alarmDrawing, mark)),
  });
  const cones = placedCones(scene.video, view, [...obstacles, ...labels.values()]);
  const clusters = foldedClusters(view, scene.folded);
  const taken = [...obstacles, ...labels.values(), ...cones.map((cone) => coneBox(cone, view.rem))];
  const names = placeLabels<PlacedName>({
    within,
    obstacles: [...taken, ...clusters.map((cluster) => clusterBox(cluster, view.rem))],
    wishes: scene.names.flatMap((name) => {
      const at = view.project(name.lon, name.lat);
      const isSeen = at.x > 0 && at.y > 0 && at.x < view.width && at.y < view.height;
      return isSeen ? [nameWish(drawing, name, at)] : [];
    }),
  });
  if (scene.video.sweeps && !scene.stale)
    drawSweep({ context: drawing.context, view, now: drawing.now }, sweep);
  for (const mark of marks.filter(isCrowd))
    drawHeat(
      drawing.context,
      { x: mark.x, y: mark.y, count: mark.more + 1 },
      view.rem,
      markColour(mark, scene.stale),
    );
  drawFolded({ context: drawing.context, view, stale: scene.stale }, scene.folded, clusters);
  drawClusterNumbers(drawing.context, freeClusters(clusters, view.rem, taken), view.rem);
  drawNames(drawing, names.values());
  drawCones(drawing.context, cones, view.rem);
  drawAlarms(alarmDrawing, marks, labels);
  drawTeams({ ...drawing, view, stale: scene.stale }, scene.teams);
  return marks;
}

function placedCones({ centre, cones }: MapVideo, { project, rem }: View, taken: Box[]): PlacedCone[] {
  const [reach, room] = [coneRem.reach * rem, coneRem.number * rem];
  return centre === null ? [] : arrangeCones(cones, centre, { project, reach, room, taken });
}

function coneBox({ number: { x, y } }: PlacedCone, rem: number): Box {
  const room = coneRem.room * rem;
  return { x: x - room, y: y - room, w: room * 2, h: room * 2 };
}
