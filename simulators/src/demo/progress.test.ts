import { expect, test } from 'vitest';
import { liveLine, Progress } from './progress.ts';

test('without a terminal, a line for each beginning and each end', () => {
  let now = 0;
  let written = '';
  const screen = { write: (text: string) => (written += text), isTTY: false, columns: () => 80 };
  const progress = new Progress(screen, () => now);
  progress.start();
  const estate = progress.step('estate');
  const server = progress.step('server');
  now = 6_340;
  server.doing('loading the estate');
  estate.done('212,000 devices');
  now = 9_000;
  server.done('ready');
  progress.stop();
  expect(written).toBe('estate …\nserver …\nestate: 212,000 devices (6.3 s)\nserver: ready (9.0 s)\n');
});

test('the live line shows all that runs and is cut to the terminal', () => {
  const steps = [
    { name: 'estate', startedAt: 0, detail: 'devices' },
    { name: 'server', startedAt: 2_000, detail: '' },
  ];
  expect(liveLine(steps, 5_500, 80)).toBe('estate 5 s: devices · server 3 s');
  expect(liveLine(steps, 5_500, 20)).toHaveLength(19);
  expect(liveLine([], 5_500, 20)).toBe('');
});
