import { createHash } from 'node:crypto';
import type { Attachment } from '@fenghuo/contracts/case.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { drawPhoto } from './draw-photo.ts';
import { mostBytes, recogniseFile } from './recognise-file.ts';
import { scrubFilm } from './scrub-film.ts';

/** A file as it is kept, or why it is not. */
export type PreparedAttachment =
  | { ok: true; file: Attachment; content: Buffer; small: Buffer | null }
  | { ok: false; reason: 'unsupported' | 'too-large' | 'unreadable'; message: Words };

/** Looks at what was sent, and makes of it what a case keeps. Changes the bytes of a film in place. */
export async function prepareAttachment(sent: Buffer, name: string): Promise<PreparedAttachment> {
  const found = recogniseFile(sent);
  if (found === null) return { ok: false, reason: 'unsupported', message: unsupported };
  const { kind } = found;
  if (sent.length > mostBytes[kind])
    return { ok: false, reason: 'too-large', message: tooLarge(mostBytes[kind]) };
  const sentSha256 = sha256(sent);
  if (kind === 'photo') return photo(sent, { name, sentSha256 });
  if (found.type === 'video/mp4') scrubFilm(sent);
  const file = {
    kind,
    type: found.type,
    name,
    bytes: sent.length,
    sha256: sha256(sent),
    sentSha256,
    ...noPicture,
  };
  return { ok: true, file, content: sent, small: null };
}

async function photo(
  sent: Buffer,
  told: Pick<Attachment, 'name' | 'sentSha256'>,
): Promise<PreparedAttachment> {
  const drawn = await drawPhoto(sent);
  if (drawn === null) return { ok: false, reason: 'unreadable', message: unreadable };
  const { content, small, ...facts } = drawn;
  const file = {
    kind: 'photo',
    type: 'image/jpeg',
    ...told,
    bytes: content.length,
    sha256: sha256(content),
  } as const;
  return { ok: true, file: { ...file, ...facts }, content, small };
}

const noPicture = { width: null, height: null, takenAt: null, lon: null, lat: null };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const unsupported: Words = {
  zh: '只接收照片（JPEG、PNG、WebP、AVIF）、视频（MP4、WebM）和 PDF 文件；苹果手机请选“兼容性最佳”',
  en: 'A case takes photos (JPEG, PNG, WebP, AVIF), films (MP4, WebM) and PDF; on an iPhone choose “Most Compatible”',
};
const unreadable: Words = {
  zh: '图片损坏或过大，无法读取',
  en: 'The image is damaged or too large to be read',
};
const tooLarge = (bytes: number): Words => ({
  zh: `文件超过 ${bytes / 1024 / 1024} MB`,
  en: `The file is larger than ${bytes / 1024 / 1024} MB`,
});
