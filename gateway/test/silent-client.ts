import { connect } from 'node:net';
import { generate } from 'mqtt-packet';

/** Connects and is then stopped by its parent: the kernel answers for it, nobody reads, nobody closes. */
const socket = connect({ port: Number(process.argv[2]), host: '127.0.0.1' });
socket.write(
  generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId: 'silent',
    clean: true,
    keepalive: 1,
    username: 'smoke-1',
    password: Buffer.from('secret'),
  }),
);
socket.on('data', () => process.send!('connected'));
process.on('disconnect', () => process.exit());
