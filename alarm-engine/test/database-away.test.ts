import { test } from 'vitest';
import { surviveAbsences } from './database-absence.ts';

test('the database stands still, then is killed, for seconds: nothing is acknowledged, nobody is cut off, all is stored once', () =>
  surviveAbsences({ absences: ['stopped', 'killed'], keepalive: 1, pings: 2, devices: 10, messages: 100 }));
