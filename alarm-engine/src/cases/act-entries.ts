import type { CaseAct, TimeLineEntry } from '@fenghuo/contracts/case.ts';
import type { PartyState, TicketStage, Words } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { inEachLanguage } from '../audit/both-languages.ts';
import { actWords, partyStateWords, satisfiedWords } from './case-words.ts';
import { type Naming, said } from './naming.ts';

/** The ticket tells its moves, and evidence itself; the incident's share of an act says nothing new. */
const toldElsewhere = new Set([
  ...['move-ticket', 'assign-ticket', 'dispatch-by-rule', 'transfer-ticket', 'reopen-ticket'],
  ...['reopen-incident', 'add-note', 'add-evidence'],
]);
/** Their reason is in their name and whom it is about. */
const sayNoMore = new Set(['close-incident', 'find-nobody-on-duty']);
const lateActs = new Set(['miss-deadline', 'miss-acknowledgement', 'miss-follow-up', 'miss-supervision']);

/** What was done and decided beside the moves. `endsWithTicket`: the end of the incident says nothing new. Pure. */
export function actEntries(
  acts: readonly CaseAct[],
  naming: Naming,
  { endsWithTicket }: { endsWithTicket: boolean },
): TimeLineEntry[] {
  return acts
    .filter(({ act }) => !toldElsewhere.has(act) && !(endsWithTicket && act === 'close-incident'))
    .map((act) => actEntry(act, naming));
}

function actEntry(act: CaseAct, naming: Naming): TimeLineEntry {
  const remark = sayNoMore.has(act.act) ? null : act.reason && inEachLanguage(act.reason);
  const what = said(whatWasDone(act, naming), aboutWhom(act, naming), [remark]);
  return { at: act.at, by: act.actor, late: lateActs.has(act.act), what };
}

function whatWasDone({ act, detail }: CaseAct, naming: Naming): Words {
  const known = actWords[act] ?? { zh: act, en: act };
  if (act !== 'miss-deadline' || typeof detail.stage !== 'string') return known;
  const stage = naming.stage(detail.stage as TicketStage);
  return { zh: `「${stage.zh}」${known.zh}`, en: `${known.en}: ${stage.en}` };
}

/** The unit, case or answer that an act names in its detail. */
function aboutWhom({ act, detail }: CaseAct, naming: Naming): Words | null {
  switch (act) {
    case 'miss-deadline':
    case 'miss-acknowledgement':
    case 'miss-supervision':
      return naming.unit(detail.holder);
    case 'escalate-ticket':
      return naming.unit(detail.to);
    case 'miss-follow-up':
    case 'find-no-team':
      return naming.unit(detail.told);
    case 'add-party':
    case 'release-party':
    case 'chase-ticket':
    case 'propose-by-rule':
      return naming.unit(detail.unit);
    case 'find-nobody-on-duty':
      return inPlaceOf(naming.unit(detail.unit), naming.unit(detail.instead));
    case 'move-party':
      return withState(naming.unit(detail.unit), detail.after);
    case 'record-follow-up':
      return satisfiedWords[detail.satisfied === true ? 'yes' : 'no'];
    case 'merge-incidents':
      return mergedInto(detail);
    default:
      return null;
  }
}

function inPlaceOf(unit: Words | null, instead: Words | null): Words | null {
  if (unit === null || instead === null) return unit;
  return { zh: `${unit.zh} → ${instead.zh}`, en: `${unit.en} → ${instead.en}` };
}

function withState(unit: Words | null, state: unknown): Words | null {
  const words = partyStateWords[state as PartyState];
  return unit === null || words === undefined
    ? unit
    : { zh: `${unit.zh} ${words.zh}`, en: `${unit.en}, ${words.en}` };
}

const mergeDetail = z.object({ after: z.object({ caseCode: z.string() }) });

function mergedInto(detail: CaseAct['detail']): Words | null {
  const read = mergeDetail.safeParse(detail);
  return read.success ? { zh: read.data.after.caseCode, en: read.data.after.caseCode } : null;
}
