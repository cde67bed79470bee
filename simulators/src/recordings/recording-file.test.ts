import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordedMessage } from './recorded-message.ts';
import { openRecording, RecordingWriter } from './recording-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fenghuo-recording-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const header = { fenghuo: 'recording', version: 1, startedAt: 5, source: 'test', filters: ['#'] } as const;
let made = 0;

async function write(ending: string, messages: readonly RecordedMessage[]): Promise<string> {
  made += 1;
  const file = path.join(folder, `${made}${ending}`);
  const writer = new RecordingWriter(file, { ...header, filters: [...header.filters] });
  for (const message of messages) await writer.write(message);
  await writer.end();
  return file;
}

async function read(file: string): Promise<RecordedMessage[]> {
  const { messages } = await openRecording(file);
  const found: RecordedMessage[] = [];
  for await (const one of messages) found.push(one);
  return found;
}

const message: fc.Arbitrary<RecordedMessage> = fc.record({
  t: fc.nat(1e9),
  topic: fc.string({ minLength: 1 }).filter((topic) => topic.isWellFormed()),
  qos: fc.constantFrom(0, 1, 2),
  retain: fc.boolean(),
  payload: fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
    fc.uint8Array().map(Buffer.from),
  ),
});

test.each(['.ndjson.zst', '.ndjson.gz', '.ndjson'])(
  '%s: every message comes back as it was',
  async (ending) => {
    await fc.assert(
      fc.asyncProperty(fc.array(message), async (messages) => {
        expect(await read(await write(ending, messages))).toEqual(messages);
      }),
      { numRuns: 30 },
    );
  },
);

test('a payload may hold what other readers take for the end of a line', async () => {
  const said = {
    t: 1,
    topic: 'a',
    qos: 0,
    retain: false,
    payload: Buffer.from('\u2028\u2029\r\n\u0085'),
  } as const;
  expect(await read(await write('.ndjson', [said, said]))).toEqual([said, said]);
});

test('one that was cut off gives what is whole of it, and says so', async () => {
  const said = Array.from(
    { length: 3 },
    (_, t) => ({ t, topic: 'a', qos: 1, retain: false, payload: Buffer.from('x') }) as const,
  );
  const whole = (await readFile(await write('.ndjson', said), 'utf8')).split('\n');
  const file = path.join(folder, 'cut.ndjson');
  writeFileSync(file, `${whole.slice(0, 3).join('\n')}\n`);
  const { messages } = await openRecording(file);
  const heard: number[] = [];
  const reading = (async () => {
    for await (const { t } of messages) heard.push(t);
  })();
  await expect(reading).rejects.toThrow('was cut off after 2 messages');
  expect(heard).toEqual([0, 1]);
  await expect(
    write('.ndjson', []).then(() => new RecordingWriter(file, { ...header, filters: [] }).end()),
  ).rejects.toThrow('EEXIST');
});
