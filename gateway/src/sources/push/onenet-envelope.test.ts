import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneNetSignature } from '../../admission/onenet-signature.ts';
import { openEnvelope } from './onenet-envelope.ts';
import { splitMessages } from './split-messages.ts';

const open = (text: string) => openEnvelope(Buffer.from(text));

/** As pushed by the older platform, where the signature is over the text of an object. */
const older =
  '{"msg":{"at":1623114304136,"imei":"869664048207529","type":1,"ds_id":"3200_0_5750","value":"4040, \\"}","dev_id":727859486},"msg_signature":"GICel6DJwzBypXe8lxJvHg==","nonce":"Ys*U7n$%"}';

test('older platform: the text of the object as it stands in the body', () => {
  const { messages, signed } = open(older);
  const msg = older.slice('{"msg":'.length, older.indexOf(',"msg_signature"'));
  expect(messages.toString()).toBe(msg);
  expect(signed).toEqual({ nonce: 'Ys*U7n$%', msg, signature: 'GICel6DJwzBypXe8lxJvHg==' });
});

test.each([
  [
    'last, spaced out',
    '{"nonce":"n","msg_signature":"s" , "msg" : [ {"a":[1,{"msg":2}]} , 3 ] }',
    '[ {"a":[1,{"msg":2}]} , 3 ]',
  ],
  [
    'after one of its name further in',
    '{"x":{"msg":1},"nonce":"n","msg_signature":"s","msg":{"b":"}"}}',
    '{"b":"}"}',
  ],
  ['a number', '{"msg":1.50,"nonce":"n","msg_signature":"s"}', '1.50'],
])('older platform, %s', (_, body, msg) => {
  expect(open(` ${body}`).signed?.msg.trim()).toBe(msg);
});

test('older platform, a megabyte of text and of escapes', () => {
  for (const text of ['x'.repeat(1_000_000), '\\"'.repeat(300_000), '\n'.repeat(300_000)]) {
    const msg = JSON.stringify({ value: text });
    expect(open(`{"nonce":"n","msg":${msg},"msg_signature":"s"}`).signed?.msg === msg).toBe(true);
  }
});

test('property: older platform, whatever the message is', () => {
  const message = fc.jsonValue().filter((value) => typeof value !== 'string');
  fc.assert(
    fc.property(message, fc.jsonValue(), (msg, other) => {
      const [text, beside] = [JSON.stringify(msg), JSON.stringify(other)];
      expect(open(`{"x":${beside},"msg":${text},"nonce":"n","msg_signature":"s"}`).signed?.msg).toBe(text);
    }),
  );
});

test('newer platform: the message is a text', () => {
  const msg = '{"messageType":"notify","data":{"name":"烟感"}}';
  const body = JSON.stringify({ msg, nonce: 'abcdefgh', signature: 'sig', time: 1, id: 'x' });
  expect(open(body)).toEqual({
    messages: Buffer.from(msg),
    signed: { nonce: 'abcdefgh', msg, signature: 'sig' },
  });
});

test.each(['', 'fire', '[]', '{"messageType":"notify"}', 'null'])('%s is no envelope', (text) => {
  expect(open(text)).toEqual({ messages: Buffer.from(text), signed: null });
});

test('an envelope without a signature is opened and unsigned', () => {
  expect(open('{"msg":"{}"}')).toEqual({ messages: Buffer.from('{}'), signed: null });
});

test('the signature is what `openssl md5 -binary | base64` makes of token, nonce and message', () => {
  expect(oneNetSignature('token', 'abcdefgh', '{"a":"烟"}')).toBe('PRkvyAM/Du7WvELlJM0t8A==');
});

test('a body is one message, or a list of them', () => {
  const split = (text: string) => splitMessages(Buffer.from(text))?.map(String);
  expect(split('{"a":1}')).toEqual(['{"a":1}']);
  expect(split('[{"a":1},"x",null]')).toEqual(['{"a":1}', '"x"', 'null']);
  expect(split('[]')).toEqual(['[]']);
  expect(split('[oops')).toEqual(['[oops']);
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect(split(deep)?.[0] === deep).toBe(true);
  expect(split(`[${'1,'.repeat(999)}1]`)).toHaveLength(1_000);
  expect(split(`[${'1,'.repeat(1_000)}1]`)).toBeUndefined();
});
