import { test } from 'vitest';
import { surviveAbsences } from './database-absence.ts';

/** Five minutes at a ping each nine seconds. */
const pings = 34;

test('the database stands still, then is killed, for five minutes: nothing is acknowledged, intake stops at its bound, nobody is cut off, all is stored once', () =>
  surviveAbsences({
    ...{ absences: ['stopped', 'killed'], keepalive: 10, pings, devices: 200, messages: 100 },
    greedy: { senders: 110, messages: 1200 },
  }));
