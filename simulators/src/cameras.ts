import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { BridgeLink } from './ambient/bridge-link.ts';
import { sceneOf, sceneOfId } from './cameras/camera-scene.ts';
import { CameraServer } from './cameras/camera-server.ts';
import { CameraTeller } from './cameras/camera-teller.ts';
import { loadClips } from './cameras/clip-library.ts';
import type { SceneName } from './cameras/clip-names.ts';
import { readCameras } from './read-estate.ts';
import { endWithParent, stopWhenTold } from './station/child-duties.ts';
import {
  bridgeSecretOf,
  dataFolder,
  demoBridge,
  readAccounts,
  readStation,
  stationUrls,
} from './station/station-file.ts';

/** `npm run cameras`: live HLS for every camera of an estate, and orders to them over HTTP. */
interface CameraArguments {
  host: string;
  port: number;
  data: string;
  estate?: string;
  anyId: boolean;
}

const project = resolve(import.meta.dirname, '../..');

const program = new Command('cameras')
  .description('Live HLS of simulated cameras; docs/cameras.md says how to make them fail or see a fire.')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--port <n>', 'port; 0 takes any free one', port, 8888)
  .option(
    '--data <folder>',
    'data folder of the demo, for its estate and its MQTT',
    dataFolder(process.env, project),
  )
  .option('--estate <folder>', 'estate folder; default: estate in the data folder')
  .option('--any-id', 'every name is a camera; no estate is read', false)
  .action(run);

async function run(given: CameraArguments): Promise<void> {
  const startedAt = Date.now();
  const scenes = given.anyId ? null : await scenesOf(given.estate ?? join(given.data, 'estate'));
  let teller: Promise<CameraTeller> | null = null;
  const server = new CameraServer({
    ...{ host: given.host, port: given.port, clock: Date.now, clips: await loadClips() },
    sceneOf: scenes === null ? sceneOfId : (camera) => scenes.get(camera) ?? null,
    onOrder: async (camera, { tell }) => {
      if (tell === undefined) return;
      teller ??= openTeller(given.data, startedAt);
      teller.catch(() => {
        teller = null;
      });
      await (await teller).tell(camera, tell);
    },
  });
  const { port } = await server.start();
  process.stdout.write(`[cameras] ready: http://${given.host}:${port}\n`);
  stopWhenTold(server);
  endWithParent();
}

async function scenesOf(estate: string): Promise<Map<string, SceneName>> {
  const cameras = await readCameras(estate);
  return new Map(cameras.map((camera) => [camera.id, sceneOf(camera)]));
}

/** The demo's bridge, connected when it is first needed: the server starts after us. */
async function openTeller(data: string, startedAt: number): Promise<CameraTeller> {
  const [station, accounts] = await Promise.all([readStation(data), readAccounts(data)]);
  if (station === null || accounts === null) throw new Error(`No server runs on the data folder ${data}.`);
  const link = new BridgeLink({
    url: stationUrls(station, process.env.FENGHUO_HOST).mqttUrl,
    ...{ username: demoBridge, secret: bridgeSecretOf(accounts), clientId: `${demoBridge}-cameras` },
    onNews: () => {},
  });
  await link.start();
  return new CameraTeller(link, { county: station.county, run: startedAt.toString(36), clock: Date.now });
}

function port(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value < 65536) return value;
  throw new InvalidArgumentError('a port from 0 to 65535');
}

program.parseAsync().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
