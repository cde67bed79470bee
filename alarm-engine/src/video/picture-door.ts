import { createHmac, timingSafeEqual } from 'node:crypto';
import { renameParts } from './live-playlist.ts';

const signatureBytes = 16;

/**
 * Names for what a camera's playlist names, so that a viewer can ask for just that: each holds the address and a
 * signature over camera and address. Only what lies on the host of the playlist is named; a playlist that points
 * elsewhere cannot send the server there.
 */
export class PictureDoor {
  readonly #key: Buffer;

  constructor(serverKey: Buffer) {
    this.#key = createHmac('sha256', serverKey).update('pictures of cameras').digest();
  }

  /** A playlist as a viewer gets it: its parts by signed names below `folder`. */
  playlistFor(camera: string, given: { text: string; url: string; folder: string }): string {
    return renameParts(given.text, (uri) => {
      const address = URL.canParse(uri, given.url) ? new URL(uri, given.url) : null;
      if (address === null || address.origin !== new URL(given.url).origin) return null;
      return given.folder + this.#nameOf(camera, address.pathname + address.search);
    });
  }

  /** The address behind a name, on the host of the camera's playlist; null: we never gave this name for this camera. */
  addressOf(camera: string, name: string, playlist: string): string | null {
    const [coded = '', signature = ''] = name.split('.');
    const path = Buffer.from(coded, 'base64url').toString('utf8');
    const given = Buffer.from(signature, 'base64url');
    const ours = this.#sign(camera, path);
    if (given.length !== ours.length || !timingSafeEqual(given, ours)) return null;
    return new URL(playlist).origin + path;
  }

  #nameOf(camera: string, path: string): string {
    const coded = Buffer.from(path, 'utf8').toString('base64url');
    return `${coded}.${this.#sign(camera, path).toString('base64url')}`;
  }

  #sign(camera: string, path: string): Buffer {
    return createHmac('sha256', this.#key).update(`${camera}\n${path}`).digest().subarray(0, signatureBytes);
  }
}
