import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('an empty environment is enough', () => {
  expect(readSettings({})).toMatchObject({
    FENGHUO_HTTP_PORT: 8080,
    FENGHUO_MQTT_PORT: 1883,
    FENGHUO_COUNTY: '331081',
  });
});

test.each([
  [{ FENGHUO_HTTP_PORT: '99999' }, /FENGHUO_HTTP_PORT \(99999\) is wrong/],
  [{ FENGHUO_HTTP_PORTS: '80' }, /There is no setting FENGHUO_HTTP_PORTS/],
  [{ FENGHUO_COUNTY: 'wenling' }, /FENGHUO_COUNTY \(wenling\) is wrong: six digits/],
  [{ FENGHUO_TIME_ZONE: 'Wenling' }, /FENGHUO_TIME_ZONE \(Wenling\) is wrong/],
  [{ FENGHUO_DATABASE_URL: 'postgres://a@b/c' }, /FENGHUO_OWNER_DATABASE_URL go together/],
  [{ FENGHUO_EVENT_DAYS: '30' }, /FENGHUO_EVENT_DAYS \(30\) is wrong: a number of days from 62/],
  [{ FENGHUO_TIMESCALE: 'on' }, /FENGHUO_TIMESCALE \(on\) is wrong/],
  [{ FENGHUO_MQTT_PORT: 'off' }, /no FENGHUO_MQTT_TLS_CERT either/],
  [{ FENGHUO_MQTT_TLS_KEY: 'key.pem' }, /FENGHUO_MQTT_TLS_CERT and FENGHUO_MQTT_TLS_KEY go together/],
  [{ FENGHUO_WEBHOOK_URL: 'https://sms.example' }, /FENGHUO_WEBHOOK_SECRET go together/],
  [
    { FENGHUO_BROKER_URL: 'http://broker' },
    /FENGHUO_BROKER_URL \(http:\/\/broker\) is wrong: mqtt:\/\/host:port/,
  ],
  [{ FENGHUO_BROKER_URL: 'mqtt://me:secret@broker' }, /FENGHUO_BROKER_URL .* nothing else in it/],
  [{ FENGHUO_DATABASE_URL_FILE: '/nowhere/secret' }, /\/nowhere\/secret .* cannot be read/],
])('%o is refused in one sentence', (environment, sentence) => {
  expect(() => readSettings(environment)).toThrow(sentence);
});

test('a secret is read from the file that is named', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fenghuo-settings-'));
  const file = path.join(folder, 'url');
  writeFileSync(file, 'postgres://app@db/fenghuo\n');
  const settings = readSettings({
    FENGHUO_DATABASE_URL_FILE: file,
    FENGHUO_OWNER_DATABASE_URL: 'postgres://owner@db/fenghuo',
  });
  rmSync(folder, { recursive: true });
  expect(settings.FENGHUO_DATABASE_URL).toBe('postgres://app@db/fenghuo');
});

test('MQTT: plain by default, TLS beside it, or TLS alone', () => {
  expect(readSettings({})).toMatchObject({ FENGHUO_MQTT_PORT: 1883, FENGHUO_MQTT_TLS_PORT: 8883 });
  const tls = { FENGHUO_MQTT_TLS_CERT: 'cert.pem', FENGHUO_MQTT_TLS_KEY: 'key.pem' };
  expect(readSettings({ ...tls, FENGHUO_MQTT_PORT: 'off' }).FENGHUO_MQTT_PORT).toBe(null);
});
