import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CaseCounts, dealtWith } from './case-figures.ts';

const medians = { acknowledgeMedianS: 20, acceptMedianS: 41.5, arriveMedianS: null };

test('100 opened, 90 closed of which 10 were false: 70/20/10 of the 80 that were real', () => {
  expect(
    dealtWith({
      ...{ opened: 100, closed: 90, falseAlarms: 10, reopened: 2, onTime: 81, ...medians },
      ...{ local: 56, township: 16, county: 8, merged: 0, followedUp: 40, satisfied: 38 },
    }),
  ).toEqual({
    ...{ opened: 100, closed: 90, falseAlarms: 10, reopened: 2, closingRate: 0.9, onTimeRate: 0.9 },
    resolved: { local: 56, township: 16, county: 8 },
    resolvedShares: { local: 0.7, township: 0.2, county: 0.1 },
    ...{ ...medians, followUpRate: 0.5, satisfiedRate: 0.95 },
  });
});

test('5 of 10 went into other cases: all 5 that were to be visited were', () => {
  const counts = { opened: 10, closed: 10, falseAlarms: 0, reopened: 0, onTime: 10, local: 10, township: 0 };
  const visited = { county: 0, merged: 5, followedUp: 5, satisfied: 5 };
  expect(dealtWith({ ...counts, ...visited, ...medians }).followUpRate).toBe(1);
});

test('nothing closed, nothing said of what was closed', () => {
  const nothing = {
    closed: 0,
    falseAlarms: 0,
    reopened: 0,
    onTime: 0,
    merged: 0,
    followedUp: 0,
    satisfied: 0,
  };
  const figures = dealtWith({ ...nothing, opened: 3, local: 0, township: 0, county: 0, ...medians });
  expect(figures).toMatchObject({ closingRate: 0, onTimeRate: null, resolvedShares: null });
  expect(figures).toMatchObject({ followUpRate: null, satisfiedRate: null });
});

test('whatever was counted, shares of the levels add up to 1', () => {
  const count = fc.integer({ min: 0, max: 1000 });
  fc.assert(
    fc.property(count, count, count, count, (local, township, county, falseAlarms) => {
      const closed = local + township + county + falseAlarms;
      const counts: CaseCounts = {
        ...{ opened: closed, closed, falseAlarms, reopened: 0, onTime: 0, local, township, county },
        ...{ ...medians, merged: 0, followedUp: 0, satisfied: 0 },
      };
      const { resolvedShares } = dealtWith(counts);
      if (closed === falseAlarms) return expect(resolvedShares).toBeNull();
      expect(Object.values(resolvedShares!).reduce((sum, one) => sum + one)).toBeCloseTo(1, 9);
    }),
  );
});
