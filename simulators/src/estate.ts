import { Command, InvalidArgumentError } from 'commander';
import { generateEstate, wenlingScale } from './estate/generate-estate.ts';
import { readGeography } from './estate/read-geography.ts';
import { prepareFolder, writeEstate } from './estate/write-estate.ts';

/** `node simulators/src/estate.ts --out DIR`: writes an invented county of Wenling's shape and size. */
const command = new Command('estate')
  .description('Writes a deterministic estate: areas, buildings, devices, units and people of Wenling.')
  .requiredOption('--out <dir>', 'folder to write to, made if missing')
  .option('--seed <number>', 'another seed makes another county', atLeast(0), 331081)
  .option('--detectors <number>', 'detectors, concentrators included', atLeast(0), wenlingScale.detectors)
  .option('--cameras <number>', 'cameras', atLeast(0), wenlingScale.cameras)
  .option('--buildings <number>', 'buildings', atLeast(1, 30_000), wenlingScale.buildings)
  .parse();

const options = command.opts<{
  out: string;
  seed: number;
  detectors: number;
  cameras: number;
  buildings: number;
}>();
const started = performance.now();
const seconds = () => (performance.now() - started) / 1000;
const onStage = (stage: string) => {
  if (seconds() > 1) process.stderr.write(`estate: ${stage} (${seconds().toFixed(1)} s)\n`);
};

try {
  const { out, ...numbers } = options;
  await prepareFolder(out);
  const estate = generateEstate({ ...numbers, geography: readGeography(), onStage });
  await writeEstate(estate, out, { onStage });
  const { areas, buildings, devices, units, people } = estate;
  process.stdout.write(
    `${out}: ${areas.length} areas, ${buildings.length} buildings, ${devices.length} devices, ` +
      `${units.length} units, ${people.length} people in ${seconds().toFixed(1)} s\n`,
  );
} catch (error) {
  if (!isFileError(error)) throw error;
  process.stderr.write(`The estate cannot be written to ${options.out}: ${error.message}.\n`);
  process.exitCode = 1;
}

function atLeast(lowest: number, highest = 10_000_000): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= lowest && number <= highest) return number;
    throw new InvalidArgumentError(`A whole number from ${lowest} to ${highest} is wanted.`);
  };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
