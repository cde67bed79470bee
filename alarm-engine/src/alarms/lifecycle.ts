import type { AlarmState } from '@fenghuo/contracts/words.ts';

/**
 * The life of an alarm after ISA-18.2-2016 / IEC 62682:2022, as facts, one table and one pure function. The state is
 * not stored but read off the facts, so no sequence can reach one that does not exist. Shelved (G), suppressed by
 * design (H) and out of service (I) stand above the table in that order, the last the strongest; what lies beneath
 * goes on and shows again when they end.
 */
export interface AlarmFacts {
  /** The abnormal condition holds now. */
  condition: boolean;
  /** Held by the latch until reset. */
  latched: boolean;
  acknowledged: boolean;
  shelved: boolean;
  suppressed: boolean;
  outOfService: boolean;
}

/** What happens to what lies beneath. `raise-latching`: of a rule that latches. */
const columns = ['raise', 'raise-latching', 'return', 'acknowledge', 'reset', 'realarm'] as const;
type Column = (typeof columns)[number];

/** What puts an alarm aside, or brings it back. */
export type AsideInput =
  | 'shelve'
  | 'unshelve'
  | 'suppress'
  | 'unsuppress'
  | 'remove-from-service'
  | 'return-to-service';

export type AlarmInput =
  | { type: 'raise'; latch: boolean }
  | { type: Exclude<Column, 'raise' | 'raise-latching'> }
  | { type: AsideInput };

/** Why an input changes nothing. `no-change` is no fault: a detector says the same thing twice. */
export type LifecycleRefusal = 'no-change' | 'condition-still-active' | 'nothing-to-acknowledge';

export type LifecycleResult = { ok: true; facts: AlarmFacts } | { ok: false; reason: LifecycleRefusal };

/**
 * What lies beneath, by the letters of ISA-18.2's state diagram: A normal, B unacknowledged, C acknowledged, D returned
 * unacknowledged, E latched unacknowledged, F latched acknowledged. B′ and C′ are B and C with the latch set, from
 * which the way leads to E and F and not to D and A.
 */
type Letter = 'A' | 'B' | 'B′' | 'C' | 'C′' | 'D' | 'E' | 'F';

const same = 'no-change';
const active = 'condition-still-active';
const none = 'nothing-to-acknowledge';

/** Row: where it stands. Columns: {@link columns}. Cell: where that leads, or why nowhere. */
// biome-ignore format: it is a table
const table: Record<Letter, readonly [Cell, Cell, Cell, Cell, Cell, Cell]> = {
  //      raise  raise-latching  return  acknowledge  reset    realarm
  'A':  [ 'B',   'B′',           same,   none,        same,    same ],
  'B':  [ same,  same,           'D',    'C',         active,  same ],
  'B′': [ same,  same,           'E',    'C′',        active,  same ],
  'C':  [ same,  same,           'A',    none,        active,  'B'  ],
  'C′': [ same,  same,           'F',    none,        active,  'B′' ],
  'D':  [ 'B',   'B′',           same,   'A',         same,    same ],
  'E':  [ 'B′',  'B′',           same,   'F',         'D',     same ],
  'F':  [ 'B′',  'B′',           same,   none,        'A',     'E'  ],
};
type Cell = Letter | LifecycleRefusal;

type Beneath = Pick<AlarmFacts, 'condition' | 'latched' | 'acknowledged'>;

// biome-ignore format: it is a table
const standings: Record<Letter, Beneath & { state: AlarmState }> = {
  'A':  { condition: false, latched: false, acknowledged: true,  state: 'normal' },
  'B':  { condition: true,  latched: false, acknowledged: false, state: 'unacknowledged' },
  'B′': { condition: true,  latched: true,  acknowledged: false, state: 'unacknowledged' },
  'C':  { condition: true,  latched: false, acknowledged: true,  state: 'acknowledged' },
  'C′': { condition: true,  latched: true,  acknowledged: true,  state: 'acknowledged' },
  'D':  { condition: false, latched: false, acknowledged: false, state: 'returned-unacknowledged' },
  'E':  { condition: false, latched: true,  acknowledged: false, state: 'unacknowledged' },
  'F':  { condition: false, latched: true,  acknowledged: true,  state: 'acknowledged' },
};

