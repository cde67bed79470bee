import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readScenario, type ScenarioText } from './read-scenario.ts';
import { ScenarioError } from './scenario-error.ts';

/** Scenarios that the house comes with, one a file, named for what happens. */
const scenarioFolder = resolve(import.meta.dirname, '../../scenarios');

/** Names that `--scenario` takes without a path. */
export async function scenarioNames(): Promise<string[]> {
  const files = await readdir(scenarioFolder);
  return files.flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -5)] : [])).sort();
}

/** By the name of one that the house comes with, or by a path. Throws a {@link ScenarioError}. */
export async function findScenario(nameOrFile: string): Promise<ScenarioText> {
  const isName = /^[a-z0-9-]+$/.test(nameOrFile);
  const file = isName ? resolve(scenarioFolder, `${nameOrFile}.yaml`) : resolve(nameOrFile);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null) return readScenario(text, isName ? nameOrFile : file);
  const all = (await scenarioNames()).join(', ');
  const message = {
    zh: `没有这个剧本；自带的有：${all}`,
    en: `is no scenario; those that come with it: ${all}`,
  };
  throw new ScenarioError(nameOrFile, [{ line: 0, column: 0, path: '', message }]);
}
