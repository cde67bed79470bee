import type { Queryable } from '../store/queryable.ts';
import { type CameraRow, listCameras } from '../store/sql/list-cameras.ts';
import { readDirectoryNo } from '../store/sql/read-directory-no.ts';
import { playlistAddress } from './playlist-address.ts';

/** A camera of the registry. */
export interface Camera extends Omit<CameraRow, 'camera' | 'area'> {
  /** Empty where it lies nowhere yet. */
  area: string;
  code: string;
  heading: number;
  fieldOfView: number;
  /** Where its live playlist is; null: nobody has said. */
  playlist: string | null;
}

/** The cameras at one number of the directory. */
export interface CameraList {
  no: number;
  all: readonly Camera[];
  byId: ReadonlyMap<string, Camera>;
}

export interface CameraDirectoryOptions {
  db: Queryable;
  county: string;
  /** Address of playlists, with `{camera}` in it; absent: only the registry's own addresses. */
  template: string | undefined;
}

/** The county's cameras in memory, read anew when the directory's number has moved: 15 MB for 42,000. */
export class CameraDirectory {
  readonly #options: CameraDirectoryOptions;
  #known: Promise<CameraList> | null = null;
  #no = -1;

  constructor(options: CameraDirectoryOptions) {
    this.#options = options;
  }

  /** Never older than the question. */
  async read(): Promise<CameraList> {
    const { db, county } = this.#options;
    const no = await readDirectoryNo(db, county);
    if (this.#known !== null && this.#no === no) return this.#known;
    this.#no = no;
    const reading = this.#load(no);
    this.#known = reading;
    reading.catch(() => {
      if (this.#known === reading) this.#known = null;
    });
    return reading;
  }

  async #load(no: number): Promise<CameraList> {
    const { db, county, template } = this.#options;
    const all = (await listCameras(db, county)).map((row) => toCamera(row, template));
    return { no, all, byId: new Map(all.map((camera) => [camera.id, camera])) };
  }
}

function toCamera({ camera, area, ...row }: CameraRow, template: string | undefined): Camera {
  const { code = row.id, heading = 0, fieldOfView = 360, streamUrl = null } = camera ?? {};
  const playlist = playlistAddress({ id: row.id, streamUrl }, template);
  return { ...row, area: area ?? '', code, heading, fieldOfView, playlist };
}
