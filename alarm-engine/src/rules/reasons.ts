import { isReport, type Words } from '@fenghuo/contracts/words.ts';
import { deviceWords, kindWords, sightOf, troubleOf } from './device-words.ts';
import type { EventView } from './event-view.ts';
import type { Signal } from './recent-signals.ts';
import type { Finding } from './window.ts';

const nothing: Words = { zh: '', en: '' };

/** What the event itself says, such as `5 层烟感报警`. */
export function ownReason({ event, signal }: EventView): Words {
  if (isReport(event.kind))
    return { zh: `${floorOf(signal).zh}人员报警`, en: `reported by a person${floorOf(signal).en}` };
  const said = sayingOf(signal);
  if (event.value === null) return said;
  const value = `${event.value}${event.unit === null ? '' : ` ${event.unit}`}`;
  return event.state === 'alarm'
    ? { zh: `${said.zh}，读数 ${value}`, en: `${said.en}, reads ${value}` }
    : { zh: `${placed(signal).zh}读数 ${value}`, en: `${placed(signal).en} reads ${value}` };
}

/** What others say in a window: detectors as one, the nearest camera by its name. Empty when there are none. */
export function evidenceReason({ inOrder: signals, window, view }: Finding): Words[] {
  if (window.within.of === 'device') return [kindsReason(signals)];
  const detectors = newestOfEach(signals.filter(({ deviceType }) => deviceType !== 'camera'));
  const cameras = newestOfEach(signals.filter(({ deviceType }) => deviceType === 'camera'));
  const others = detectors.filter(({ deviceNo }) => deviceNo !== view.device.no);
  return [
    ...(others.length === 0 ? [] : [detectorsReason(detectors, view)]),
    ...nearestFirst(
      cameras.filter(({ deviceNo }) => deviceNo !== view.device.no),
      view,
    )
      .slice(0, 1)
      .map((camera) => cameraReason(camera, view)),
  ];
}

/** A device that reports two kinds counts once, by its newest. */
function newestOfEach(signals: readonly Signal[]): Signal[] {
  return [...new Map(signals.map((signal) => [signal.deviceNo, signal])).values()];
}

function nearestFirst(signals: readonly Signal[], view: EventView): Signal[] {
  const metres = (signal: Signal) => view.metresTo(signal) ?? Number.POSITIVE_INFINITY;
  return signals.toSorted((a, b) => metres(a) - metres(b) || a.deviceNo - b.deviceNo);
}

function detectorsReason(detectors: readonly Signal[], view: EventView): Words {
  const [only] = detectors;
  if (detectors.length === 1 && only !== undefined) {
    const said = sayingOf(only);
    const away = awayOf(only, view);
    return { zh: `${away.zh}${said.zh}`, en: `${said.en}${away.en}` };
  }
  const where = floorsOf(detectors);
  const times = detectors.map(({ at }) => at);
  const span = spanWords(Math.max(...times) - Math.min(...times));
  const what = countsOf(detectors);
  return {
    zh: `${where.zh}${what.zh} ${span.zh}内相继报警`,
    en: `${what.en}${where.en} within ${span.en}`,
  };
}

function cameraReason(camera: Signal, view: EventView): Words {
  const metres = view.metresTo(camera);
  const sight = sightOf(camera.kind) ?? { zh: '报警', en: 'is in alarm' };
  const where = metres === null ? '' : `在 ${Math.round(metres)} 米外`;
  return {
    zh: `摄像机 ${camera.label} ${where}${sight.zh}`,
    en: `camera ${camera.label} ${sight.en}${metres === null ? '' : ` ${Math.round(metres)} m away`}`,
  };
}

/** Of one device: smoke and CO of a detector that measures both. */
function kindsReason(signals: readonly Signal[]): Words {
  const kinds = [...new Set(signals.map(({ kind }) => kind))];
  const words = kinds.map((kind) => kindWords[kind]);
  return {
    zh: `同一设备报${words.map(({ zh }) => zh).join('、')}`,
    en: `one device reports ${inEnglish(words.map(({ en }) => en))}`,
  };
}

function sayingOf(signal: Signal): Words {
  const sight = sightOf(signal.kind);
  if (sight !== null)
    return { zh: `摄像机 ${signal.label} ${sight.zh}`, en: `camera ${signal.label} ${sight.en}` };
  const { zh, en } = placed(signal);
  const trouble = troubleOf(signal.kind) ?? { zh: '报警', en: 'in alarm' };
  return { zh: `${zh}${trouble.zh}`, en: `${en} ${trouble.en}` };
}

function placed(signal: Signal): Words {
  const { zh, en } = nameOf(signal);
  const floor = floorOf(signal);
  return { zh: `${floor.zh}${zh}`, en: `${en}${floor.en}` };
}

const nameOf = ({ deviceType, kind }: Signal): Words =>
  isReport(kind) ? { zh: '人员', en: 'person' } : deviceWords[deviceType];

const floorOf = ({ floor }: Signal): Words =>
  floor === null ? nothing : { zh: `${floor} 层`, en: ` on floor ${floor}` };

function floorsOf(signals: readonly Signal[]): Words {
  const known = signals.map(({ floor }) => floor).filter((floor) => floor !== null);
  const floors = [...new Set(known)].sort((a, b) => a - b);
  if (floors.length === 0) return nothing;
  return {
    zh: `${floors.join('、')} 层 `,
    en: ` on floor${floors.length > 1 ? 's' : ''} ${inEnglish(floors.map(String))}`,
  };
}

/** `2 只烟感`, or `1 只烟感、1 只温感`. */
function countsOf(signals: readonly Signal[]): Words {
  const groups = [...Map.groupBy(signals, (signal) => nameOf(signal).zh).values()];
  const words = groups.map((group) => ({ name: nameOf(group[0]!), count: group.length }));
  return {
    zh: words.map(({ name, count }) => `${count} ${name.zh === '人员' ? '名' : '只'}${name.zh}`).join('、'),
    en: inEnglish(words.map(({ name, count }) => `${count} ${name.en}${count > 1 ? 's' : ''}`)),
  };
}

function awayOf(signal: Signal, view: EventView): Words {
  const metres = view.metresTo(signal);
  if (metres === null || Math.round(metres) === 0) return nothing;
  return { zh: `${Math.round(metres)} 米外 `, en: `, ${Math.round(metres)} m away` };
}

function spanWords(ms: number): Words {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 120) return { zh: `${seconds} 秒`, en: `${seconds} s` };
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return { zh: `${minutes} 分钟`, en: `${minutes} min` };
  return { zh: `${Math.round(minutes / 60)} 小时`, en: `${Math.round(minutes / 60)} h` };
}

function inEnglish(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
