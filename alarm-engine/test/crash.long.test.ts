import { test } from 'vitest';
import { type FailpointName, failpointNames } from '../src/engine/failpoint.ts';
import { surviveRounds } from './crash-rounds.ts';

const rounds = 100;

/** A batch passes the others many times a second; of deliveries each round has six of its own. */
const lastPassing = (failpoint: FailpointName) => (failpoint === 'inside-delivery' ? 6 : 30);

test.each(failpointNames)(
  `killed ${rounds} times %s in a flood: nothing is lost, nothing is doubled`,
  (failpoint) => {
    const passing = () => 1 + Math.floor(Math.random() * lastPassing(failpoint));
    return surviveRounds(Array.from({ length: rounds }, () => ({ failpoint, passing: passing() })));
  },
);
