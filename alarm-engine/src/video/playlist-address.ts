/** What is known of where a camera's picture comes from. */
export interface PictureSource {
  id: string;
  /** As the registry has it: an address, or a path that means something to somebody else. */
  streamUrl: string | null;
}

/**
 * Where a camera's live playlist is: the address that the registry gives it, if HLS can be had there; else the
 * template, in which `{camera}` stands for its id. Null: nobody has said.
 */
export function playlistAddress(
  { id, streamUrl }: PictureSource,
  template: string | undefined,
): string | null {
  if (streamUrl !== null && /^https?:\/\/\S+$/.test(streamUrl) && URL.canParse(streamUrl)) return streamUrl;
  return template?.replaceAll('{camera}', encodeURIComponent(id)) ?? null;
}
