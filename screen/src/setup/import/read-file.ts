import type { ImportFormat } from '@fenghuo/contracts/registry.ts';

/** Text of a file: UTF-8, else as spreadsheets here save it (GB 18030, which holds GBK and GB 2312). */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

export function formatOf(name: string): ImportFormat {
  return /\.(geo)?json$/i.test(name) ? 'geojson' : 'csv';
}
