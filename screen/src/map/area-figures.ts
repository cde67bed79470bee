/** A figure from 0 to 100 % for townships and villages, by code: whatever it tells, 100 is as it should be. */
export type AreaFigures = ReadonlyMap<string, number>;

/** From here down an area is shaded and says its figure; above it is as quiet as the rest. */
const notedBelow = 98;

/** Opacity of an area's shade on the base map: none where all is well, most at half and less. */
export function shadeOf(figure: number): number {
  return figure >= notedBelow ? 0 : Math.min(1, (notedBelow - figure) / (notedBelow - 50)) * 0.7;
}

/** A name with its figure, where there is something to say. */
export function withFigure(text: string, figure: number | undefined): string {
  return figure === undefined || figure >= notedBelow ? text : `${text} ${figure}%`;
}
