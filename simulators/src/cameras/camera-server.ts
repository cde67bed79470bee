import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type CameraOrder, cameraOrder, changeOf } from './camera-order.ts';
import { numberFrom } from './camera-scene.ts';
import type { ClipLibrary } from './clip-library.ts';
import { clipName, type SceneName, segmentSeconds } from './clip-names.ts';
import { type Course, changeCourse, newestSegment, playlistOf, usualCourse } from './course.ts';

export interface CameraServerOptions {
  host: string;
  /** 0 takes any free one. */
  port: number;
  clips: ClipLibrary;
  /** What a camera looks at; null: there is no such camera. */
  sceneOf: (camera: string) => SceneName | null;
  /** An order that was followed; what it rejects with is the answer. */
  onOrder?: (camera: string, order: CameraOrder) => Promise<void>;
  /** Milliseconds since 1970. */
  clock: () => number;
}

const segmentMs = segmentSeconds * 1000;

/**
 * Live HLS of a whole county's cameras, out of a few clips: a playlist is a function of the time, so a camera that
 * nothing happened to costs nothing but its answers.
 *
 *     GET  /{camera}/index.m3u8              its live playlist
 *     GET  /{camera}/{clip}/init.mp4, /{camera}/{clip}/{segment}.m4s
 *     POST /control/{camera}                 {@link CameraOrder} → 204; 404: no such camera; 422: what is wrong with it
 *     GET  /control                          what was ordered, by camera
 */
export class CameraServer {
  readonly #options: CameraServerOptions;
  readonly #server: Server;
  readonly #courses = new Map<string, Course>();

  constructor(options: CameraServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  start(): Promise<{ port: number }> {
    const { host, port } = this.#options;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => resolve({ port: (this.#server.address() as AddressInfo).port }));
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const [, first = '', second = '', third] = (request.url ?? '').split('?', 1)[0]!.split('/').map(decoded);
    const scene = first === 'control' ? null : this.#options.sceneOf(first);
    const course = this.#courses.get(first) ?? usualCourse;
    if (first === 'control') void this.#control(request, response, second);
    else if (scene === null || request.method !== 'GET') response.writeHead(404).end();
    else if (course.fault === 'drop') request.socket.destroy();
    else if (third !== undefined) this.#sendPart(response, second, third);
    else if (second === 'index.m3u8') this.#sendPlaylist(response, first, { scene, course });
    else response.writeHead(404).end();
  }

  #sendPlaylist(
    response: ServerResponse,
    camera: string,
    { scene, course }: { scene: SceneName; course: Course },
  ): void {
    const at = { now: this.#options.clock(), offset: beatOf(camera) };
    const body = playlistOf(course, at, (version) => clipName(scene, version));
    response.writeHead(200, { ...playlistHeaders, 'Content-Length': body.length }).end(body);
  }

  #sendPart(response: ServerResponse, clipName: string, file: string): void {
    const clip = this.#options.clips.get(clipName);
    const number = /^(\d{1,15})\.m4s$/.exec(file)?.[1];
    const body =
      file === 'init.mp4' ? clip?.init : clip?.segments[Number(number ?? Number.NaN) % clip.segments.length];
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { ...partHeaders, 'Content-Length': body.length }).end(body);
  }

  async #control(request: IncomingMessage, response: ServerResponse, camera: string): Promise<void> {
    if (camera === '') {
      const said = Object.fromEntries(
        [...this.#courses].map(([id, { picture, fault, lag }]) => [
          id,
          { picture, fault, lagSeconds: lag * segmentSeconds },
        ]),
      );
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(said));
    } else {
      const [status, sentence] = await this.#follow(camera, await text(request));
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(sentence);
    }
  }

  async #follow(camera: string, body: string): Promise<[status: number, sentence: string]> {
    const { sceneOf, onOrder, clock } = this.#options;
    if (sceneOf(camera) === null) return [404, `There is no camera ${camera}.`];
    const order = cameraOrder.safeParse(parseJson(body));
    if (!order.success)
      return [422, `${order.error.issues[0]!.path.join('.')}: ${order.error.issues[0]!.message}`];
    const course = this.#courses.get(camera) ?? usualCourse;
    const newest = newestSegment(clock(), beatOf(camera));
    this.#courses.set(camera, changeCourse(course, changeOf(order.data), newest));
    try {
      await onOrder?.(camera, order.data);
      return [204, ''];
    } catch (error) {
      return [422, error instanceof Error ? error.message : String(error)];
    }
  }
}

const playlistHeaders = {
  'Content-Type': 'application/vnd.apple.mpegurl',
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
};
const partHeaders = {
  'Content-Type': 'video/mp4',
  'Cache-Control': 'max-age=60',
  'Access-Control-Allow-Origin': '*',
};

/** When in the length of a segment a camera's next one comes. */
function beatOf(camera: string): number {
  return numberFrom(camera) % segmentMs;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
