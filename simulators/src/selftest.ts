import { resolve } from 'node:path';
import { Command } from 'commander';
import { type SelfTestOptions, selfTest } from './selftest/self-test.ts';
import { StandaloneServer } from './selftest/standalone-server.ts';
import { Failure } from './station/failure.ts';
import { dataFolder, passwordOf, readAccounts, readStation, stationUrls } from './station/station-file.ts';

/**
 * `npm run selftest`: one line of JSON on stdout, `{"ok":true,…}` or `{"ok":false,"reason":…}` and exit code 1.
 * Everything else goes to stderr.
 */
interface SelfTestArguments {
  standalone: boolean;
  url?: string;
  mqtt?: string;
}

const project = resolve(import.meta.dirname, '../..');
const withinMs = 20_000;

const program = new Command('selftest')
  .description('Sends one fire of a drill from a detector to the screen and says how long it took.')
  .option('--standalone', 'with a server of its own, on free ports in a temporary folder', false)
  .option('--url <url>', 'a server elsewhere; account and password in FENGHUO_ACCOUNT and FENGHUO_PASSWORD')
  .option('--mqtt <url>', 'its MQTT endpoint; default: port 1883 of the same host')
  .action(run);

async function run(given: SelfTestArguments): Promise<void> {
  const own = given.standalone
    ? new StandaloneServer({ project, size: smallEstate, onProgress: note })
    : null;
  const stopped = own === null ? null : stopWhenTold(own);
  try {
    const address = own === null ? await findServer(given) : await own.start();
    const result = await selfTest({ ...address, withinMs });
    process.stdout.write(`${JSON.stringify({ ok: true, ...result })}\n`);
  } catch (error) {
    const reason = error instanceof Failure ? error.reason : 'bug';
    process.stdout.write(`${JSON.stringify({ ok: false, reason, message: (error as Error).message })}\n`);
    process.exitCode = 1;
  } finally {
    await own?.stop();
    stopped?.();
  }
}

const smallEstate = { detectors: 2_000, cameras: 200, buildings: 200 };

type Address = Omit<SelfTestOptions, 'withinMs'>;

/** The server that was named, or the one that runs on the data folder. */
async function findServer({ url, mqtt }: SelfTestArguments): Promise<Address> {
  const { FENGHUO_ACCOUNT: account, FENGHUO_PASSWORD: password, FENGHUO_HOST: host } = process.env;
  if (url !== undefined) {
    if (account === undefined || password === undefined)
      throw new Failure('no-station', '--url needs FENGHUO_ACCOUNT and FENGHUO_PASSWORD.');
    return { url, mqttUrl: mqtt ?? `mqtt://${new URL(url).hostname}:1883`, account, password };
  }
  const data = resolve(dataFolder(process.env, project));
  const [station, accounts] = await Promise.all([readStation(data), readAccounts(data)]);
  if (station === null)
    throw new Failure('no-station', `No server runs on ${data}; start one, or use --standalone or --url.`);
  const urls = stationUrls(station, host);
  if (account !== undefined && password !== undefined) return { ...urls, account, password };
  if (accounts === null)
    throw new Failure('no-station', `${data} holds no accounts.json; set FENGHUO_ACCOUNT.`);
  return { ...urls, account: 'tester', password: passwordOf(accounts, 'tester') };
}

function note(doing: string): void {
  process.stderr.write(`selftest: ${doing}\n`);
}

/** A signal takes the own server down too. Returns how to stop listening. */
function stopWhenTold(own: StandaloneServer): () => void {
  const stop = () => void own.stop().then(() => process.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  };
}

await program.parseAsync();
