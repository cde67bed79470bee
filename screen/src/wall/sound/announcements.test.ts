import type { Severity } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../../state/open-incidents.ts';
import { sampleIncident } from '../../state/sample-records.ts';
import { announce, type Told, toldAtStart } from './announcements.ts';

function open(
  id: string,
  severity: Severity,
  more: { run?: string; acknowledged?: boolean } = {},
): OpenIncident {
  return {
    incident: sampleIncident({ id, severity, run: more.run ?? null }),
    ticket: null,
    alarms: [],
    unacknowledged: more.acknowledged !== true,
  };
}

/** What sounds at each time, as `tone:said`. */
function heard(...moments: [now: number, open: OpenIncident[]][]): string[] {
  let told: Told = toldAtStart([], 0);
  return moments.map(([now, incidents]) => {
    const next = announce(told, incidents, now);
    told = next.told;
    const { announcement } = next;
    if (announcement === null) return '';
    return `${announcement.tone}:${announcement.say.map(({ incident }) => incident.id).join()}`;
  });
}

test('medium → rises to high → nothing new → a low one beside it: each is told once, by the gravest tone', () => {
  const [rising, low] = [open('I1', 'high'), open('I2', 'low')];
  expect(heard([1, [open('I1', 'medium')]], [2, [rising]], [3, [rising]], [4, [rising, low]])).toEqual([
    'medium:',
    'high:I1',
    '',
    'low:',
  ]);
});

test('two fires and a flood at once: one tone, and both fires are said', () => {
  expect(heard([1, [open('I1', 'high'), open('I2', 'high'), open('I3', 'low')]])).toEqual(['high:I1,I2']);
});

test('high and not acknowledged: its tone again each minute; acknowledged: silence', () => {
  const waiting = [open('I1', 'high')];
  const seen = [open('I1', 'high', { acknowledged: true })];
  expect(heard([1, waiting], [60_000, waiting], [60_001, waiting], [130_000, seen])).toEqual([
    'high:I1',
    '',
    'high:',
    '',
  ]);
});

test('what stands open when the wall starts is not told; a drill never is', () => {
  const standing = [open('I1', 'high', { acknowledged: true })];
  const drill = open('D1', 'high', { run: 'drill-1' });
  expect(announce(toldAtStart(standing, 0), [...standing, drill], 100_000).announcement).toBeNull();
});
