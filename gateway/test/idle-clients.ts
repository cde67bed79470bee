import { connect, type Socket } from 'node:net';
import { generate } from 'mqtt-packet';

/** Connects as so many devices, tells when all are in, and then says nothing more. */
const [port, count, version] = process.argv.slice(2).map(Number) as [number, number, 4 | 5];
const atOnce = 100;
const sockets: Socket[] = [];
let connected = 0;

function connectNext(): void {
  if (sockets.length === count) return;
  const username = `331081001-S-${String(sockets.length).padStart(6, '0')}`;
  const socket = connect({ port, host: '127.0.0.1' });
  sockets.push(socket);
  socket.on('close', () => process.exit(1));
  socket.write(
    generate(
      {
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: version,
        clientId: `${username}-client`,
        clean: true,
        keepalive: 600,
        username,
        password: Buffer.from('0123456789abcdef0123456789abcdef'),
      },
      { protocolVersion: version },
    ),
  );
  socket.once('data', () => {
    connected++;
    if (connected === count) process.send!('connected');
    else connectNext();
  });
}

process.on('disconnect', () => process.exit());
for (let i = 0; i < atOnce; i++) connectNext();
