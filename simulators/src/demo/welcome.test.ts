import { expect, test } from 'vitest';
import { type Welcome, welcome } from './welcome.ts';

const facts: Welcome = {
  url: 'http://127.0.0.1:8080',
  mqttUrl: 'mqtt://127.0.0.1:1884',
  trustUrl: null,
  county: '331081',
  accounts: {
    accounts: [
      { account: 'commander', role: 'commander', password: 'one-two' },
      { account: 'crew', role: 'responder', password: 'hidden' },
    ],
    mqtt: [{ username: 'demo-bridge', secret: 's3cret', use: 'demo' }],
  },
  accountsFile: '/data/accounts.json',
  logFile: '/data/demo.log',
  timeFactor: 60,
  devices: ['S-1', 'S-2'],
  hasMosquitto: true,
};

test('says where to look and with which account, not the crew’s', () => {
  const text = welcome(facts);
  expect(text).toContain('http://127.0.0.1:8080/wall');
  expect(text).toContain('commander  one-two');
  expect(text).not.toContain('hidden');
  expect(text).toContain('60 ×');
  expect(welcome({ ...facts, trustUrl: 'http://10.0.0.5:8080/trust' })).toContain('10.0.0.5:8080/trust');
});

test('the frame is closed on every line', () => {
  const framed = welcome(facts)
    .split('\n')
    .filter((line) => line.startsWith('│'));
  expect(new Set(framed.map((line) => line.length)).size).toBe(1);
});

test('a line to paste, with mosquitto or with what npm brought', () => {
  const topic = "-t 'fenghuo/v1/331081/S-1/event'";
  expect(welcome(facts)).toContain(
    `mosquitto_pub -h 127.0.0.1 -p 1884 -q 1 -u demo-bridge -P 's3cret' ${topic}`,
  );
  expect(welcome(facts)).toContain("-t 'fenghuo/v1/331081/S-2/event'");
  expect(welcome({ ...facts, hasMosquitto: false })).toContain('npx mqtt publish -h 127.0.0.1 -p 1884');
  expect(welcome({ ...facts, devices: [] })).not.toContain('publish');
});
