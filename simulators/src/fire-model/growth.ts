/** Growth of a fire by NFPA 72, annex B, and NFPA 204, 8.3: how fast heat is released, with the time squared. */
export const growths = ['slow', 'medium', 'fast', 'ultra-fast'] as const;
export type Growth = (typeof growths)[number];

/** α in kW/s²: 1,055 kW are reached after 600, 300, 150 and 75 s. */
export const alphaOf: Record<Growth, number> = {
  slow: 0.00293,
  medium: 0.01172,
  fast: 0.0469,
  'ultra-fast': 0.1876,
};

/** After it was put out, what still smokes fades to a third in this time. Seconds. */
const fadesInS = 90;

/** A fire in one room: t-squared from its flaming on, bounded by what there is to burn, then put out. */
export interface RoomFire {
  growth: Growth;
  /** When it begins to smoulder, and for how long before it flames. Ms from the start of the story. */
  beginsAt: number;
  smouldersMs: number;
  peakKw: number;
  outAt: number;
}

/** Heat release at a moment, kW. Never below 0 nor above the peak; 0 while it smoulders. */
export function heatReleaseKw(fire: RoomFire, atMs: number): number {
  const flamesAt = fire.beginsAt + fire.smouldersMs;
  const until = Math.min(atMs, fire.outAt);
  const burnsS = Math.max(0, (until - flamesAt) / 1000);
  const released = Math.min(fire.peakKw, alphaOf[fire.growth] * burnsS * burnsS);
  return atMs <= fire.outAt ? released : released * Math.exp(-(atMs - fire.outAt) / 1000 / fadesInS);
}
