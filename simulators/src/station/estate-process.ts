import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Child, sentenceOf } from './child.ts';
import { Failure } from './failure.ts';

/** Size and seed of a generated estate; what is left out is Wenling's own. */
export interface EstateSize {
  detectors?: number;
  cameras?: number;
  buildings?: number;
}

export interface GenerateEstateOptions extends EstateSize {
  project: string;
  folder: string;
  onProgress: (doing: string) => void;
  /** Told of the process, so that a stop in between ends it too. */
  onChild?: (child: Child) => void;
}

/** The marker that the server waits for: when it is there, the whole estate is. */
export const estateMarker = 'complete.json';

/** How the generator opens a line that says what it is doing. */
const stageMark = /^estate: /;

/** Generates an estate into a folder, from nothing, and sets its marker. */
export async function generateEstate(options: GenerateEstateOptions): Promise<void> {
  const { project, folder, onProgress, onChild, detectors, cameras, buildings } = options;
  await rm(folder, { recursive: true, force: true });
  const size = Object.entries({ detectors, cameras, buildings }).filter(([, count]) => count !== undefined);
  const child = new Child({
    name: 'estate generator',
    command: process.execPath,
    args: [
      join(project, 'simulators/src/estate.ts'),
      '--out',
      folder,
      ...size.flatMap(([name, count]) => [`--${name}`, String(count)]),
    ],
    cwd: project,
    env: process.env,
    onLine: (line) => onProgress(line.replace(stageMark, '')),
  });
  child.start();
  onChild?.(child);
  const ended = await child.ended;
  if (ended.code !== 0) {
    const lastWords = ended.lastWords.filter((line) => !stageMark.test(line));
    throw new Failure('estate-failed', sentenceOf({ ...ended, lastWords }, child.name));
  }
  await writeFile(join(folder, estateMarker), `${JSON.stringify({ detectors, cameras, buildings })}\n`);
}
