import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** On which side of the database's commit the connection is cut: the writer cannot tell them apart. */
export type Cut = 'before' | 'after';

export interface CommitCutter extends AsyncDisposable {
  /** The address of the database by way of this. */
  through(url: string): string;
  /** Cuts the writer's next commit; resolves when it is cut. */
  cutNext(cut: Cut): Promise<void>;
  /** Questions for what became of a transaction. */
  questions: number;
}

/** Between a server and its database: passes everything on, and cuts the writer off at a commit when it is told to. */
export async function startCommitCutter(databaseUrl: string): Promise<CommitCutter> {
  const database = new URL(databaseUrl);
  let next: { cut: Cut; done: () => void } | null = null;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(database.port), database.hostname);
    const end = () => [near, far].map((socket) => socket.destroy());
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay().on('error', end).on('close', end);
    }
    let isWriter = false;
    let cutting: (() => void) | null = null;
    near.on('data', (bytes) => {
      isWriter ||= bytes.includes('fenghuo-writer\0');
      if (bytes.includes('pg_xact_status')) cutter.questions += 1;
      if (next !== null && isWriter && /\bcommit\0/i.test(bytes.toString('latin1'))) {
        const { cut, done } = next;
        next = null;
        cutting = () => {
          end();
          done();
        };
        if (cut === 'before') return cutting();
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (cutting === null) near.write(bytes);
      else if (bytes.includes('COMMIT\0')) cutting();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cutter: CommitCutter = {
    questions: 0,
    through(url) {
      const changed = new URL(url);
      changed.port = String(port);
      return changed.href;
    },
    cutNext: (cut) => new Promise((done) => (next = { cut, done })),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return cutter;
}
