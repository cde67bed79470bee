/**
 * Splits `total` whole things over `weights` in proportion, by largest remainders, so that the parts add up
 * exactly. When there is enough for all, every part gets at least `atLeast`. No weights, no parts.
 */
export function apportion(total: number, weights: readonly number[], atLeast = 0): number[] {
  if (weights.length === 0) return [];
  const floor = total >= atLeast * weights.length ? atLeast : 0;
  const rest = total - floor * weights.length;
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (sum > 0 ? (rest * weight) / sum : 0));
  const parts = exact.map((share) => floor + Math.floor(share));
  const left = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((share, i) => [share - Math.floor(share), i] as const);
  byRemainder.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (let i = 0; i < left; i++) {
    const index = byRemainder[i % byRemainder.length]![1];
    parts[index] = parts[index]! + 1;
  }
  return parts;
}
