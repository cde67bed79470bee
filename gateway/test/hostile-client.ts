import { connect } from 'node:net';
import { generate } from 'mqtt-packet';
import { eventTopic, smoke } from './station.ts';

/** One hostile device in a process of its own, at full speed until it is killed. */
export type Hostility = 'valid' | 'garbage' | 'reconnecting' | 'guessing';

const [port, hostility] = [Number(process.argv[2]), process.argv[3] as Hostility];
const atOnce = 50;

const connectPacket = (username: string, secret: string) =>
  generate(
    {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId: 'hostile',
      clean: true,
      keepalive: 0,
      username,
      password: Buffer.from(secret),
    },
    { protocolVersion: 4 },
  );
const publishes = Buffer.concat(
  Array.from({ length: 500 }, (_, i) =>
    generate({
      cmd: 'publish',
      topic: eventTopic('smoke-9'),
      payload: smoke({ seq: i }),
      qos: 1,
      messageId: i + 1,
      dup: false,
      retain: false,
    }),
  ),
);
const garbage = Buffer.alloc(64 * 1024, 0xf7);

/** Connects, does its worst, and when it is cut off comes again at once. */
function attack(): void {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {});
  socket.on('close', attack);
  switch (hostility) {
    case 'valid': {
      socket.resume().write(connectPacket('smoke-9', 'secret'));
      const pour = () => {
        while (socket.writable && socket.write(publishes));
      };
      socket.on('drain', pour);
      pour();
      return;
    }
    case 'garbage':
      socket.resume().end(garbage);
      return;
    case 'reconnecting':
      socket.write(connectPacket('smoke-9', 'secret'));
      socket.once('data', () => socket.destroy());
      return;
    case 'guessing':
      socket.resume().write(connectPacket(`guess-${Math.random()}`, 'guess'));
      return;
  }
}

for (let i = 0; i < (hostility === 'valid' ? 1 : atOnce); i++) attack();
process.on('disconnect', () => process.exit());
process.send!('at work');
