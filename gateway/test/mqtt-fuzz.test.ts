import { test } from 'vitest';
import { fuzz } from './fuzz-run.ts';

test('10,000 hostile packets: no fault, no hang, nothing left behind', () => fuzz(10_000, 26_875));
