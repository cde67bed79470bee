import type { Severity } from '@fenghuo/contracts/words.ts';
import { ageText, type UnitWords } from '../ui/durations.ts';
import { severityColours, severityShapes } from '../ui/severity-shapes.ts';
import type { MapIncident, Mark } from './alarm-marks.ts';
import { type Box, boxesAround, type LabelWish } from './place-labels.ts';

/**
 * This file draws an alarm on the map: its mark (shape and colour by severity, hatched in a drill), and its text
 * (place and age). Where marks and texts stand is decided in `alarm-marks.ts` and `place-labels.ts`; the ring with
 * which a high one calls is in `call-rings.ts`.
 */
export interface AlarmWords {
  drill: string;
  units: UnitWords;
}

export interface AlarmDrawing {
  context: CanvasRenderingContext2D;
  /** Pixels of 1rem. */
  rem: number;
  /** Server time in ms. */
  now: number;
  words: AlarmWords;
  /** What is shown is no longer the present: grey. */
  stale: boolean;
}

/** A text beside a mark, with the room that it takes. */
export interface AlarmLabel extends Box {
  place: string | null;
  age: string;
}

const ground = '#0b0f14';
const text = '#eaf1f7';
const staleColour = '#8fa0af';

/** Alarm text in rem: 1/40 of the wall's height. */
const alarmRem = 1.7;

const placeFont = (rem: number) => `700 ${alarmRem * rem}px Barlow, "Noto Sans SC", sans-serif`;
const ageFont = (rem: number) => `500 ${alarmRem * rem}px Barlow, "Noto Sans SC", sans-serif`;

const shapes = new Map<Severity, { body: Path2D; sign: Path2D }>();

function shapeOf(severity: Severity) {
  const known = shapes.get(severity);
  if (known !== undefined) return known;
  const { body, sign } = severityShapes[severity];
  const shape = { body: new Path2D(body), sign: new Path2D(sign) };
  shapes.set(severity, shape);
  return shape;
}

/** Draws all marks, the milder first so that the graver lie on top, then the texts that found room. */
export function drawAlarms(
  drawing: AlarmDrawing,
  marks: readonly Mark[],
  labels: ReadonlyMap<string, AlarmLabel>,
): void {
  for (const mark of marks.toReversed()) drawMark(drawing, mark);
  for (const [id, label] of labels) {
    const mark = marks.find((candidate) => candidate.incident.id === id);
    if (mark !== undefined) drawLabel(drawing, label);
  }
}

/** Of its severity, or grey. */
export function markColour({ incident }: Mark, stale: boolean): string {
  return stale ? staleColour : severityColours[incident.severity];
}

function drawMark({ context, rem, stale }: AlarmDrawing, mark: Mark): void {
  const { severity, drill } = mark.incident;
  const colour = markColour(mark, stale);
  const { body, sign } = shapeOf(severity);
  context.save();
  context.translate(mark.x - mark.size / 2, mark.y - mark.size / 2);
  context.scale(mark.size / 24, mark.size / 24);
  context.lineJoin = 'round';
  context.strokeStyle = ground;
  context.lineWidth = 5;
  context.stroke(body);
  context.fillStyle = drill ? hatch(context, colour) : colour;
  context.fill(body, 'evenodd');
  if (drill) {
    context.strokeStyle = colour;
    context.lineWidth = 1.4;
    context.stroke(body);
  } else {
    context.fillStyle = stale ? ground : '#fff';
    context.fill(sign);
  }
  context.restore();
  if (mark.beyond !== null) drawPointer(context, mark, mark.beyond);
  if (mark.more > 0) drawMore(context, mark, { rem, stale });
}

const hatchTiles = new Map<string, OffscreenCanvas>();

/** Stripes of a drill in a colour. */
function hatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = hatchTiles.get(colour) ?? hatchTile(colour);
  hatchTiles.set(colour, tile);
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(0.6));
  return pattern ?? colour;
}

