/** A photo of more bytes is drawn smaller before it is kept: 50 s a megabyte on a slow 3G. */
const smallEnough = 600_000;
/** Longest side, in pixels: a door number across a street can still be read. */
const mostPixels = 2048;

/** A photo as it is to be sent. What cannot be drawn here is sent as it is: the station says what is wrong with it. */
export async function shrinkPhoto(file: File): Promise<ArrayBuffer> {
  if (file.size <= smallEnough || !file.type.startsWith('image/')) return file.arrayBuffer();
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return file.arrayBuffer();
  const scale = Math.min(1, mostPixels / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82));
  return drawn !== null && drawn.size < file.size ? drawn.arrayBuffer() : file.arrayBuffer();
}
