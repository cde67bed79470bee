import { pictureHash } from './picture-hash.ts';
import type { LookAnswer, LookQuestion } from './picture-looks.ts';

/**
 * Reads the pixels of pictures. A bitmap lies in the memory of the graphics process, and whoever reads it waits for that
 * process: 40 to 150 ms where software draws. So nobody does on the page's own thread.
 */
declare const self: {
  onmessage: ((message: MessageEvent<LookQuestion>) => void) | null;
  postMessage: (answer: LookAnswer) => void;
};

let context: OffscreenCanvasRenderingContext2D | null = null;

self.onmessage = async ({ data: { no, picture } }) => {
  const hash = await hashOf(picture).catch(() => null);
  picture.close();
  self.postMessage({ no, hash });
};

async function hashOf(picture: VideoFrame | ImageBitmap): Promise<number | null> {
  return picture instanceof ImageBitmap ? hashOfBitmap(picture) : hashOfFrame(picture);
}

/** Of its first plane: the luma of what a camera sends. */
async function hashOfFrame(frame: VideoFrame): Promise<number> {
  const bytes = new Uint8ClampedArray(frame.allocationSize());
  const [plane, next] = await frame.copyTo(bytes);
  return pictureHash(bytes.subarray(plane?.offset, next?.offset));
}

function hashOfBitmap(picture: ImageBitmap): number | null {
  const { width, height } = picture;
  context ??= new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(picture, 0, 0);
  const pixels = context?.getImageData(0, 0, width, height).data;
  return pixels === undefined ? null : pictureHash(pixels);
}