function hatchTile(colour: string): OffscreenCanvas {
  const tile = new OffscreenCanvas(8, 8);
  const stripes = tile.getContext('2d');
  if (stripes === null) return tile;
  stripes.fillStyle = ground;
  stripes.fillRect(0, 0, 8, 8);
  stripes.strokeStyle = colour;
  stripes.lineWidth = 2.6;
  for (const from of [-8, 0, 8]) {
    stripes.beginPath();
    stripes.moveTo(from - 1, 9);
    stripes.lineTo(from + 9, -1);
    stripes.stroke();
  }
  return tile;
}

/** A small head beside a mark at the edge, towards what lies outside the view. */
function drawPointer(context: CanvasRenderingContext2D, mark: Mark, angle: number): void {
  const reach = mark.size * 0.85;
  context.save();
  context.translate(mark.x + reach * Math.cos(angle), mark.y + reach * Math.sin(angle));
  context.rotate(angle);
  context.beginPath();
  context.moveTo(mark.size * 0.16, 0);
  context.lineTo(-mark.size * 0.12, mark.size * 0.2);
  context.lineTo(-mark.size * 0.12, -mark.size * 0.2);
  context.closePath();
  context.fillStyle = text;
  context.fill();
  context.restore();
}

/** How many more stand under this mark; in the colour of the high while one of them is. */
function drawMore(
  context: CanvasRenderingContext2D,
  mark: Mark,
  { rem, stale }: Pick<AlarmDrawing, 'rem' | 'stale'>,
): void {
  const radius = rem * 0.95;
  const side = mark.beyond !== null && Math.cos(mark.beyond) > 0 ? -1 : 1;
  const at = { x: mark.x + side * mark.size * 0.45, y: mark.y - mark.size * 0.45 };
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  const isHigh = mark.moreHigh > 0 && !stale;
  context.fillStyle = isHigh ? severityColours.high : text;
  context.fill();
  context.fillStyle = ground;
  context.font = `700 ${rem * 1.1}px Barlow, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(`+${mark.more}`, at.x, at.y + rem * 0.05);
}

function drawLabel({ context, rem }: AlarmDrawing, label: AlarmLabel): void {
  const line = alarmRem * rem * 1.2;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = ground;
  context.lineWidth = rem * 0.4;
  context.fillStyle = text;
  const write = (words: string, font: string, row: number) => {
    context.font = font;
    context.strokeText(words, label.x, label.y + line * (row + 0.5));
    context.fillText(words, label.x, label.y + line * (row + 0.5));
  };
  if (label.place !== null) write(label.place, placeFont(rem), 0);
  write(label.age, ageFont(rem), label.place === null ? 0 : 1);
}

/** The room that a mark takes from texts. */
export function markBox(mark: Mark): Box {
  const reach = mark.size * (mark.calls ? 0.8 : mark.more > 0 ? 0.75 : 0.6);
  return { x: mark.x - reach, y: mark.y - reach, w: reach * 2, h: reach * 2 };
}

/**
 * What is written beside a mark, if there is room: a high one its place and age, the others their age. At the
 * edge only a high one speaks.
 */
export function labelWish({ context, rem, now, words }: AlarmDrawing, mark: Mark): LabelWish<AlarmLabel> {
  if (mark.beyond !== null && mark.incident.severity !== 'high')
    return { id: mark.incident.id, candidates: [] };
  const age = ageWords(mark.incident, now, words);
  const gap = mark.size * (mark.calls || mark.more > 0 ? 0.85 : 0.65);
  const line = alarmRem * rem * 1.2;
  context.font = ageFont(rem);
  const ageWidth = context.measureText(age.replace(/\d/g, '0')).width + rem * 0.5;
  const short = boxesAround(mark, { w: ageWidth, h: line }, gap).map((box) => ({ ...box, place: null, age }));
  if (mark.incident.severity !== 'high' || mark.beyond !== null)
    return { id: mark.incident.id, candidates: short };
  const { place } = mark.incident;
  context.font = placeFont(rem);
  const w = Math.max(ageWidth, context.measureText(place).width + rem * 0.5);
  const long = boxesAround(mark, { w, h: line * 2 }, gap).map((box) => ({ ...box, place, age }));
  return { id: mark.incident.id, candidates: [...long, ...short] };
}

function ageWords(incident: MapIncident, now: number, words: AlarmWords): string {
  const age = ageText(now - (now % 1_000) - incident.openedAt, words.units);
  return incident.drill ? `${words.drill} ${age}` : age;
}
