import type { Words } from '@fenghuo/contracts/words.ts';
import { escaped } from './escaped.ts';

export interface Line {
  name: Words;
  /** Each [x, y]. */
  points: readonly (readonly [number, number])[];
  /** Of {@link strokes}. */
  stroke: 0 | 1 | 2 | 3 | 4 | 5;
  /** A step at each point instead of a slope. */
  steps?: boolean;
}

export interface Chart {
  title: Words;
  /** What the axes measure, with their units. */
  x: Words;
  y: Words;
  lines: readonly Line[];
  /** y grows by tenfold: for what lies between a millisecond and a minute. */
  logarithmic?: boolean;
  /** y counts things: there is no half of one. */
  whole?: boolean;
  /** A level or a stretch of levels that means something. */
  band?: { from: number; to: number; name: Words };
  /** Where x begins and ends at least. */
  span?: readonly [number, number];
  /** Labels of x instead of numbers. */
  ticks?: readonly { at: number; label: string }[];
}

/** Told apart in print and by people who see no colours: each has a dash of its own. */
const strokes = [
  { colour: '#0b3d91', dash: '' },
  { colour: '#c2410c', dash: '7 3' },
  { colour: '#15803d', dash: '2 3' },
  { colour: '#7e22ce', dash: '9 3 2 3' },
  { colour: '#0e7490', dash: '5 2' },
  { colour: '#57534e', dash: '1 2' },
] as const;

const [width, height] = [860, 250];
const inner = { left: 64, right: 24, top: 12, bottom: 38 };
const mostPoints = 600;

/** A chart as SVG: no script, nothing fetched, legible on paper. Empty when there is nothing to draw. */
export function chartOf(chart: Chart): string {
  const all = chart.lines.flatMap(({ points }) => points);
  if (all.length === 0) return '';
  const scale = scaleOf(chart, all);
  return `<figure><figcaption>${escaped(chart.title.zh)} <span>${escaped(chart.title.en)}</span></figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(chart.title.en)}">
${bandOf(chart, scale)}${gridOf(chart, scale)}${chart.lines.map((line) => pathOf(line, scale)).join('')}
</svg>${legendOf(chart)}</figure>`;
}

interface Scale {
  x: (value: number) => number;
  y: (value: number) => number;
  xTicks: { at: number; label: string }[];
  yTicks: { at: number; label: string }[];
}

function scaleOf(
  { logarithmic, whole = false, ticks, band, span }: Chart,
  points: readonly (readonly [number, number])[],
): Scale {
  let [lowX, highX] = span ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let highY = band?.to ?? 0;
  for (const [x, y] of points)
    [lowX, highX, highY] = [Math.min(lowX, x), Math.max(highX, x), Math.max(highY, y)];
  if (highX === lowX) highX = lowX + 1;
  const xTicks = ticks === undefined ? roundTicks(lowX, highX, 8) : [...ticks];
  const yTicks = logarithmic ? tenfolds(highY) : roundTicks(0, highY || 1, 4, whole ? 1 : 0);
  const top = yTicks.at(-1)!.at;
  const levelOf = logarithmic
    ? (value: number) => Math.log10(Math.max(1, value)) / Math.log10(top)
    : (value: number) => value / top;
  return {
    x: (value) => inner.left + ((value - lowX) / (highX - lowX)) * (width - inner.left - inner.right),
    y: (value) => height - inner.bottom - levelOf(value) * (height - inner.top - inner.bottom),
    xTicks,
    yTicks,
  };
}

function tenfolds(highest: number): Scale['yTicks'] {
  const last = Math.max(1, Math.ceil(Math.log10(Math.max(2, highest))));
  return Array.from({ length: last + 1 }, (_, i) => ({ at: 10 ** i, label: short(10 ** i) }));
}

/** Ticks at round numbers: 1, 2 or 5 of some power of ten apart, and the last at or above the highest. */
function roundTicks(low: number, high: number, about: number, least = 0): Scale['xTicks'] {
  const rough = Math.max(least, (high - low) / about || 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power;
  const ticks: Scale['xTicks'] = [];
  for (let i = Math.ceil(low / step); ticks.length === 0 || ticks.at(-1)!.at < high; i++)
    ticks.push({ at: i * step, label: short(Number((i * step).toPrecision(12))) });
  return ticks;
}

function short(value: number): string {
  if (value >= 1_000_000) return `${value / 1_000_000} M`;
  return value >= 10_000 ? `${value / 1000} k` : String(value);
}

function gridOf({ x, y }: Chart, scale: Scale): string {
  const [right, bottom] = [width - inner.right, height - inner.bottom];
  const rows = scale.yTicks.map(
    ({ at, label }) =>
      `<path class="grid" d="M${inner.left} ${fixed(scale.y(at))}H${right}"/>` +
      `<text class="tick" x="${inner.left - 6}" y="${fixed(scale.y(at) + 4)}" text-anchor="end">${label}</text>`,
  );
  const columns = scale.xTicks
    .filter(({ at }) => scale.x(at) <= right + 1)
    .map(
      ({ at, label }) =>
        `<text class="tick" x="${fixed(scale.x(at))}" y="${bottom + 15}" text-anchor="middle">${escaped(label)}</text>`,
    );
  return `${rows.join('')}${columns.join('')}
<text class="axis" x="${right}" y="${height - 4}" text-anchor="end">${escaped(`${x.zh} ${x.en}`)}</text>
<text class="axis" transform="translate(12 ${inner.top}) rotate(-90)" text-anchor="end">${escaped(`${y.zh} ${y.en}`)}</text>`;
}

function bandOf({ band }: Chart, scale: Scale): string {
  if (band === undefined) return '';
  const [top, bottom] = [scale.y(band.to), scale.y(band.from)];
  return `<rect class="band" x="${inner.left}" y="${fixed(top)}" width="${width - inner.left - inner.right}" height="${fixed(Math.max(1, bottom - top))}"/>`;
}

function pathOf({ points, stroke, steps }: Line, scale: Scale): string {
  const thin = thinned(points);
  const { colour, dash } = strokes[stroke];
  const commands = thin.map(([x, y], i) => {
    const [px, py] = [fixed(scale.x(x)), fixed(scale.y(y))];
    if (i === 0) return `M${px} ${py}`;
    return steps ? `H${px}V${py}` : `L${px} ${py}`;
  });
  return `<path class="line" stroke="${colour}" stroke-dasharray="${dash}" d="${commands.join('')}"/>`;
}

/** As many points as a printer can tell apart, the last among them. */
function thinned(points: Line['points']): Line['points'] {
  if (points.length <= mostPoints) return points;
  const each = Math.ceil(points.length / mostPoints);
  return points.filter((_, i) => i % each === 0 || i === points.length - 1);
}

function legendOf({ lines, band }: Chart): string {
  const entries = lines.map(({ name, stroke }) => {
    const { colour, dash } = strokes[stroke];
    return `<li><svg viewBox="0 0 34 8"><path class="line" stroke="${colour}" stroke-dasharray="${dash}" d="M0 4H34"/></svg>${bilingual(name)}</li>`;
  });
  const stretch =
    band === undefined
      ? ''
      : `<li><svg viewBox="0 0 34 8"><rect class="band" width="34" height="8"/></svg>${bilingual(band.name)}</li>`;
  return `<ul class="legend">${entries.join('')}${stretch}</ul>`;
}

function bilingual({ zh, en }: Words): string {
  return zh === en ? escaped(zh) : `${escaped(zh)} <span>${escaped(en)}</span>`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
