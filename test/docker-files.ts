import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const project = fileURLToPath(new URL('..', import.meta.url));
export const dockerFolder = join(project, 'docker');

/** The part of `compose.yaml` that the tests hold against the code. */
export interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
  configs: Record<string, { file: string }>;
  secrets: Record<string, { file: string }>;
}

export interface Service {
  image: string;
  profiles?: string[];
  build?: { context: string; dockerfile: string };
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  configs?: { source: string; target: string }[];
  volumes?: string[];
  ports?: string[];
  networks?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart?: string;
  stop_grace_period?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
}

/** As Compose reads it when its own variables are not set. */
export function readCompose(): Compose {
  const text = readFileSync(join(dockerFolder, 'compose.yaml'), 'utf8');
  return parse(text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')) as Compose;
}

export interface Stage {
  name: string | null;
  image: string;
  steps: { word: string; rest: string }[];
}

export function readDockerfile(name = 'Dockerfile'): Stage[] {
  const text = readFileSync(join(dockerFolder, name), 'utf8');
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (word === undefined || rest === undefined) continue;
    if (word === 'FROM') {
      const [image, , name] = rest.split(/\s+/);
      stages.push({ name: name ?? null, image: image!, steps: [] });
    } else stages.at(-1)!.steps.push({ word, rest });
  }
  return stages;
}

/** What follows `word` in a stage; throws when it is said twice or not at all. */
export function said(stage: Stage, word: string): string {
  const found = stage.steps.filter((step) => step.word === word);
  if (found.length !== 1) throw new Error(`${word} is said ${found.length} times`);
  return found[0]!.rest;
}

export interface Copy {
  /** Stage that it comes from; null is the repository. */
  from: string | null;
  sources: string[];
  target: string;
}

export function copiesOf(stage: Stage): Copy[] {
  return stage.steps
    .filter((step) => step.word === 'COPY')
    .map(({ rest }) => {
      const words = rest.split(/\s+/);
      const from = words[0]!.startsWith('--from=') ? words.shift()!.slice('--from='.length) : null;
      return { from, sources: words.slice(0, -1), target: words.at(-1)! };
    });
}

/** Whether `.dockerignore` keeps a path of the repository out of a build: the last line that matches decides. */
export function readDockerIgnore(): (path: string) => boolean {
  const lines = readFileSync(join(project, '.dockerignore'), 'utf8').split('\n');
  const rules = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ keepsOut: !line.startsWith('!'), matches: asPattern(line.replace(/^!/, '')) }));
  return (path) => rules.findLast((rule) => rule.matches.test(path))?.keepsOut ?? false;
}

function asPattern(glob: string): RegExp {
  const words: Record<string, string> = { '**/': '(?:.*/)?', '*': '[^/]*', '.': '\\.' };
  return new RegExp(`^${glob.replaceAll(/\*\*\/|[*.]/g, (word) => words[word]!)}(?:/.*)?$`);
}

/** Sources of `COPY` that a build would not find. */
export function missingSources(stages: readonly Stage[]): string[] {
  const keptOut = readDockerIgnore();
  const fromRepository = stages.flatMap(copiesOf).filter((copy) => copy.from === null);
  const sources = fromRepository.flatMap((copy) => copy.sources);
  return sources.filter((source) => !existsSync(join(project, source)) || keptOut(source));
}
