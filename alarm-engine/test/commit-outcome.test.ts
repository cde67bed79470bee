import { expect, test } from 'vitest';
import { type Cut, startCommitCutter } from './commit-cutter.ts';
import { prepareStation } from './crash-station.ts';
import { faultsOfLogs } from './record-check.ts';

test.concurrent.each<Cut>(['before', 'after'])(
  'the connection breaks %s the database commits: the writer asks what became of it, and goes on rightly',
  async (cut) => {
    await using station = await prepareStation();
    await using cutter = await startCommitCutter(station.database.appUrl);
    const server = await station.start({ FENGHUO_DATABASE_URL: cutter.through(station.database.appUrl) });
    const client = await station.connect(server);
    let connections = 0;
    client.on('connect', () => {
      connections += 1;
    });
    const publish = (kind: string, id: string) =>
      client.publishAsync('fenghuo/v1/331081/S-1/event', JSON.stringify({ id, kind }), { qos: 1 });
    const cutOff = cutter.cutNext(cut);
    const acknowledged = publish('manual', 'fire-1');
    await cutOff;
    await acknowledged;
    await publish('test', 'after');
    expect({ questions: cutter.questions, connections }).toEqual({ questions: 1, connections: 0 });
    expect(await station.counts('event', 'alarm', 'ticket', 'quarantine', 'input_batch')).toEqual({
      ...{ event: 2, alarm: 1, ticket: 1, quarantine: 0, input_batch: 2 },
    });
    expect(await faultsOfLogs(station.outside)).toEqual([]);
  },
);
