/**
 * What a fire of so many kW makes of the air of a room. The numbers and where they come from: docs/fire-model.md.
 */

/** Heat of combustion of furniture, kJ/g (SFPE: wood 12 to 17, polyurethane 16 to 20). */
const heatOfCombustion = 17;
/** Optical density a metre of one gram burnt in one cubic metre, m²/g (flaming, mixed furniture). */
const massOpticalDensity = 0.1;
/** How long smoke stays under the ceiling before the next takes its place, s. */
const staysS = 60;
/** Carbon monoxide of one gram burnt where air is short, g; its molar mass, g/mol; litres of a mole of gas. */
const [coYield, coMolarMass, molarLitres] = [0.02, 28, 24];
/** Height of a ceiling above the fire, m. */
const ceilingM = 3;
/** Rooms in general. °C. */
export const ambientC = 22;

/** Optical density a metre of the smoke layer (log10). It follows the heat release, hence the time squared. */
export function opticalDensity(kw: number, roomM3: number): number {
  return (massOpticalDensity * (kw / heatOfCombustion) * staysS) / roomM3;
}

/** Obscuration in per cent a metre, as smoke detectors are graded (EN 54-7, UL 268). */
export function obscuration(density: number): number {
  return 100 * (1 - 10 ** -density);
}

/** Rise of the temperature below the ceiling in K, right above the fire (Alpert 1972: 16.9 Q^⅔ H^-5/3), 900 at most. */
export function ceilingRiseK(kw: number): number {
  return Math.min(900, (16.9 * kw ** (2 / 3)) / ceilingM ** (5 / 3));
}

/** Carbon monoxide in parts per million. */
export function carbonMonoxidePpm(kw: number, roomM3: number): number {
  const moles = ((kw / heatOfCombustion) * staysS * coYield) / coMolarMass;
  return Math.min(20_000, (moles * molarLitres * 1e6) / (roomM3 * 1000));
}
