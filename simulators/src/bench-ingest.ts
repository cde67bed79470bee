import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { IngestBench } from './bench/ingest-bench.ts';
import { type IngestReport, isTrue } from './bench/ingest-report.ts';
import { Failure } from './station/failure.ts';

/**
 * `npm run bench:ingest`: how fast this machine takes messages in and stores them. Progress goes to stderr; stdout
 * gets a table, or with `--json` the report as its last line. Ends with 1 when anything was lost or doubled.
 */
interface BenchArguments {
  seconds: number;
  rawSeconds: number;
  halfSeconds: number;
  detectors?: number;
  cameras?: number;
  buildings?: number;
  json: boolean;
}

const project = resolve(import.meta.dirname, '../..');

const program = new Command('bench:ingest')
  .description('Floods the endpoint alone, Mosquitto, and a whole station, and compares.')
  .option('--seconds <n>', 'of each flood into the station at full pace', whole, 60)
  .option('--raw-seconds <n>', 'of each flood without a station', whole, 10)
  .option('--half-seconds <n>', 'of the flood at half pace', whole, 30)
  .option('--detectors <n>', 'a smaller estate', whole)
  .option('--cameras <n>', 'a smaller estate', whole)
  .option('--buildings <n>', 'a smaller estate', whole)
  .option('--json', 'the report as one line of JSON', false)
  .action(run);

async function run(given: BenchArguments): Promise<void> {
  const { detectors, cameras, buildings, json, ...lengths } = given;
  const size = Object.entries({ detectors, cameras, buildings }).filter(([, count]) => count !== undefined);
  const bench = new IngestBench({ project, ...lengths, estate: Object.fromEntries(size), onProgress: note });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void bench.stop());
  try {
    const report = await bench.run();
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : tableOf(report));
    process.exitCode = isTrue(report) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function note(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}

function tableOf(report: IngestReport): string {
  return Object.entries(report)
    .map(([name, value]) => `${name.padEnd(31)} ${(value?.toLocaleString('en') ?? '–').padStart(12)}\n`)
    .join('');
}

function whole(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 1');
}

await program.parseAsync();
