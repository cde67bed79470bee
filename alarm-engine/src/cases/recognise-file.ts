import type { AttachmentKind } from '@fenghuo/contracts/case.ts';

/** What a file is, by its first bytes. */
export type Recognised =
  | { kind: 'photo'; type: 'image' }
  | { kind: 'video'; type: 'video/mp4' | 'video/webm' }
  | { kind: 'document'; type: 'application/pdf' };

/** Most bytes of each kind: a photo of 100 megapixels, a minute of film, a plan of a building. */
export const mostBytes: Record<AttachmentKind, number> = {
  photo: 20 * 1024 * 1024,
  video: 64 * 1024 * 1024,
  document: 20 * 1024 * 1024,
};

const starts = (bytes: Buffer, at: number, text: string) =>
  bytes.subarray(at, at + text.length).toString('latin1') === text;

/** Brands of stills in the container of films (ISO 14496-12): HEIC cannot be read here, AVIF is an image. */
const stills = ['heic', 'heix', 'hevc', 'mif1', 'msf1', 'avif', 'avis'];

/** Of name and declared type nothing is believed. Null: it is none of what a case takes. */
export function recogniseFile(bytes: Buffer): Recognised | null {
  if (bytes.length < 12) return null;
  if (starts(bytes, 0, '\xff\xd8\xff') || starts(bytes, 0, '\x89PNG\r\n\x1a\n')) return image;
  if (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) return image;
  if (starts(bytes, 0, '%PDF-')) return { kind: 'document', type: 'application/pdf' };
  if (starts(bytes, 0, '\x1a\x45\xdf\xa3')) return { kind: 'video', type: 'video/webm' };
  if (!starts(bytes, 4, 'ftyp')) return null;
  const brand = bytes.subarray(8, 12).toString('latin1');
  if (brand.startsWith('avi')) return image;
  return stills.includes(brand) ? null : { kind: 'video', type: 'video/mp4' };
}

const image: Recognised = { kind: 'photo', type: 'image' };
