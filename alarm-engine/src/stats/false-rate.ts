import type { FalseRate } from '@fenghuo/contracts/alarm-performance.ts';

/** Normal quantile of 95 % confidence, both sides. */
const z = 1.959964;

/** A share of `cases`, bounded by the interval of Wilson (1927), which holds for few cases too; without any, anything. */
export function falseRate(falseAlarms: number, cases: number): FalseRate {
  if (cases === 0) return { cases, falseAlarms, rate: null, atLeast: 0, atMost: 1 };
  const rate = falseAlarms / cases;
  const spread = z * Math.sqrt((rate * (1 - rate)) / cases + (z * z) / (4 * cases * cases));
  const middle = rate + (z * z) / (2 * cases);
  const scale = 1 + (z * z) / cases;
  const bound = (value: number) => Math.min(1, Math.max(0, value / scale));
  return { cases, falseAlarms, rate, atLeast: bound(middle - spread), atMost: bound(middle + spread) };
}
