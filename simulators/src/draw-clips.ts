import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  clipName,
  clipVersions,
  framesPerSecond,
  sceneNames,
  segmentSeconds,
  segmentsOfClip,
} from './cameras/clip-names.ts';
import { drawFlames, drawSmoke } from './cameras/drawing/burning.ts';
import { Canvas } from './cameras/drawing/canvas.ts';
import { pictureSize, type Scene, scenes } from './cameras/drawing/scenes.ts';

/**
 * `npm run draw-clips`: draws the clips that simulated cameras show and encodes them with ffmpeg (H.264 baseline in
 * fragmented MP4, a fragment a segment) into `simulators/clips`. Only who changes a picture needs it, and ffmpeg.
 */
const folder = resolve(import.meta.dirname, '../clips');

/** What a version shows: how thick the smoke is, and whether flames are seen; from flames everybody has gone. */
const burningOf = {
  normal: { smoke: 0, flames: false },
  smoke: { smoke: 0.85, flames: false },
  fire: { smoke: 1, flames: true },
  still: { smoke: 0, flames: false },
} as const;

type Version = (typeof clipVersions)[number];

function drawFrame(
  canvas: Canvas,
  scene: Scene,
  { version, phase }: { version: Version; phase: number },
): void {
  const { smoke, flames } = burningOf[version];
  if (flames) drawFlames(canvas, scene.seat, phase);
  else scene.moving(canvas, phase);
  if (smoke > 0)
    drawSmoke(
      canvas,
      { ...scene.seat, y: scene.seat.y - (flames ? scene.seat.size * 1.2 : 0) },
      phase,
      smoke,
    );
}

function encoder(file: string) {
  const { width, height } = pictureSize;
  const perSegment = segmentSeconds * framesPerSecond;
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${width}x${height}`,
    '-r',
    `${framesPerSecond}`,
    '-i',
    '-',
  ];
  const picture = [
    '-c:v',
    'libx264',
    '-profile:v',
    'baseline',
    '-level',
    '3.0',
    '-pix_fmt',
    'yuv420p',
    '-crf',
    '27',
  ];
  const groups = [
    '-preset',
    'veryslow',
    '-g',
    `${perSegment}`,
    '-keyint_min',
    `${perSegment}`,
    '-sc_threshold',
    '0',
  ];
  const output = [
    '-movflags',
    '+frag_keyframe+empty_moov+default_base_moof',
    '-fflags',
    '+bitexact',
    '-y',
    file,
  ];
  return spawn('ffmpeg', ['-v', 'error', ...input, ...picture, ...groups, ...output], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
}

async function drawClip(scene: Scene, version: Version, file: string): Promise<void> {
  const { width, height } = pictureSize;
  const [back, canvas] = [new Canvas(width, height), new Canvas(width, height)];
  scene.still(back);
  const child = encoder(file);
  const ended = once(child, 'exit');
  const whole = segmentsOfClip * segmentSeconds * framesPerSecond;
  const frames = version === 'still' ? segmentSeconds * framesPerSecond : whole;
  for (let i = 0; i < frames; i++) {
    canvas.copyFrom(back);
    drawFrame(canvas, scene, { version, phase: version === 'still' ? 0.3 : i / whole });
    if (!child.stdin.write(Buffer.from(canvas.bytes))) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code} at ${file}`);
}

await mkdir(folder, { recursive: true });
for (const name of sceneNames)
  for (const version of clipVersions) {
    const clip = clipName(name, version);
    await drawClip(scenes[name], version, join(folder, `${clip}.mp4`));
    process.stdout.write(`${clip}\n`);
  }
