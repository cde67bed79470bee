/** Places that the clips show. */
export const sceneNames = ['street', 'corridor', 'stairwell', 'car-park', 'warehouse', 'market'] as const;
export type SceneName = (typeof sceneNames)[number];

/** What a camera sees. */
export const pictures = ['normal', 'smoke', 'fire'] as const;
export type Picture = (typeof pictures)[number];

/** `still` is what a frozen encoder goes on sending. */
export const clipVersions = [...pictures, 'still'] as const;
export type ClipVersion = (typeof clipVersions)[number];

/** A clip is so many segments that close into a round; a still is one. */
export const segmentsOfClip = 6;
export const segmentSeconds = 2;
export const framesPerSecond = 10;

/** Name of a clip, and of its file without `.mp4`. */
export function clipName(scene: SceneName, version: ClipVersion): string {
  return `${scene}-${version}`;
}
