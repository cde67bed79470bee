import type { DrillMessageKind } from '@fenghuo/contracts/deliveries.ts';
import type { DrillRecord } from '@fenghuo/contracts/records.ts';
import type { DrillMessage } from '../notify/message.ts';
import type { RegisteredPerson } from '../registry/registry.ts';

/**
 * What the participants of a drill are told when it begins and when it ends: each once, in the name of their own unit, and
 * nobody else. Whom the roster does not know is told nothing. Pure.
 */
export function tellParticipants(
  kind: DrillMessageKind,
  drill: DrillRecord,
  { people, id }: { people: ReadonlyMap<string, RegisteredPerson>; id: () => string },
): DrillMessage[] {
  const known = [...new Set(drill.participants)].flatMap((person) => people.get(person) ?? []);
  const { id: run, title, startedBy } = drill;
  const told = { title: { zh: `【演练】${title}`, en: `DRILL: ${title}` }, startedBy };
  return [...Map.groupBy(known, ({ unit }) => unit)].map(([unit, of]) => ({
    ...{
      id: `${id()}-${kind}`,
      kind,
      unit,
      people: of.map((person) => person.id),
      run,
      incident: null,
      drill: told,
    },
  }));
}
