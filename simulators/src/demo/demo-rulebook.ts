import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const shippedFiles = ['alarm-engine/rulebook.yaml', 'alarm-engine/risk-categories.yaml'];
const floodLine = /^flood: \{ enter_above: (\d+), exit_below: (\d+), (within: .*)$/m;

/**
 * The rulebook of a demo, `<data>/rulebook.yaml`: the shipped one, but that so many times as many alarms make a flood as
 * simulated life runs faster, since a quiet day at sixty times its speed would be one flood. One that is there is left
 * as somebody wrote it.
 */
export async function writeDemoRulebook(project: string, data: string, timeFactor: number): Promise<void> {
  const path = join(data, 'rulebook.yaml');
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const texts = await Promise.all(shippedFiles.map((file) => readFile(join(project, file), 'utf8')));
  await mkdir(data, { recursive: true });
  await writeFile(path, inCompressedTime(texts.join(''), timeFactor));
}

/** Throws when the book has no line of floods as the shipped one has. */
export function inCompressedTime(text: string, factor: number): string {
  if (!floodLine.test(text)) throw new Error('the shipped rulebook says nothing of floods');
  return text.replace(
    floodLine,
    (_, enter: string, exit: string, rest: string) =>
      `flood: { enter_above: ${Number(enter) * factor}, exit_below: ${Number(exit) * factor}, ${rest}`,
  );
}
