const chinaMs = 8 * 3_600_000;

/** A moment by the county's clock, UTC+8, such as 03:05:24. Ms since 1970. */
export function clockText(ms: number): string {
  return new Date(ms + chinaMs).toISOString().slice(11, 19);
}

/** With its day, such as 2026-11-25 03:05:24. */
export function dayText(ms: number): string {
  return new Date(ms + chinaMs).toISOString().replace('T', ' ').slice(0, 19);
}
