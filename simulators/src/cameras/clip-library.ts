import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { clipName, clipVersions, sceneNames } from './clip-names.ts';

/** One clip in memory: what a player needs before its first segment, and the segments. */
interface Clip {
  name: string;
  init: Buffer;
  segments: readonly Buffer[];
}

const shipped = resolve(import.meta.dirname, '../../clips');

/** All clips by name: 3 MB, however many cameras show them. */
export type ClipLibrary = ReadonlyMap<string, Clip>;

export async function loadClips(folder = shipped): Promise<ClipLibrary> {
  const names = sceneNames.flatMap((scene) => clipVersions.map((version) => clipName(scene, version)));
  const clips = await Promise.all(
    names.map(async (name) => ({ name, ...splitFragments(await readFile(join(folder, `${name}.mp4`))) })),
  );
  return new Map(clips.map((clip) => [clip.name, clip]));
}

/** Splits a fragmented MP4 (ISO/IEC 14496-12): what is before the first `moof` begins every play, a fragment is a segment. */
function splitFragments(file: Buffer): Pick<Clip, 'init' | 'segments'> {
  const starts: number[] = [];
  let end = file.length;
  for (let at = 0; at + 8 <= file.length; at += Math.max(8, file.readUInt32BE(at))) {
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'moof') starts.push(at);
    if (type === 'mfra') end = at;
  }
  const segments = starts.map((start, i) => file.subarray(start, starts[i + 1] ?? end));
  return { init: file.subarray(0, starts[0] ?? end), segments };
}
