import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { PartyState } from '@fenghuo/contracts/words.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isOf,
  isShown,
  nextOnTicket,
  nextToSend,
  type OutboxEntry,
  projected,
  projectedParty,
  settle,
  type WaitingFile,
  type WaitingMove,
  type WaitingProgress,
  type WaitingRead,
} from './outbox.ts';

const words = { zh: '否', en: 'no' };
const about = { account: 'li', ticket: 'T1', caseCode: 'C', doneAt: 0, refused: null };
const move = (no: number, from: string, to: string, more: Partial<WaitingMove> = {}): WaitingMove => ({
  ...{ kind: 'move', no, id: `m${no}`, from, to, toName: words, reason: '', version: 3 },
  ...{ ...about, incident: 'I1', needsFiles: false, ...more },
});
const file = (no: number, more: Partial<WaitingFile> = {}): WaitingFile => ({
  ...{ kind: 'file', no, id: `f${no}`, name: '', note: '', bytes: new ArrayBuffer(1), ...about, ...more },
});
const progress = (no: number, to: WaitingProgress['to']): WaitingProgress => ({
  ...{ kind: 'progress', no, id: `p${no}`, unit: 'U3', to, toName: words, reason: '', version: 3 },
  ...{ ...about, incident: 'I1' },
});
const read = (no: number): WaitingRead => ({
  ...{ kind: 'read', no, id: `r${no}`, account: 'li', doneAt: 0, refused: null, broadcast: 'B1' },
});
const called = (state: PartyState, version = 3) =>
  ({ id: 'T1', step: 'accepted', version, closedAt: null, parties: [{ unit: 'U3', state }] }) as TicketRecord;
const standing = (step: string, version: number, closedAt: number | null = null) =>
  ({ id: 'T1', step, version, closedAt }) as TicketRecord;
const refusal = (reason: 'version-conflict' | 'not-allowed-now' | 'unknown-subject'): CommandAnswer => ({
  ...{ ok: false, id: 'x', reason, message: words, allowed: [] },
});

/** The order in which everything leaves a phone. */
function sent(entries: readonly OutboxEntry[]): string[] {
  const order: string[] = [];
  let left = [...entries];
  for (let next = nextToSend(left); next !== undefined; next = nextToSend(left)) {
    const { id } = next;
    order.push(id);
    left = left.filter((entry) => entry.id !== id);
  }
  return order;
}

describe('the order in which a phone tells', () => {
  test('photo → accepted → en route: the acts do not wait for the photo', () => {
    expect(sent([file(1), move(2, 'a', 'b'), move(3, 'b', 'c')])).toEqual(['m2', 'm3', 'f1']);
  });

  test('a broadcast read between two acts goes between them, before any photo, and is of no ticket', () => {
    const entries = [file(1), move(2, 'a', 'b'), read(3), move(4, 'b', 'c', { needsFiles: true })];
    expect(sent(entries)).toEqual(['m2', 'r3', 'f1', 'm4']);
    expect(nextOnTicket(entries, move(2, 'a', 'b'))).toMatchObject({ id: 'm4' });
    expect(entries.filter((entry) => isOf(entry, 'T1')).map(({ id }) => id)).toEqual(['f1', 'm2', 'm4']);
  });

  test('on scene → photo → feedback that wants a photo → photo: the first photo goes before the feedback', () => {
    const entries = [move(1, 'a', 'b'), file(2), move(3, 'b', 'c', { needsFiles: true }), file(4)];
    expect(sent(entries)).toEqual(['m1', 'f2', 'm3', 'f4']);
  });

  test('what is refused holds nothing up', () => {
    expect(sent([move(1, 'a', 'b', { refused: words }), move(2, 'b', 'c')])).toEqual(['m2']);
  });

  test('whatever waits, all of it goes once; acts in their order, and the photos of a case in theirs', () => {
    const one = fc.record({
      isMove: fc.boolean(),
      needsFiles: fc.boolean(),
      ticket: fc.constantFrom('T1', 'T2'),
    });
    fc.assert(
      fc.property(fc.array(one), (list) => {
        const entries = list.map(({ isMove, needsFiles, ticket }, no) =>
          isMove ? move(no, 'a', 'b', { needsFiles, ticket }) : file(no, { ticket }),
        );
        const order = sent(entries);
        const of = (kind: 'm' | 'f') => order.filter((id) => id.startsWith(kind));
        expect(order.toSorted()).toEqual(entries.map(({ id }) => id).toSorted());
        expect(of('m')).toEqual(entries.flatMap(({ id, kind }) => (kind === 'move' ? [id] : [])));
        for (const ticket of ['T1', 'T2']) {
          const photos = entries.flatMap((e) => (e.kind === 'file' && e.ticket === ticket ? [e.id] : []));
          expect(of('f').filter((id) => photos.includes(id))).toEqual(photos);
        }
      }),
    );
  });
});

