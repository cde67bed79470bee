import type { CommandAct } from '@fenghuo/contracts/commands.ts';
import type { SetupPage } from '../route.ts';

/** What one must be allowed to do for a page to be of use; null: everybody reads it. */
export const needsOfPage: Record<SetupPage, CommandAct | null> = {
  devices: null,
  buildings: null,
  people: null,
  accounts: 'create-account',
  rulebook: null,
  quarantine: 'reprocess-quarantine',
  health: 'create-account',
};
