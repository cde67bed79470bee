/** A tile that wants its picture decoded. */
export interface DecoderWish {
  id: string;
  /** Of the picture on the screen, in pixels. */
  area: number;
}

/**
 * Decoders of a machine: each core decodes about two small pictures beside the map. At least 4, for the cameras of one
 * incident; at most 12.
 */
export function decodersOf(cores: number): number {
  return Math.min(12, Math.max(4, cores * 2));
}

/**
 * Who is decoded when there are more tiles than decoders: the larger first, then who asked first. So one large picture
 * beside small ones keeps its decoder, and a wall of small ones does not stop the machine.
 */
export function shareDecoders(wishes: readonly DecoderWish[], decoders: number): ReadonlySet<string> {
  const ranked = wishes.toSorted((a, b) => b.area - a.area);
  return new Set(ranked.slice(0, decoders).map(({ id }) => id));
}
