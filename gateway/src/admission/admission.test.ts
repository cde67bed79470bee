import { isDeviceId, parseDeviceTopic } from '@fenghuo/contracts/topics.ts';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readTopic } from '../read-topic.ts';
import { FailureGate } from './failure-gate.ts';
import type { Principal } from './principals.ts';
import { bytesPerToken, TokenBucket } from './rate-limit.ts';
import { RefusalJournal } from './refusal-journal.ts';
import { hashSecret, newSecret, sameHash } from './secrets.ts';
import { mayHear, mayPublishOn } from './topic-permission.ts';

const principal = (kind: Principal['kind'], run: string | null, ...devices: string[]): Principal => ({
  name: kind,
  kind,
  run,
  clientId: null,
  county: '331081',
  mayPublish: (deviceId) => devices.includes(deviceId),
  mayUse: (topic) => topic.startsWith('zigbee2mqtt/'),
});
const device = principal('device', null, 'a');
const bridge = principal('bridge', null, 'a', 'b');
const tester = principal('tester', 'r1', 'a', 'b');
const session = principal('session', null, 'a', 'b');

test.each([
  [device, 'fenghuo/v1/331081/a/event', true],
  [device, 'fenghuo/v1/331081/a/heartbeat', true],
  [device, 'fenghuo/v1/331081/b/event', false],
  [device, 'fenghuo/v1/330000/a/event', false],
  [device, 'fenghuo/v1/331081/a/command', false],
  [device, 'zigbee2mqtt/a', false],
  [device, 'fenghuo-drill/v1/r1/~/fenghuo/v1/331081/a/event', false],
  [bridge, 'fenghuo/v1/331081/b/event', true],
  [bridge, 'fenghuo/v1/331081/c/event', false],
  [bridge, 'zigbee2mqtt/a', true],
  [tester, 'fenghuo-drill/v1/r1/~/fenghuo/v1/331081/a/event', true],
  [tester, 'fenghuo-drill/v1/r2/~/fenghuo/v1/331081/a/event', false],
  [tester, 'fenghuo-drill/v1/r1/~/fenghuo/v1/330000/a/event', false],
  [tester, 'fenghuo-drill/v1/r1/fenghuo/v1/331081/a/event', false],
  [tester, 'fenghuo/v1/331081/a/event', false],
  [session, 'fenghuo/v1/331081/a/event', true],
  [session, 'fenghuo/v1/331081/b/heartbeat', true],
  [session, 'fenghuo/v1/330000/a/event', false],
  [session, 'fenghuo-drill/v1/r1/~/fenghuo/v1/331081/a/event', true],
  [session, 'fenghuo-drill/v1/r2/~/fenghuo/v1/331081/a/event', true],
  [session, 'fenghuo-drill/v1/r1/~/fenghuo/v1/330000/a/event', false],
  [session, 'fenghuo-drill/v1/r1/fenghuo/v1/331081/a/event', false],
  [session, 'fenghuo-drill/v1//~/fenghuo/v1/331081/a/event', false],
])('$name publishes on %s: %s', (who, topic, allowed) => {
  expect(mayPublishOn(who, readTopic(topic))).toBe(allowed);
});

test.each([
  [device, 'fenghuo/v1/331081/a/command', true],
  [device, 'fenghuo/v1/331081/b/command', false],
  [device, 'fenghuo/v1/331081/a/event', false],
  [device, 'fenghuo/v1/331081/+/command', false],
  [device, 'fenghuo/v1/331081/#', false],
  [device, '#', false],
  [device, '$share/g/fenghuo/v1/331081/a/command', false],
  [bridge, 'fenghuo/v1/331081/b/command', true],
  [tester, 'fenghuo/v1/331081/a/command', false],
  [session, 'fenghuo/v1/331081/a/command', false],
])('$name hears %s: %s', (who, filter, allowed) => {
  expect(mayHear(who, filter)).toBe(allowed);
});

test('a secret is long, never the same, and known by its keyed hash', () => {
  const key = Buffer.from('station');
  const secret = newSecret();
  expect(secret).toMatch(/^[\w-]{32}$/);
  expect(newSecret()).not.toBe(secret);
  expect(sameHash(hashSecret(key, secret), hashSecret(key, Buffer.from(secret)))).toBe(true);
  expect(sameHash(hashSecret(key, secret), hashSecret(Buffer.from('other'), secret))).toBe(false);
  expect(sameHash(hashSecret(key, secret), Buffer.alloc(0))).toBe(false);
});

