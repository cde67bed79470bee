import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/**
 * `npm run draw-icons`: draws the icons under which a phone installs the page, of `public/favicon.svg`. A maskable one has
 * its picture in the middle four fifths: launchers cut the rest as they like.
 */
const folder = join(import.meta.dirname, 'public');
const ground = '#11171e';

async function drawIcon(name: string, pixels: number, share: number): Promise<void> {
  const picture = Math.round(pixels * share);
  const svg = await readFile(join(folder, 'favicon.svg'));
  const drawn = await sharp(svg, { density: (72 * picture) / 32 })
    .resize(picture, picture)
    .png()
    .toBuffer();
  const whole = { width: pixels, height: pixels, channels: 3 as const, background: ground };
  await sharp({ create: whole })
    .composite([{ input: drawn }])
    .png({ compressionLevel: 9, palette: true })
    .toFile(join(folder, name));
}

await drawIcon('icon-192.png', 192, 1);
await drawIcon('icon-512.png', 512, 1);
await drawIcon('icon-maskable-512.png', 512, 0.7);
