import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { AmbientLife } from './ambient/ambient-life.ts';
import { wenlingRates } from './ambient/rates.ts';
import { readEstate, type StandingEstate } from './read-estate.ts';
import { stopWhenTold, toldToBegin } from './station/child-duties.ts';
import { Failure } from './station/failure.ts';
import { dataFolder, readAccounts, readStation, stationUrls } from './station/station-file.ts';

/** `node simulators/src/ambient.ts`: ambient life for the demo county whose server runs on the data folder. */
interface AmbientArguments {
  data: string;
  estate?: string;
  timeFactor: number;
  seed?: string;
  cameras?: string;
}

const project = resolve(import.meta.dirname, '../..');

const program = new Command('ambient')
  .description('Ambient life for a running demo: heartbeats, a few alarms, simulated people.')
  .option('--data <folder>', 'data folder of the running server', dataFolder(process.env, project))
  .option('--estate <folder>', 'estate folder; default: estate in the data folder')
  .option('--time-factor <n>', 'simulated time against real time', positiveNumber, 60)
  .option('--seed <text>', 'everything that is drawn comes of it; default: the second of the start')
  .option('--cameras <url>', 'simulated cameras that show what they see, such as http://127.0.0.1:8888')
  .action(run);

async function run(given: AmbientArguments): Promise<void> {
  try {
    const estate = await readEstate(given.estate ?? join(given.data, 'estate'));
    await toldToBegin();
    const life = await ambientLife(given, estate);
    await life.start();
    process.stdout.write('[ambient] alive\n');
    stopWhenTold(life);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

async function ambientLife(given: AmbientArguments, estate: StandingEstate): Promise<AmbientLife> {
  const { data, timeFactor, seed = Math.floor(Date.now() / 1000).toString(36) } = given;
  const [station, accounts] = await Promise.all([readStation(data), readAccounts(data)]);
  if (station === null || accounts === null)
    throw new Failure('no-station', `No server runs on the data folder ${data}; start it with npm start.`);
  process.stdout.write(`[ambient] seed ${seed}\n`);
  return new AmbientLife({
    estate,
    rates: wenlingRates,
    timeFactor,
    seed,
    ...stationUrls(station, process.env.FENGHUO_HOST),
    accounts,
    stateFile: join(data, 'ambient.json'),
    cameras: given.cameras,
    onNews: (news) => process.stdout.write(`[ambient] ${news}\n`),
  });
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0, such as 60');
  return value;
}

await program.parseAsync();
