import { z } from 'zod';

/**
 * Driving a wall from a desk:
 *
 *     POST /walls/{account}/orders {@link wallRequest} → 204; 404 when no such wall is connected in the caller's area
 *
 * A wall has no mouse and reads only. It says over the socket what it shows (`showing`), hears what it was told to show
 * (`wallOrders`), and goes back to deciding by itself when an order ends. Desks that may drive it hear of every wall of
 * their area (`walls`). Orders are kept in memory by the process that the wall is connected to: after a restart every
 * wall is on its own again, with its sound on. Times are milliseconds since 1970.
 */
export const wallModes = ['everyday', 'wartime'] as const;
export type WallMode = (typeof wallModes)[number];

/** What the ground of the map tells by its shade: nothing, the share of detectors that are heard, or the safety index. */
export const mapShades = ['none', 'online', 'index'] as const;
export type MapShade = (typeof mapShades)[number];

const id = z.string().min(1).max(64);
/** As many pictures as fit on a wall beside its map. */
const mostCameras = 4;

/** Where the wall looks: at the whole county, at a place, or at an incident, which then also leads its list. */
export const wallLook = z.discriminatedUnion('at', [
  z.object({ at: z.literal('county') }),
  z.object({ at: z.literal('place'), lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }),
  z.object({ at: z.literal('incident'), incident: id }),
]);
export type WallLook = z.infer<typeof wallLook>;

/** One of each kind is in force at a time; a newer one takes the place of the older. */
export const wallOrder = z.discriminatedUnion('order', [
  z.object({ order: z.literal('look'), look: wallLook }),
  z.object({ order: z.literal('mode'), mode: z.enum(wallModes) }),
  /** Pictures that stay, the first first; to swap them is to name others. */
  z.object({ order: z.literal('cameras'), cameras: z.array(id).min(1).max(mostCameras) }),
  z.object({ order: z.literal('shade'), shade: z.enum(mapShades) }),
  /** No tone and no voice. What is burning is shown all the same. */
  z.object({ order: z.literal('mute') }),
]);
export type WallOrder = z.infer<typeof wallOrder>;
export const wallOrderKinds = [
  'look',
  'mode',
  'cameras',
  'shade',
  'mute',
] as const satisfies WallOrder['order'][];
export type WallOrderKind = (typeof wallOrderKinds)[number];

/** No order is for ever: a wall that was forgotten comes back by itself. */
const minutes = z.int().min(1).max(240);

export const wallRequest = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('order'), order: wallOrder, minutes }),
  /** Ends the orders of these kinds: the wall decides again. */
  z.strictObject({ do: z.literal('release'), kinds: z.array(z.enum(wallOrderKinds)).min(1) }),
]);
export type WallRequest = z.infer<typeof wallRequest>;

export const orderInForce = z.object({
  order: wallOrder,
  /** Name of who gave it, masked for those who may not read personal data. */
  by: z.string(),
  until: z.number(),
});
export type OrderInForce = z.infer<typeof orderInForce>;

/** All that a wall was told and that is not over, each time that something of it changes. */
export const wallOrders = z.object({ orders: z.array(orderInForce) });
export type WallOrders = z.infer<typeof wallOrders>;

/** `blocked`: the browser lets nothing sound before somebody touched the page. */
export const wallSounds = ['on', 'muted', 'blocked'] as const;

/** What a wall shows now; null: it shows something else than the wall. */
export const showing = z
  .object({
    layout: z.string().max(32),
    mode: z.enum(wallModes),
    /** The incident that leads. */
    incident: id.nullable(),
    sound: z.enum(wallSounds),
    width: z.int().min(0).max(100_000),
    height: z.int().min(0).max(100_000),
  })
  .nullable();
export type Showing = z.infer<typeof showing>;

/** A wall that is connected. Several screens may hang under one account; an order is for all of them. */
export const wallScreen = z.object({
  account: z.string(),
  name: z.string(),
  area: z.string(),
  screens: z.array(showing.unwrap()),
  orders: z.array(orderInForce),
});
export type WallScreen = z.infer<typeof wallScreen>;

/** Every wall of the listener's area, each time that something of it changes. */
export const connectedWalls = z.object({ walls: z.array(wallScreen) });
export type ConnectedWalls = z.infer<typeof connectedWalls>;
