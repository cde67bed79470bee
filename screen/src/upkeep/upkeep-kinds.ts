import type { EventKind } from '@fenghuo/contracts/words.ts';

/** What becomes upkeep. */
export const upkeepKinds = ['fault', 'battery', 'tamper', 'silent', 'stuck'] as const satisfies EventKind[];
export type UpkeepKind = (typeof upkeepKinds)[number];

export const isUpkeepKind = (kind: EventKind): kind is UpkeepKind =>
  (upkeepKinds as readonly EventKind[]).includes(kind);
