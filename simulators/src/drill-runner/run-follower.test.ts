import { expect, test } from 'vitest';
import { RunFollower } from './run-follower.ts';

const moment = {
  ...{ elapsedMs: 900, published: 7, acknowledged: 5, unacknowledged: 2, lagMs: Number.NaN },
  ...{ alarmsSeen: 1, ticketsSeen: 1, paused: false },
};

test('composed → opened → told → paused → resumed → settling', () => {
  const follower = new RunFollower();
  const states = [follower.telling.state];
  const hear = (event: Parameters<RunFollower['hear']>[0]) => {
    follower.hear(event);
    states.push(follower.telling.state);
  };
  expect(follower.telling.progress).toBeNull();
  hear({ type: 'composed', publications: 9, alarms: 2, durationMs: 1_000, places: {} });
  hear({ type: 'opened', connections: 1, run: 'R1' });
  hear({ type: 'moment', moment });
  hear({ type: 'paused' });
  hear({ type: 'resumed' });
  hear({ type: 'settling', forMs: 3 });
  expect(states).toEqual(['preparing', 'preparing', 'playing', 'playing', 'paused', 'playing', 'settling']);
  expect(follower.telling.progress).toEqual({
    ...{ elapsedMs: 900, durationMs: 1_000, messages: 9, published: 7, acknowledged: 5 },
    ...{ lagMs: 0, alarms: 2, alarmsSeen: 1, ticketsSeen: 1 },
  });
});