test('a bucket lets its burst through, then its rate', () => {
  const bucket = new TokenBucket({ name: 'test', perSecond: 8, burst: 3 }, 0);
  const passed = (now: number) => {
    const wait = bucket.waitMs(now);
    if (wait === 0) bucket.spend(100);
    return wait;
  };
  expect([passed(0), passed(0), passed(0), passed(0)]).toEqual([0, 0, 0, 125]);
  expect([passed(62.5), passed(250), passed(250), passed(250)]).toEqual([63, 0, 0, 125]);
  expect(bucket.waitMs(10_000)).toBe(0);
});

test('a large payload costs more', () => {
  const bucket = new TokenBucket({ name: 'test', perSecond: 1, burst: 1 }, 0);
  bucket.spend(3 * bytesPerToken);
  expect(bucket.waitMs(0)).toBe(4_000);
});

test('refused, refused, a quiet minute → one line, and one with the count', () => {
  const lines: { msg: string; subject: string; reason: string; count?: number }[] = [];
  const journal = new RefusalJournal(pino({}, { write: (line: string) => lines.push(JSON.parse(line)) }));
  journal.refused('a', 'not-authorised', 0, { topic: 'x' });
  for (let i = 0; i < 1_000; i++) journal.refused('a', 'not-authorised', 100);
  journal.refused('b', 'not-authorised', 100);
  journal.sweep(60_000);
  expect(lines.map(({ msg, subject }) => [msg, subject])).toEqual([
    ['refused', 'a'],
    ['refused', 'b'],
  ]);
  journal.sweep(60_100);
  expect(lines.slice(2)).toMatchObject([
    { msg: 'no longer refused', subject: 'a', reason: 'not-authorised', count: 1_001 },
    { msg: 'no longer refused', subject: 'b', count: 1 },
  ]);
});

test('more strangers than are followed cost a line in all', () => {
  let lines = 0;
  const journal = new RefusalJournal(pino({}, { write: () => lines++ }));
  for (let i = 0; i < 12_000; i++) journal.refused(`${i}`, 'wrong-secret', 0);
  journal.sweep(1);
  expect(lines).toBe(10_001);
});

test('slowed down, slowed down, a quiet minute → one line, and one with the count', () => {
  const lines: object[] = [];
  const journal = new RefusalJournal(pino({}, { write: (line: string) => lines.push(JSON.parse(line)) }));
  for (let i = 0; i < 50; i++) journal.slowed('device:a', 'one-device', i);
  journal.sweep(60_048);
  expect(lines).toHaveLength(1);
  journal.sweep(60_049);
  expect(lines).toMatchObject([
    { msg: 'slowed down', subject: 'device:a', reason: 'one-device' },
    { msg: 'no longer slowed down', subject: 'device:a', reason: 'one-device', count: 50 },
  ]);
});

test('who fails too often waits, by address; who was let in before does not; rest gives it back', () => {
  const gate = new FailureGate({ burst: 3, perSecond: 1, most: 10 });
  const mayTry = (address: string, username: string, now: number) =>
    gate.mayTry(() => address, username, now);
  gate.letIn('known');
  for (let i = 0; i < 3; i++) {
    expect(mayTry('10.0.0.1', 'guess', 0)).toBe(true);
    gate.failed('10.0.0.1', 0);
  }
  expect(mayTry('10.0.0.1', 'guess', 0)).toBe(false);
  expect(mayTry('10.0.0.1', 'known', 0)).toBe(true);
  expect(mayTry('10.0.0.2', 'guess', 0)).toBe(true);
  expect(mayTry('10.0.0.1', 'guess', 1_000)).toBe(true);
  for (let i = 0; i < 3; i++) gate.failed(`2001:db8:1:2::${i}`, 1_000);
  expect(mayTry('2001:db8:1:2:ffff::9', 'guess', 1_000)).toBe(false);
  gate.sweep(10_000);
  expect(gate.followed).toBe(0);
  for (let i = 0; i < 50; i++) gate.failed(`10.0.1.${i}`, 10_000);
  expect(gate.followed).toBe(10);
});

test.each(['.', '..', '', ' ', 'a/b', '+', '#', 'a\u0301', 'a\0', 'x'.repeat(65)])(
  'no device is called %j, by name or by topic',
  (id) => {
    expect(isDeviceId(id)).toBe(false);
    expect(parseDeviceTopic(`fenghuo/v1/331081/${id}/event`)).toBe(null);
  },
);
