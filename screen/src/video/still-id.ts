/**
 * The id under which the still of a camera is kept in a case: every desk makes the same one, so that however many take it,
 * the first stands and the case keeps one. A UUID of version 8, of two 64-bit FNV-1a; no secure context is needed. Pure.
 */
export function stillId(incident: string, camera: string): string {
  const hex = [`${incident}\n${camera}`, `${camera}\n${incident}`].map(fnv1a).join('');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
