import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { MqttRecorder } from './recordings/mqtt-recorder.ts';
import { pastRecording } from './recordings/past-recording.ts';
import { RecordingWriter } from './recordings/recording-file.ts';
import { areaCode, timeWithOffset } from './recordings/stretch-of-time.ts';
import { connectToStation } from './station/embedded-database.ts';
import { Failure } from './station/failure.ts';
import { dataFolder } from './station/station-file.ts';

/** `npm run record`: MQTT traffic of a broker, or a stretch of history, into a file that `npm run replay` plays. */
interface RecordArguments {
  source?: string;
  topic: string[];
  username?: string;
  password?: string;
  duration?: number;
  from?: number;
  to?: number;
  area?: string;
  county: string;
  data: string;
  databaseUrl?: string;
}

const project = resolve(import.meta.dirname, '../..');

const program = new Command('record')
  .description(
    'Records MQTT traffic of a broker (--source), or history of a station (--from --to), into a file.',
  )
  .argument('<file>', 'such as night.ndjson.zst; .gz and .ndjson are written as they say; never over another')
  .option('--source <url>', 'broker, such as mqtt://127.0.0.1:1883; Ctrl-C ends it')
  .option('--topic <filter...>', 'what to record', ['#'])
  .option('--username <name>', 'credential at the broker')
  .option('--password <secret>', 'its secret; default: FENGHUO_PASSWORD')
  .option('--duration <s>', 'seconds, instead of Ctrl-C', positive)
  .option('--from <time>', 'history: from when', timeWithOffset)
  .option('--to <time>', 'history: until when', timeWithOffset)
  .option('--area <code>', 'history: of this area', areaCode)
  .option('--county <code>', 'history: of this county', '331081')
  .option('--data <folder>', 'history: data folder of the running server', dataFolder(process.env, project))
  .option('--database-url <url>', 'history: its database, instead of the embedded one')
  .action(run);

async function run(file: string, given: RecordArguments): Promise<void> {
  const messages =
    given.source === undefined
      ? await recordHistory(file, given)
      : await recordBroker(file, given.source, given);
  process.stderr.write(`record: ${messages} messages in ${file}\n`);
}

async function recordBroker(file: string, url: string, given: RecordArguments): Promise<number> {
  const { username, password = process.env.FENGHUO_PASSWORD, topic: filters, duration } = given;
  const startedAt = Date.now();
  const begin = performance.now();
  const source = new URL(url).host;
  const writer = new RecordingWriter(file, { fenghuo: 'recording', version: 1, startedAt, source, filters });
  const elapsed = () => performance.now() - begin;
  const recorder = new MqttRecorder({ url, username, password, filters, writer, elapsed });
  try {
    await recorder.start();
    process.stderr.write(`record: listening at ${source}\n`);
    await Promise.race([
      ...(['SIGINT', 'SIGTERM'] as const).map((signal) => once(process, signal)),
      ...(duration === undefined ? [] : [pause(duration * 1000)]),
    ]);
  } finally {
    await recorder.stop();
    await writer.end();
  }
  return writer.messages;
}

async function recordHistory(file: string, given: RecordArguments): Promise<number> {
  const { from, to, county, area = county, data, databaseUrl } = given;
  if (from === undefined || to === undefined)
    throw new Failure('recording', 'Say what to record: --source, or --from and --to of history.');
  const db = await connectToStation(data, databaseUrl);
  try {
    const { header, messages } = await pastRecording(db, { county, area, from, to });
    const writer = new RecordingWriter(file, header);
    for await (const message of messages) await writer.write(message);
    await writer.end();
    return writer.messages;
  } finally {
    await db.end();
  }
}

function positive(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('a number above 0');
}

program.parseAsync().catch((error: Error) => {
  const isExpected = error instanceof Failure || 'code' in error;
  process.stderr.write(`${isExpected ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