describe('what becomes of an act that is answered', () => {
  const accept = move(1, 'dispatched', 'accepted');
  test('done', () => {
    const answer: CommandAnswer = { ok: true, id: 'x', engineNo: 1, version: 4 };
    expect(settle(accept, answer, null)).toEqual({ what: 'done', version: 4 });
  });
  test('a deadline passed meanwhile: the same act again at the new version', () => {
    const now = standing('dispatched', 6);
    expect(settle(accept, refusal('version-conflict'), now)).toEqual({ what: 'again', version: 6 });
  });
  test('the room accepted for us: no conflict, and what follows goes on from there', () => {
    const now = standing('accepted', 5);
    expect(settle(accept, refusal('version-conflict'), now)).toEqual({ what: 'overtaken', version: 5 });
  });
  test('sent elsewhere, closed, or gone: refused in words', () => {
    const cases = [standing('review', 9), standing('closed', 9, 1), null];
    for (const now of cases)
      expect(settle(accept, refusal('version-conflict'), now)).toMatchObject({ what: 'refused' });
    expect(settle(accept, refusal('unknown-subject'), null)).toEqual({ what: 'refused', why: words });
  });
  test('a step that is refused at the newest version is not tried for ever', () => {
    const answer = refusal('not-allowed-now');
    expect(settle(accept, answer, standing('dispatched', 3))).toMatchObject({ what: 'refused' });
  });
});

test('two acts wait: the phone shows the ticket where they lead; one that starts elsewhere counts for nothing', () => {
  const entries = [
    move(2, 'accepted', 'en-route'),
    move(1, 'dispatched', 'accepted'),
    move(3, 'x', 'closed'),
  ];
  expect(projected(standing('dispatched', 1), entries)).toBe('en-route');
  const told = { step: 'accepted', party: null, version: 2 };
  expect(projected(standing('dispatched', 1), [], told)).toBe('accepted');
  expect(projected(standing('review', 5), [], told)).toBe('review');
  expect(projected(standing('en-route', 3), [move(2, 'accepted', 'en-route')])).toBe('en-route');
});

describe('a unit that is called beside the holder', () => {
  const conflict = refusal('version-conflict');
  test('its own progress goes on whatever the holder did meanwhile', () => {
    expect(settle(progress(1, 'accepted'), conflict, called('called', 9))).toEqual({
      what: 'again',
      version: 9,
    });
  });
  test('the room said it for them; let go, or never called: in words', () => {
    const accept = progress(1, 'accepted');
    expect(settle(accept, conflict, called('en-route', 5))).toEqual({ what: 'overtaken', version: 5 });
    expect(settle(accept, conflict, called('released'))).toMatchObject({ what: 'refused' });
  });
  test('accepted → on scene wait: on scene; not called any more: nothing', () => {
    const entries = [progress(1, 'accepted'), progress(2, 'on-scene')];
    expect(projectedParty(called('called'), 'U3', entries)).toBe('on-scene');
    expect(projectedParty(called('called'), 'U3', [], { step: null, party: 'accepted', version: 4 })).toBe(
      'accepted',
    );
    expect(projectedParty(called('released'), 'U3', entries)).toBeNull();
    expect(sent(entries)).toEqual(['p1', 'p2']);
  });
});

test('accepted → the answer is lost → the feed shows it: it stands there once, and an earlier one of before a return does not hide it', () => {
  const accept = move(1, 'dispatched', 'accepted', { doneAt: 60_000 });
  const shown = { from: 'dispatched', to: 'accepted', by: 'li' };
  const ticket = (...moves: object[]) => ({
    ...standing('accepted', 4),
    moves: moves as TicketRecord['moves'],
  });
  expect(isShown(accept, ticket({ ...shown, at: 60_400 }))).toBe(true);
  expect(isShown(accept, ticket({ ...shown, at: 90_000, doneAt: 60_000 }))).toBe(true);
  expect(isShown(accept, ticket({ ...shown, at: 20_000 }))).toBe(false);
  expect(isShown(accept, ticket({ ...shown, at: 60_400, by: 'wang' }))).toBe(false);
});
