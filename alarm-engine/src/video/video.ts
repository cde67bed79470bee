import type { Logger } from 'pino';
import type { Queryable } from '../store/queryable.ts';
import { CameraDirectory } from './camera-directory.ts';
import { LivePictures } from './live-pictures.ts';
import { PictureDoor } from './picture-door.ts';
import { ScanDesk } from './scan-desk.ts';

export interface VideoOptions {
  db: Queryable;
  databaseUrl: string;
  county: string;
  serverKey: Buffer;
  /** Address of playlists, with `{camera}` in it; absent: only the registry's own addresses. */
  cameraUrl?: string | undefined;
  /** Time for one round of the county scan; null: there is none. */
  scanRoundMs: number | null;
  log: Logger;
}

/** The server's side of video: where pictures are, who may see them, and whether they are any good. */
export class Video {
  readonly directory: CameraDirectory;
  readonly pictures = new LivePictures();
  readonly door: PictureDoor;
  /** Null: nothing is scanned. */
  readonly scan: ScanDesk | null;

  constructor({
    db,
    databaseUrl,
    county,
    serverKey,
    cameraUrl: template,
    scanRoundMs: roundMs,
    log,
  }: VideoOptions) {
    this.directory = new CameraDirectory({ db, county, template });
    this.door = new PictureDoor(serverKey);
    this.scan = roundMs === null ? null : new ScanDesk({ databaseUrl, county, template, roundMs }, log);
  }

  start(): void {
    this.scan?.start();
  }

  async stop(): Promise<void> {
    this.pictures.stop();
    await this.scan?.stop();
  }
}