/** Each sets one of the facts that stand above the table, or takes it away. */
const asides: Record<AsideInput, { fact: 'shelved' | 'suppressed' | 'outOfService'; to: boolean }> = {
  shelve: { fact: 'shelved', to: true },
  unshelve: { fact: 'shelved', to: false },
  suppress: { fact: 'suppressed', to: true },
  unsuppress: { fact: 'suppressed', to: false },
  'remove-from-service': { fact: 'outOfService', to: true },
  'return-to-service': { fact: 'outOfService', to: false },
};

/** Facts of an alarm that was never raised. */
export const quietFacts: AlarmFacts = {
  condition: false,
  latched: false,
  acknowledged: true,
  shelved: false,
  suppressed: false,
  outOfService: false,
};

/** The ISA-18.2 state that these facts are. */
export function stateOf(facts: AlarmFacts): AlarmState {
  if (facts.outOfService) return 'out-of-service';
  if (facts.suppressed) return 'suppressed-by-design';
  if (facts.shelved) return 'shelved';
  return standings[letterOf(facts)].state;
}

/** Put aside: it is kept and rings nowhere. */
export function isAside({ shelved, suppressed, outOfService }: AlarmFacts): boolean {
  return shelved || suppressed || outOfService;
}

/** Its condition holds, or its latch does. */
export function stands({ condition, latched }: Pick<AlarmFacts, 'condition' | 'latched'>): boolean {
  return condition || latched;
}

/** What `input` makes of `facts`, or why it makes nothing. Pure and total. */
export function transition(facts: AlarmFacts, input: AlarmInput): LifecycleResult {
  switch (input.type) {
    case 'raise':
      return move(facts, input.latch ? 'raise-latching' : 'raise');
    case 'return':
    case 'acknowledge':
    case 'reset':
    case 'realarm':
      return move(facts, input.type);
    case 'shelve':
    case 'unshelve':
    case 'suppress':
    case 'unsuppress':
    case 'remove-from-service':
    case 'return-to-service':
      return putAside(facts, input.type);
  }
}

/** The facts after several inputs; one that changes nothing is passed over. */
export function through(
  facts: AlarmFacts,
  inputs: readonly Exclude<AlarmInput['type'], 'raise'>[],
): AlarmFacts {
  return inputs.reduce((before, type) => {
    const result = transition(before, { type });
    return result.ok ? result.facts : before;
  }, factsOf(facts));
}

/** The six facts and nothing else of a record that holds them: it is spread over a record that may differ. */
function factsOf(record: AlarmFacts): AlarmFacts {
  const { condition, latched, acknowledged, shelved, suppressed, outOfService } = record;
  return { condition, latched, acknowledged, shelved, suppressed, outOfService };
}

function move(facts: AlarmFacts, column: Column): LifecycleResult {
  const cell = table[letterOf(facts)][columns.indexOf(column)]!;
  if (cell === same || cell === active || cell === none) return { ok: false, reason: cell };
  const { condition, latched, acknowledged } = standings[cell];
  return { ok: true, facts: { ...factsOf(facts), condition, latched, acknowledged } };
}

function putAside(facts: AlarmFacts, input: AsideInput): LifecycleResult {
  const { fact, to } = asides[input];
  return facts[fact] === to
    ? { ok: false, reason: same }
    : { ok: true, facts: { ...factsOf(facts), [fact]: to } };
}

function letterOf({ condition, latched, acknowledged }: Beneath): Letter {
  if (condition) return acknowledged ? (latched ? 'C′' : 'C') : latched ? 'B′' : 'B';
  if (latched) return acknowledged ? 'F' : 'E';
  return acknowledged ? 'A' : 'D';
}
