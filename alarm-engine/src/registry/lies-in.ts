/**
 * True when an area is another or lies in it. Codes down to the village have fixed lengths, so a prefix is an ancestor;
 * a grid (`…-02`) has nothing below it and must be met exactly, or grid `…-021` would lie in it.
 */
export function liesIn(area: string, within: string): boolean {
  return within.includes('-') ? area === within : area.startsWith(within);
}
