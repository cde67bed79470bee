import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { DemoRun } from './demo/demo-run.ts';
import { Progress } from './demo/progress.ts';
import { dataFolder } from './station/station-file.ts';

/** `npm run demo`: a whole invented county on this machine, alive. */
interface DemoArguments {
  ambient: boolean;
  timeFactor: number;
  https?: true;
  detectors?: number;
  cameras?: number;
  buildings?: number;
}

/** npm passes Ctrl-C on to us, and the terminal tells us too: what comes within this time is one Ctrl-C. */
const oneKeystrokeMs = 1_000;

const program = new Command('demo')
  .description('Brings up the whole station with an invented county that lives.')
  .option('--no-ambient', 'nothing happens by itself')
  .option('--time-factor <n>', 'simulated time against real time', atLeast(Number.MIN_VALUE), 60)
  .option('--https', 'phones of this network can come in, over https with an authority of its own')
  .option('--detectors <n>', 'a smaller estate: detectors', atLeast(1))
  .option('--cameras <n>', 'a smaller estate: cameras', atLeast(0))
  .option('--buildings <n>', 'a smaller estate: buildings', atLeast(1))
  .action(run);

async function run({ ambient, timeFactor, https, ...size }: DemoArguments): Promise<void> {
  const project = resolve(import.meta.dirname, '../..');
  const { stdout } = process;
  // A terminal that was closed is no reason to leave a server behind.
  stdout.on('error', () => {});
  const screen = {
    write: (text: string) => stdout.write(text),
    isTTY: stdout.isTTY,
    columns: () => stdout.columns || 80,
  };
  const progress = new Progress(screen, () => performance.now());
  const data = resolve(dataFolder(process.env, project));
  const demo = new DemoRun({
    project,
    data,
    env: https ? { FENGHUO_HOST: '0.0.0.0', ...process.env, FENGHUO_HTTPS: 'own' } : process.env,
    size,
    timeFactor: ambient ? timeFactor : null,
    progress,
  });
  const end = endOnce(demo, progress);
  stopWhenTold(demo, end);
  // A bug here must not leave a server behind either.
  process.on('uncaughtException', (error) => void end(1, error.stack ?? error.message));
  progress.start();
  const startedAt = performance.now();
  try {
    const words = await demo.start((failure) => void end(1, failure.message));
    progress.stop();
    stdout.write(`${words}`);
    progress.say(`Alive after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  } catch (error) {
    await end(1, (error as Error).message);
  }
}

type End = (code: number, sentence?: string) => Promise<void>;

/** The one way out: says why, stops everything in order, exits. Later reasons are not heard. */
function endOnce(demo: DemoRun, progress: Progress): End {
  let ending: Promise<void> | null = null;
  const end = async (code: number, sentence?: string) => {
    progress.stop();
    if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
    await demo.stop((words) => progress.say(words));
    process.exit(code);
  };
  return (code, sentence) => {
    ending ??= end(code, sentence);
    return ending;
  };
}

function stopWhenTold(demo: DemoRun, end: End): void {
  let toldAt: number | null = null;
  const told = () => {
    const now = performance.now();
    if (toldAt === null) {
      toldAt = now;
      process.stdout.write('\n');
      void end(0);
    } else if (now - toldAt > oneKeystrokeMs) {
      process.stdout.write('Ended at once.\n');
      void demo.kill().then(() => process.exit(130));
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, told);
  // A script that started it and was killed.
  process.on('disconnect', told);
}

function atLeast(lowest: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isFinite(number) && number >= lowest) return number;
    throw new InvalidArgumentError(
      lowest < 1 ? 'A number above 0 is wanted.' : `${lowest} or more is wanted.`,
    );
  };
}

await program.parseAsync();
