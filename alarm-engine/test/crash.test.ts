import { test } from 'vitest';
import { failpointNames } from '../src/engine/failpoint.ts';
import { surviveRounds } from './crash-rounds.ts';

test('killed in a flood at each failpoint in turn: nothing is lost, nothing is doubled', async () => {
  await surviveRounds(failpointNames.map((failpoint, i) => ({ failpoint, passing: 1 + i })));
});
