import { answerQuestions } from '../ui/asked-worker.ts';
import { type BuildingPicture, BuildingScene } from './building-scene.ts';

/**
 * Draws buildings beside the page's thread, which would wait for the graphics process: 0.4 to 6 s a building in software, while
 * an alarm that had come stood on no map. Pictures go back in main memory, for the page not to wait for them either.
 */
declare const self: Parameters<typeof answerQuestions<BuildingPicture, ImageBitmap>>[0];

const canvas = new OffscreenCanvas(1, 1);
const copy = new OffscreenCanvas(1, 1);
let scene: BuildingScene | null = null;

function drawn(picture: BuildingPicture): ImageBitmap | null {
  try {
    scene ??= new BuildingScene(canvas);
    scene.draw(picture);
  } catch {
    return null;
  }
  const { width, height } = canvas;
  Object.assign(copy, { width, height });
  copy.getContext('2d', { willReadFrequently: true })?.drawImage(canvas, 0, 0);
  return copy.transferToImageBitmap();
}

answerQuestions(self, (picture) => {
  const answer = drawn(picture);
  return { answer, transfer: answer === null ? [] : [answer] };
});
