import type { CommandAct } from '@fenghuo/contracts/commands.ts';
import { type Role, roles } from '@fenghuo/contracts/words.ts';

/**
 * What there is to read: `live` is the map, the registry and what is going on; `personal-data` shows names
 * and telephone numbers of citizens unmasked; `quarantine` is what could not be read; `metrics` the gauges;
 * `credentials` is who may connect over MQTT, `carrier-sources` who may push,
 * `api-tokens` which programs may call, `accounts` which people; `play-drills` is to be the runner of drills; `audit` is the record of acts, kept in a
 * hand of its own: who administers does not look into it, who looks into it changes nothing. `share-position` is for those
 * who go out: where they are, said by themselves.
 */
const reads = [
  'live',
  'personal-data',
  'quarantine',
  'metrics',
  'credentials',
  'carrier-sources',
  'audit',
  'api-tokens',
  'accounts',
  'play-drills',
  'share-position',
] as const;
export type Right = (typeof reads)[number] | CommandAct;

const answering: readonly Right[] = [
  'take-report',
  'acknowledge-alarm',
  'acknowledge-incident',
  'open-ticket',
  'move-ticket',
  'add-note',
  'add-evidence',
  'read-broadcast',
];
/** Who holds a case, and who is called to it. */
const assigning: readonly Right[] = [
  'assign-ticket',
  'transfer-ticket',
  'chase-ticket',
  'add-party',
  'release-party',
  'send-broadcast',
];
/** What changes how alarms are shown and told, for a while or for good, and what becomes of a case after its end. */
const ordering: readonly Right[] = [
  'reset-alarm',
  'shelve-alarm',
  'unshelve-alarm',
  'merge-incidents',
  'split-incident',
  'reopen-ticket',
  'record-follow-up',
  'list-for-supervision',
  'end-supervision',
];
const servicing: readonly Right[] = [
  'remove-from-service',
  'return-to-service',
  'start-building-test',
  'end-building-test',
];
/** Ending upkeep, by who does the work; giving it out is another's. */
const mending: readonly Right[] = ['resolve-upkeep', 'return-upkeep'];
const upkeep: readonly Right[] = ['assign-upkeep', ...mending];
/** Letting walls in, and driving them, in one's own area. */
const hanging: readonly Right[] = ['pair-wall', 'unpair-wall', 'direct-wall'];
const drilling: readonly Right[] = ['start-drill', 'end-drill'];
const administering: readonly Right[] = [
  'quarantine',
  'metrics',
  'credentials',
  'issue-credential',
  'revoke-credential',
  'carrier-sources',
  'reprocess-quarantine',
  'issue-carrier-source',
  'revoke-carrier-source',
  'erase-personal',
  'api-tokens',
  'issue-api-token',
  'revoke-api-token',
  'accounts',
  'create-account',
  'change-account',
  'disable-account',
  'enable-account',
  'reset-password',
  'put-rulebook',
  'put-workflow',
  'register-devices',
  'register-buildings',
  'register-units',
  'register-people',
];

/** Who sits in a room and runs cases. */
const dispatching: readonly Right[] = [
  'live',
  'personal-data',
  ...answering,
  'move-party',
  ...assigning,
  ...ordering,
  ...servicing,
  ...upkeep,
  'set-duty',
  ...hanging,
];

/** The authorisation table of the house. Whatever is not in it is refused. */
const rightsOfRole: Record<Role, readonly Right[]> = {
  commander: [...dispatching, ...drilling],
  dispatcher: dispatching,
  responder: [
    'live',
    'personal-data',
    ...answering,
    'move-party',
    'add-party',
    'transfer-ticket',
    'share-position',
    ...mending,
  ],
  'grid-worker': [
    'live',
    'personal-data',
    'share-position',
    'take-report',
    'acknowledge-alarm',
    'move-ticket',
    'move-party',
    'add-note',
    'add-evidence',
    'record-follow-up',
    'read-broadcast',
    ...mending,
  ],
  tester: ['live', 'play-drills', ...drilling],
  administrator: [
    'live',
    'personal-data',
    ...administering,
    ...servicing,
    ...upkeep,
    'set-duty',
    ...hanging,
    ...drilling,
  ],
  auditor: ['live', 'personal-data', 'audit'],
  wall: ['live'],
  viewer: ['live'],
};

/** Rights over things that lie in no area: only an account of the whole county can have them. */
const countywide: readonly Right[] = ['play-drills', ...drilling, ...administering];

/** The acts that the table gives someone, those by a route of their own too, to be offered them. */
export function actsOf(holder: RightHolder, county: string): string[] {
  const isRead = (right: Right) => (reads as readonly Right[]).includes(right);
  return rightsOfRole[holder.role].filter((right) => !isRead(right) && mayUse(holder, right, county));
}

/** Whose right is asked for: the role, the area prefix, and the county that the question is about. */
export interface RightHolder {
  role: Role;
  area: string;
  /** Of a token: the only ones of the role's rights that it has. */
  rights?: readonly string[] | undefined;
}

/** True when the table gives the role this right, and a right over the county belongs to the whole county. */
export function mayUse(holder: RightHolder, right: Right, county: string): boolean {
  if (!rightsOfRole[holder.role].includes(right)) return false;
  if (holder.rights !== undefined && !holder.rights.includes(right)) return false;
  return !countywide.includes(right) || holder.area === county;
}

/** What no token can be given: to make tokens or let people in, and what cannot be undone. */
const peoplesOwn: readonly Right[] = [
  'issue-api-token',
  'revoke-api-token',
  'erase-personal',
  'create-account',
  'change-account',
  'enable-account',
  'reset-password',
];

/** The rights that a holder can give to a token for its area. */
export function grantableRights(holder: RightHolder, county: string): Right[] {
  return rightsOfRole[holder.role].filter(
    (right) => mayUse(holder, right, county) && !peoplesOwn.includes(right),
  );
}

/**
 * What an order opens outside of one's own area, to a role that may do it at all: what a team does at a case. How a
 * place is alarmed, and what becomes of a case, stays with those whose area it is.
 */
const byOrder: readonly CommandAct[] = [
  'acknowledge-alarm',
  'acknowledge-incident',
  'move-ticket',
  'transfer-ticket',
  'add-party',
  'move-party',
  'add-note',
  'add-evidence',
];

export function opensByOrder(act: CommandAct): boolean {
  return byOrder.includes(act);
}

/** The roles to which the table gives a right. */
export function rolesWith(right: Right): Role[] {
  return roles.filter((role) => rightsOfRole[role].includes(right));
}
