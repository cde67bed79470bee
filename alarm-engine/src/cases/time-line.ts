import type { CaseAct, CaseStep, Dossier, TimeLineEntry } from '@fenghuo/contracts/case.ts';
import { type DeliveryCard, messageWords } from '@fenghuo/contracts/deliveries.ts';
import type { AlarmRecord, TicketMove } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { actWords, deviceWords, evidenceWords, stageWords, stepWords } from './case-words.ts';

/** Moves are told by the ticket, which says more; the incident's share of an act says nothing new. */
const toldElsewhere = new Set(['move-ticket', 'reopen-incident', 'add-note', 'add-evidence']);
const lateActs = new Set(['miss-deadline', 'miss-acknowledgement', 'miss-follow-up', 'miss-supervision']);

/** All that happened in a case, in order. Pure. */
export function timeLineOf(dossier: Dossier): TimeLineEntry[] {
  const { incident, ticket, steps, acts, deliveries, evidence, alarms } = dossier;
  const alarmOf = new Map(alarms.map((alarm) => [alarm.id, alarm]));
  const nameOf = new Map(dossier.units.map(({ id, name }) => [id, name]));
  const ofCase = new Set([incident.id, ticket?.id]);
  const entries = [
    ...steps.flatMap((step) => stepEntry(step, alarmOf.get(step.alarm))),
    ...(ticket?.moves ?? []).slice(1).map((move) => moveEntry(move, nameOf)),
    ...acts.filter(({ act, subject }) => ofCase.has(subject) && !toldElsewhere.has(act)).map(actEntry),
    ...toldEntries(deliveries),
    ...evidence.map(({ at, by, kind, note, file, doneAt }) => ({
      ...{ at, by, late: false, ...toldLater(doneAt) },
      what: said(evidenceWords[kind], [file?.name, note]),
    })),
  ];
  return entries.sort((a, b) => a.at - b.at);
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

function moveEntry(
  { at, by, stage, holder, reason, doneAt }: TicketMove,
  names: ReadonlyMap<string, Words>,
): TimeLineEntry {
  const who = names.get(holder) ?? { zh: holder, en: holder };
  const what = { zh: `${stageWords[stage].zh}（${who.zh}）`, en: `${stageWords[stage].en} (${who.en})` };
  return { at, by, late: false, what: said(what, [reason]), ...toldLater(doneAt) };
}

const toldLater = (doneAt: number | undefined) => (doneAt === undefined ? {} : { doneAt });

function actEntry({ at, actor, act, reason, detail }: CaseAct): TimeLineEntry {
  const known = actWords[act] ?? { zh: act, en: act };
  const stage = act === 'miss-deadline' ? stageWords[detail.stage as keyof typeof stageWords] : undefined;
  const what = stage === undefined ? known : { zh: `${stage.zh}${known.zh}`, en: `${known.en}: ${stage.en}` };
  return {
    at,
    by: actor,
    late: lateActs.has(act),
    what: said(what, [act === 'close-incident' ? null : reason]),
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

/** What was done, and what somebody had to say about it. */
function said(what: Words, remarks: readonly (string | null | undefined)[]): Words {
  const text = remarks.filter((remark) => remark).join(' · ');
  return text === '' ? what : { zh: `${what.zh}：${text}`, en: `${what.en}: ${text}` };
}
