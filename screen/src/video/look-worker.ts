import { pictureHash } from './picture-hash.ts';
import type { LookAnswer, LookQuestion } from './picture-looks.ts';

/**
 * Reads the pixels of small pictures. What a decoder gives lies in the memory of the graphics process, and whoever reads
 * it waits for that process: 40 to 150 ms where software draws. So nobody does on the page's own thread.
 */
declare const self: {
  onmessage: ((message: MessageEvent<LookQuestion>) => void) | null;
  postMessage: (answer: LookAnswer) => void;
};

let context: OffscreenCanvasRenderingContext2D | null = null;

self.onmessage = ({ data: { no, picture } }) => {
  const { width, height } = picture;
  context ??= new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(picture, 0, 0);
  picture.close();
  const pixels = context?.getImageData(0, 0, width, height).data;
  self.postMessage({ no, hash: pixels === undefined ? null : pictureHash(pixels) });
};
