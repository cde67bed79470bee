import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareAttachment } from './prepare-attachment.ts';
import { recogniseFile } from './recognise-file.ts';
import { scrubFilm } from './scrub-film.ts';

const box = (type: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
};
const text = (words: string) => Buffer.from(words, 'latin1');

/** A film that says where it was made, in the places where phones say it. */
const film = () =>
  Buffer.concat([
    box('ftyp', text('isomiso2')),
    box(
      'moov',
      Buffer.concat([box('mvhd', text('header')), box('udta', box('\xa9xyz', text('+28.49+121.37/')))]),
    ),
    box('mdat', text('udta in the picture stays')),
    box('uuid', text('<x:xmpmeta Author>')),
  ]);

test('a film: where and by whom it was made is blanked, nothing moves, and the picture is untouched', () => {
  const bytes = film();
  scrubFilm(bytes);
  expect(bytes).toHaveLength(film().length);
  expect(bytes.includes('121.37') || bytes.includes('Author')).toBe(false);
  expect(bytes.includes('udta in the picture stays') && bytes.includes('header')).toBe(true);
});

test('whatever the bytes are: a film is scrubbed within its length, and comes to an end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
      const bytes = Buffer.concat([film().subarray(0, 40), tail]);
      scrubFilm(bytes);
      expect(bytes).toHaveLength(40 + tail.length);
    }),
  );
});

test('what a file is, its bytes say and never its name', async () => {
  expect(recogniseFile(film())).toEqual({ kind: 'video', type: 'video/mp4' });
  expect(recogniseFile(text('%PDF-1.7 and more'))).toMatchObject({ kind: 'document' });
  expect(recogniseFile(box('ftyp', text('heicmif1')))).toBeNull();
  expect(recogniseFile(text('<svg onload=alert(1)>'))).toBeNull();
  expect(await prepareAttachment(text('MZ this is a program'), 'photo.jpg')).toMatchObject({
    reason: 'unsupported',
  });
  expect(await prepareAttachment(film(), 'a.mp4')).toMatchObject({
    ok: true,
    file: { type: 'video/mp4', width: null },
  });
});

test('an image that is none behind its first bytes is refused, whatever follows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 20, maxLength: 200 }), async (tail) => {
      const bytes = Buffer.concat([text('\xff\xd8\xff\xe0'), tail]);
      expect(await prepareAttachment(bytes, 'a.jpg')).toMatchObject({ ok: false, reason: 'unreadable' });
    }),
    { numRuns: 30 },
  );
});
