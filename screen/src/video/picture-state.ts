/**
 * Why there is no picture, as `GET /cameras/{id}/live.m3u8` says it; or that this browser cannot play what there is; or
 * that the server does not answer this screen, which tells nothing of the camera.
 */
export type PictureFailure = 'no-signal' | 'offline' | 'no-source' | 'unplayable' | 'cut-off';

/**
 * What a tile says of its picture: connecting 连接中; live 实时; late 滞后; undated 时间不明 (it moves, and nobody knows
 * of when it is); frozen 冻结 (time goes on, the picture does not); stalled 卡顿 (no new pictures come); no-signal
 * 无信号; offline 离线; no-source 未接入; unplayable 无法播放; cut-off 连接中断 (of this screen); waiting 待解码 (this
 * screen shows as many as it can).
 */
type PictureState =
  | PictureFailure
  | 'connecting'
  | 'live'
  | 'late'
  | 'undated'
  | 'frozen'
  | 'stalled'
  | 'waiting';

/** What is seen of a picture. Times are ms of this machine, save `takenAt`. */
export interface PictureSigns {
  /** When the last picture was put on the screen; null: none was. */
  shownAt: number | null;
  /** When it was taken, server time, by EXT-X-PROGRAM-DATE-TIME; null: nobody says. */
  takenAt: number | null;
  /** When a picture came that had not been seen a moment before. */
  changedAt: number | null;
  /** Why it cannot be had now. */
  failure: PictureFailure | null;
}

export const noSigns: PictureSigns = { shownAt: null, takenAt: null, changedAt: null, failure: null };

/** Older than this a picture is late. The usual age is 5 s: two segments of two seconds, and the way here. */
export const lateAfterMs = 10_000;
/** So long without a new picture on the screen: stalled. */
export const stalledAfterMs = 3_000;
/** So long nothing new in the picture while time goes on: frozen. Longer than a quiet corridor of the simulated cameras stands still; an encoder sends a key frame meanwhile, whose noise differs. */
export const frozenAfterMs = 14_000;
/** A clock that is further ahead than this tells no age. */
const aheadMs = 2_000;

export interface PictureTelling {
  state: PictureState;
  /** Age of what is seen, in a frozen picture since it last changed; null: not known, or there is none. */
  ageMs: number | null;
}

/** `now` by this machine's clock, `serverNow` by the server's. */
export function tellPicture(
  signs: PictureSigns,
  { now, serverNow }: { now: number; serverNow: number },
): PictureTelling {
  const { shownAt, takenAt, changedAt, failure } = signs;
  const age = takenAt === null ? null : serverNow - takenAt;
  const ageMs = age === null || age < -aheadMs ? null : Math.max(0, age);
  if (failure !== null) return { state: failure, ageMs };
  if (shownAt === null) return { state: 'connecting', ageMs };
  if (now - shownAt > stalledAfterMs) return { state: 'stalled', ageMs };
  if (changedAt === null || now - changedAt > frozenAfterMs)
    return { state: 'frozen', ageMs: ageMs === null || changedAt === null ? null : ageMs + now - changedAt };
  if (ageMs === null) return { state: 'undated', ageMs };
  return { state: ageMs > lateAfterMs ? 'late' : 'live', ageMs };
}

/** What is told while the server is not heard: what was the present is no longer, with its age. */
export function cutOff(telling: PictureTelling): PictureTelling {
  switch (telling.state) {
    case 'live':
    case 'late':
    case 'undated':
    case 'stalled':
    case 'offline':
      return { ...telling, state: 'cut-off' };
    default:
      return telling;
  }
}
