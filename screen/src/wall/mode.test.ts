import type { Severity } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../state/open-incidents.ts';
import { sampleIncident } from '../state/sample-records.ts';
import { nextMode, wartime } from './mode.ts';

const incidents = (count: number, severity: Severity = 'high', run: string | null = null): OpenIncident[] =>
  Array.from({ length: count }, (_, i) => ({
    incident: sampleIncident({ id: `I${i}`, severity, run }),
    ...{ ticket: null, alarms: [], unacknowledged: false },
  }));

test('many high → wartime; some end → it stays; few are left → everyday', () => {
  const atWar = nextMode('everyday', incidents(wartime.from));
  expect(atWar).toBe('wartime');
  expect(nextMode(atWar, incidents(wartime.until + 1))).toBe('wartime');
  expect(nextMode('everyday', incidents(wartime.from - 1))).toBe('everyday');
  expect(nextMode(atWar, incidents(wartime.until))).toBe('everyday');
});

test('neither a flood of medium ones nor a drill makes wartime', () => {
  expect(nextMode('everyday', incidents(50, 'medium'))).toBe('everyday');
  expect(nextMode('everyday', incidents(50, 'high', 'drill-1'))).toBe('everyday');
});
