import { drillOffer, mostDrillPoints } from '@fenghuo/contracts/drills.ts';
import { expect, test } from 'vitest';
import { smallEstate } from '../scenario/small-estate.fixture.ts';
import { offerScenarios } from './offer-scenarios.ts';

test('what can be drilled is offered with what it touches; what steals, is silent, or finds no place is not', async () => {
  const scenarios = await offerScenarios(smallEstate());
  const names = scenarios.map(({ name }) => name);
  expect(names).toContain('chattering-detector');
  for (const never of ['hostile-device', 'village-power-cut', 'stuck-and-silent', 'typhoon'])
    expect(names).not.toContain(never);
  expect(drillOffer.safeParse({ software: '1', scenarios }).success).toBe(true);
  for (const { points, alarms, name } of scenarios) {
    expect(points.length).toBeLessThanOrEqual(mostDrillPoints);
    expect(points.length > 0, name).toBe(alarms > 0);
  }
});
