import { expect, test } from 'vitest';
import { SmallEngine } from '../engine/small-engine.fixture.ts';

function drilled(...participants: string[]) {
  const engine = new SmallEngine();
  engine.order({ act: 'start-drill', subject: 'R1', title: '校园火灾', participants });
  engine.say('M1', 'manual', { run: 'R1' });
  engine.wait(60_000);
  const told = engine.sent.flatMap(({ people, kind }) => people.map((person) => `${person} ${kind}`));
  return { engine, told };
}

test('nobody takes part → nobody is told', () => {
  const { engine, told } = drilled();
  expect(engine.tickets).toHaveLength(1);
  expect(told).toEqual([]);
});

test('who takes part is told, what they are told says that it is a drill', () => {
  const { engine, told } = drilled('P1', 'P2');
  expect(told).toContain('P1 opened');
  expect(engine.sent[0]?.ticket).toMatchObject({ run: 'R1' });
  for (const { ticket } of engine.sent) {
    expect(ticket?.title.zh).toMatch(/^【演练】/);
    expect(ticket?.title.en).toMatch(/^DRILL: /);
  }
});

test('a drill begins and ends → who takes part is told both, once, in the name of their unit; nobody else', () => {
  const engine = new SmallEngine();
  const told = () =>
    engine.last!.drillMessages.map(({ kind, unit, people, drill }) => [
      kind,
      unit,
      ...people,
      drill.title.zh,
    ]);
  const wish = { subject: 'R1', title: '校园火灾', participants: ['P1', 'P0', 'P1', 'nobody'] };
  engine.order({ act: 'start-drill', ...wish });
  expect(told()).toEqual([
    ['drill-started', 'U1', 'P1', '【演练】校园火灾'],
    ['drill-started', 'U0', 'P0', '【演练】校园火灾'],
  ]);
  engine.order({ act: 'end-drill', subject: 'R1' });
  expect(told().map(([kind]) => kind)).toEqual(['drill-ended', 'drill-ended']);
  expect(engine.sent).toEqual([]);
  engine.order({ act: 'start-drill', subject: 'R2', title: 'x' });
  expect(told()).toEqual([]);
});

test('nobody of the holder takes part → whoever does above it, and no stranger on duty', () => {
  const { engine, told } = drilled('P0');
  expect(told).toContain('P0 opened');
  expect(told.every((one) => one.startsWith('P0'))).toBe(true);
  expect(engine.sent[0]?.note?.en).toBe('nobody of 镇 takes part: you are told instead');
});

test('a fire beside the drill → who is on duty is told of it, who takes part is not', () => {
  const { engine } = drilled('P0');
  const before = engine.sent.length;
  engine.say('M1', 'manual');
  const live = engine.sent.slice(before).filter(({ run }) => run === null);
  expect(live.flatMap(({ people }) => people)).toEqual(['P1']);
  expect(live[0]?.ticket?.title.en).not.toMatch(/DRILL/);
});

test('drill ends → nobody is told of what was left of it', () => {
  const { engine } = drilled('P1');
  engine.order({ act: 'end-drill', subject: 'R1' });
  const before = engine.sent.length;
  engine.wait(3_600_000);
  engine.say('S1', 'smoke', { run: 'R1' });
  expect(engine.sent.slice(before)).toEqual([]);
  expect([engine.tickets, engine.alarms]).toEqual([[], []]);
});
