import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test lets a camera's server answer with. */
export type HostAnswer = { status: number; body?: string; location?: string } | 'cut';

/** A video server of a test, over real sockets: each path answers what the test says, else a picture of now. */
export class CameraHost {
  readonly asked: string[] = [];
  readonly #answers = new Map<string, HostAnswer>();
  readonly #server: Server;
  #port = 0;

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<CameraHost> {
    const host = new CameraHost();
    await new Promise<void>((resolve) => host.#server.listen(0, '127.0.0.1', resolve));
    host.#port = (host.#server.address() as AddressInfo).port;
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** For `FENGHUO_CAMERA_URL`. */
  get template(): string {
    return `${this.url}/{camera}/index.m3u8`;
  }

  put(path: string, answer: HostAnswer): void {
    this.#answers.set(path, answer);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(path);
    const answer = this.#answers.get(path) ?? usualAnswer(path);
    if (answer === 'cut') request.socket.destroy();
    else
      response
        .writeHead(answer.status, {
          'Content-Type': 'video/mp4',
          ...(answer.location && { Location: answer.location }),
        })
        .end(answer.body ?? '');
  }
}

function usualAnswer(path: string): HostAnswer {
  if (path.endsWith('index.m3u8')) return { status: 200, body: playlistAt(Date.now()) };
  return { status: 200, body: `picture of ${path}` };
}

/** A playlist of which the newest picture was taken then. */
export function playlistAt(time: number, segments: readonly string[] = ['1.m4s', '2.m4s']): string {
  const first = new Date(time - segments.length * 2000).toISOString();
  const listed = segments.map((segment) => `#EXTINF:2.0,\n${segment}\n`).join('');
  const head = '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-MAP:URI="init.mp4"\n';
  return `${head}#EXT-X-PROGRAM-DATE-TIME:${first}\n${listed}`;
}
