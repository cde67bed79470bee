import type { UpkeepRoute, UpkeepRoutes, UpkeepStop } from '@fenghuo/contracts/upkeep.ts';
import type { Township } from '../store/sql/list-townships.ts';
import type { UpkeepPlaceRow } from '../store/sql/list-upkeep-places.ts';
import { planRoutes } from './plan-routes.ts';

/** Places that are planned at once; the others are planned when these are given out. */
const mostPlaces = 2000;
/** A visit, and each further order at it. */
const visitMinutes = 15;
const orderMinutes = 5;

type TownshipRoutes = UpkeepRoutes['townships'][number];

/** The days of driving of one township, of places with the oldest order first. Pure. */
export function daysOfDriving(
  township: Township,
  places: readonly UpkeepPlaceRow[],
  { dayMinutes, most = mostPlaces }: { dayMinutes: number; most?: number },
): TownshipRoutes {
  const located = places.flatMap((place) => {
    const { lon, lat, township: _, ...stop } = place;
    return lon === null || lat === null ? [] : [{ ...stop, lon, lat }];
  });
  const planned = located.slice(0, most);
  const visits = planned.map((place) => ({
    ...place,
    minutes: visitMinutes + orderMinutes * (place.orders.length - 1),
  }));
  const start = { lon: township.lon, lat: township.lat };
  const routes = planRoutes(visits, { start, dayMinutes }).map((route): UpkeepRoute => {
    const stops = route.visits.map(
      (visit, i): UpkeepStop => ({ ...planned[visit]!, metres: Math.round(route.legs[i]!) }),
    );
    return {
      stops,
      metres: Math.round(route.metres),
      minutes: Math.round(route.minutes),
      orders: countOrders(stops),
    };
  });
  const leftOut = {
    beyondBound: countOrders(located.slice(most)),
    unlocated: countOrders(places) - countOrders(located),
  };
  return { area: township.area, name: township.name, start, routes, leftOut };
}

const countOrders = (at: readonly { orders: readonly unknown[] }[]) =>
  at.reduce((sum, { orders }) => sum + orders.length, 0);
