import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network between a screen and its station, with a plug that can be pulled: a TCP proxy on a port of its own. */
export class NetworkPlug {
  readonly #to: number;
  readonly #server: Server;
  readonly #ends = new Set<Socket>();
  #isIn = true;

  constructor(stationPort: number) {
    this.#to = stationPort;
    this.#server = createServer((screen) => this.#join(screen));
  }

  /** Gives the port at which the station is met through the plug. */
  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** As a cable that is pulled: nothing comes through, and nobody is told. */
  pull(): void {
    this.#isIn = false;
    for (const end of this.#ends) end.pause();
  }

  /** As a switch that restarts: every connection is reset, and new ones are refused. */
  cut(): void {
    this.#isIn = false;
    for (const end of this.#ends) end.resetAndDestroy();
  }

  putBack(): void {
    this.#isIn = true;
    for (const end of this.#ends) end.resume();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(screen: Socket): void {
    if (!this.#isIn) {
      screen.resetAndDestroy();
      return;
    }
    const station = connect(this.#to, '127.0.0.1');
    for (const [from, to] of [
      [screen, station],
      [station, screen],
    ] as const) {
      this.#ends.add(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => {});
      from.on('close', () => {
        this.#ends.delete(from);
        to.destroy();
      });
    }
  }
}
