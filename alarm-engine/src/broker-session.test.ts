import { expect, test } from 'vitest';
import { brokerSession } from './broker-session.ts';
import { readSettings } from './settings.ts';

const session = (settings: Record<string, string>) => brokerSession(readSettings(settings), () => true);

test('no address → no session', () => {
  expect(session({})).toBeUndefined();
});

test.each([
  ['mqtt://broker', { host: 'broker', port: 1883, tls: undefined }],
  ['mqtts://broker', { host: 'broker', port: 8883, tls: {} }],
  ['mqtt://10.0.0.7:2883', { host: '10.0.0.7', port: 2883 }],
  ['mqtt://[::1]:2883/', { host: '::1', port: 2883 }],
])('%s', (address, expected) => {
  expect(session({ FENGHUO_BROKER_URL: address })).toMatchObject({
    ...expected,
    county: '331081',
    clientId: 'fenghuo-331081',
  });
});

test('who the server is to the broker', () => {
  const settings = {
    FENGHUO_BROKER_URL: 'mqtt://broker',
    FENGHUO_BROKER_USERNAME: 'station',
    FENGHUO_BROKER_PASSWORD: 'secret',
    FENGHUO_BROKER_CLIENT_ID: 'wenling',
  };
  expect(session(settings)).toMatchObject({ clientId: 'wenling', username: 'station', password: 'secret' });
});

test.each(['/nowhere/ca.pem', import.meta.filename])('an authority out of %s → one sentence', (file) => {
  const settings = { FENGHUO_BROKER_URL: 'mqtts://broker', FENGHUO_BROKER_TLS_CA: file };
  expect(() => session(settings)).toThrow(`FENGHUO_BROKER_TLS_CA (${file}) cannot be used`);
});
