import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { DrillRunner } from './drill-runner/drill-runner.ts';
import { readEstate } from './read-estate.ts';
import { describeMachine } from './report/machine.ts';
import { signedIn } from './scenario-run/station-access.ts';
import { stopWhenTold, toldToBegin } from './station/child-duties.ts';
import { readDatabase } from './station/embedded-database.ts';
import { Failure } from './station/failure.ts';
import { dataFolder, passwordOf, readAccounts, readStation, stationUrls } from './station/station-file.ts';

/** `npm run drill-runner`: plays the drills that are ordered on the drill page. */
interface RunnerArguments {
  data: string;
  estate?: string;
  url?: string;
  target?: string;
  database?: string;
  databaseFile?: string;
  account: string;
  passwordFile?: string;
}

const project = resolve(import.meta.dirname, '../..');

const program = new Command('drill-runner')
  .description('Plays the drills that are ordered on the drill page of a running server.')
  .option(
    '--data <folder>',
    'data folder of the server, when it runs on this machine',
    dataFolder(process.env, project),
  )
  .option('--estate <folder>', 'estate folder; default: estate in the data folder')
  .option('--url <url>', 'web address of a server elsewhere, such as https://fenghuo.example')
  .option('--target <url>', 'its MQTT address, such as mqtt://fenghuo.example:1883')
  .option('--database <url>', 'its database: without it nothing is checked against what was stored')
  .option('--database-file <file>', 'a file that holds the address of its database')
  .option('--account <name>', 'account of the role tester', 'tester')
  .option('--password-file <file>', 'its password; default: as accounts.json has it')
  .action(run);

async function run(given: RunnerArguments): Promise<void> {
  try {
    const estate = await readEstate(given.estate ?? join(given.data, 'estate'));
    await toldToBegin();
    const { url, target, database, password } = await findServer(given);
    const tester = { account: given.account, password };
    const session = await signedIn(url, tester);
    const runner = new DrillRunner({
      ...{ estate, session, machine: await describeMachine(project) },
      station: {
        ...{ target: { host: target.hostname, port: Number(target.port || 1883) }, url, tester },
        ...{ live: null, drill: null, administrator: null, databaseUrl: database, isOurs: false },
      },
      onNews: (news) => process.stdout.write(`[drill-runner] ${news}\n`),
    });
    await runner.start();
    process.stdout.write('[drill-runner] ready\n');
    stopWhenTold(runner);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

async function findServer({ data, account, ...given }: RunnerArguments) {
  const password = given.passwordFile && (await readFile(given.passwordFile, 'utf8')).trim();
  const databaseUrl =
    given.databaseFile === undefined ? given.database : (await readFile(given.databaseFile, 'utf8')).trim();
  if (given.url !== undefined && given.target !== undefined && password !== undefined)
    return { url: given.url, target: new URL(given.target), database: databaseUrl ?? null, password };
  const [station, accounts] = await Promise.all([readStation(data), readAccounts(data)]);
  if (station === null || accounts === null)
    throw new Failure(
      'no-station',
      `No server runs on the data folder ${data}; start it with npm start, or name --url, --target and --password-file.`,
    );
  const urls = stationUrls(station, process.env.FENGHUO_HOST);
  return {
    url: given.url ?? urls.url,
    target: new URL(given.target ?? urls.mqttUrl),
    database: databaseUrl ?? (await embeddedDatabase(data)),
    password: password ?? passwordOf(accounts, account),
  };
}

function embeddedDatabase(data: string): Promise<string | null> {
  return readDatabase(data).then(
    ({ databaseUrl }) => databaseUrl,
    () => null,
  );
}

await program.parseAsync();
