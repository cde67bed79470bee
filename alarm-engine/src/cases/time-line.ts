import type { CaseStep, Dossier, TimeLineEntry } from '@fenghuo/contracts/case.ts';
import { type DeliveryCard, messageWords } from '@fenghuo/contracts/deliveries.ts';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { actEntries } from './act-entries.ts';
import { deviceWords, evidenceWords, stepWords } from './case-words.ts';
import { moveEntries } from './move-entries.ts';
import { type Naming, namingOf, said } from './naming.ts';

/** All that happened in a case, in order, and in those that went into it, each line with the code of its case. Pure. */
export function timeLineOf(dossier: Dossier): TimeLineEntry[] {
  const { incident, ticket, absorbed, deliveries, evidence, code } = dossier;
  const naming = namingOf(dossier);
  const own = { code, incident: incident.id, ticket };
  const entries = [
    ...stepEntries(dossier),
    ...courseOf(dossier, own, naming),
    ...absorbed.flatMap((one) =>
      courseOf(dossier, one, naming).map((entry) => ({ ...entry, what: ofCase(one.code, entry.what) })),
    ),
    ...toldEntries(deliveries),
    ...evidence.map(({ at, by, kind, note, file, doneAt, from }) => {
      const what = said(evidenceWords[kind], null, [file?.name, note]);
      return {
        ...{ at, by, late: false, ...(doneAt === undefined ? {} : { doneAt }) },
        what: from === null ? what : ofCase(from, what),
      };
    }),
  ];
  return entries.map(seatedBy(dossier)).sort((a, b) => a.at - b.at);
}

/** Says of an entry at which seat it was done, which the record knows of the act behind it. */
function seatedBy({ acts }: Dossier): (entry: TimeLineEntry) => TimeLineEntry {
  const key = (at: number, by: string) => `${at} ${by}`;
  const seats = new Map(
    acts.filter(({ seat }) => seat !== '').map(({ at, actor, seat }) => [key(at, actor), seat]),
  );
  return (entry) => {
    const seat = seats.get(key(entry.at, entry.by));
    return seat === undefined ? entry : { ...entry, seat };
  };
}

/** What became of a ticket and its incident. */
function courseOf(
  { workflow, acts }: Dossier,
  { incident, ticket }: { incident: string; ticket: Dossier['ticket'] },
  naming: Naming,
): TimeLineEntry[] {
  const own = acts.filter(({ subject }) => subject === incident || subject === ticket?.id);
  return [
    ...(ticket === null ? [] : moveEntries(ticket, workflow, naming)),
    ...actEntries(own, naming, { endsWithTicket: ticket !== null }),
  ];
}

const ofCase = (code: string, { zh, en }: Words): Words => ({ zh: `[${code}] ${zh}`, en: `[${code}] ${en}` });

/** Steps of alarms, without those that one act for all of the incident made. */
function stepEntries({ steps, acts, alarms }: Dossier): TimeLineEntry[] {
  const alarmOf = new Map(alarms.map((alarm) => [alarm.id, alarm]));
  const atOnce = acts.filter(({ act }) => act === 'acknowledge-incident');
  const isTold = ({ why, at, actor }: CaseStep) =>
    why === 'acknowledge' && atOnce.some((act) => act.at === at && act.actor === actor);
  return steps.filter((step) => !isTold(step)).flatMap((step) => stepEntry(step, alarmOf.get(step.alarm)));
}

function stepEntry(step: CaseStep, alarm: AlarmRecord | undefined): TimeLineEntry[] {
  const what = stepWords[step.why];
  if (what === undefined || alarm === undefined) return [];
  const where = placeInBuilding(alarm);
  const device = deviceWords[alarm.deviceType];
  return [
    {
      ...{ at: step.at, by: step.actor, late: false },
      what: {
        zh: `${device.zh} ${alarm.device}${where.zh} ${what.zh}`,
        en: `${device.en} ${alarm.device}${where.en} ${what.en}`,
      },
    },
  ];
}

function placeInBuilding({ floor, room }: AlarmRecord): Words {
  if (floor === null) return { zh: '', en: '' };
  return {
    zh: `（${floor} 层${room === null ? '' : ` ${room}`}）`,
    en: ` (floor ${floor}${room === null ? '' : `, ${room}`})`,
  };
}

/** One line for all who were told one thing at one time. */
function toldEntries(deliveries: readonly DeliveryCard[]): TimeLineEntry[] {
  const told = new Map<string, { at: number; kind: DeliveryCard['kind']; people: Set<string> }>();
  for (const { at, kind, person, id } of deliveries) {
    const key = `${at} ${kind}`;
    const entry = told.get(key) ?? { at, kind, people: new Set() };
    entry.people.add(person?.name ?? id);
    told.set(key, entry);
  }
  return [...told.values()].map(({ at, kind, people }) => {
    const what = messageWords[kind];
    return {
      ...{ at, by: 'engine', late: false },
      what: { zh: `通知 ${people.size} 人：${what.zh}`, en: `${people.size} told: ${what.en}` },
    };
  });
}
