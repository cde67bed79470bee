import { expect, test } from 'vitest';
import { Child, sentenceOf } from './child.ts';

const node = (script: string, onLine?: (line: string) => void) =>
  new Child({
    name: 'child',
    command: process.execPath,
    args: ['-e', script],
    cwd: process.cwd(),
    env: process.env,
    ...(onLine === undefined ? {} : { onLine }),
  });

test('a child that fails leaves its sentence', async () => {
  const child = node("console.error('The port 1883 is taken.'); process.exit(1)");
  child.start();
  const ended = await child.ended;
  expect(ended.code).toBe(1);
  expect(sentenceOf(ended, 'server')).toBe('The port 1883 is taken.');
});

test('a child that dies of a bug leaves one sentence and no stack trace', async () => {
  const child = node("throw new RangeError('off by one')");
  child.start();
  expect(sentenceOf(await child.ended, 'server')).toBe(
    'The server ended with exit code 1: RangeError: off by one.',
  );
});

test('a program that is not there', async () => {
  const child = new Child({ name: 'x', command: '/nowhere/x', args: [], cwd: '/', env: {} });
  child.start();
  expect(sentenceOf(await child.ended, 'x')).toContain('ENOENT');
});

test('told to stop, ends by itself', async () => {
  let isUp = () => {};
  const up = new Promise<void>((resolve) => {
    isUp = resolve;
  });
  const child = node(
    "process.on('SIGTERM', () => process.exit(0)); console.log('up'); setInterval(() => {}, 1e3)",
    () => isUp(),
  );
  child.start();
  await up;
  expect(child.running).toBe(true);
  expect(await child.stop(5_000)).toBe(true);
  expect(await child.ended).toMatchObject({ code: 0 });
});

test('deaf to the signal, is ended the hard way', async () => {
  let isUp = () => {};
  const up = new Promise<void>((resolve) => {
    isUp = resolve;
  });
  const child = node("process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1e3)", () =>
    isUp(),
  );
  child.start();
  await up;
  expect(await child.stop(100)).toBe(false);
  expect(await child.ended).toMatchObject({ signal: 'SIGKILL' });
});
