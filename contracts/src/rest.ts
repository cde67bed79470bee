import { z } from 'zod';
import { alarmRecord, holdRecord, incidentRecord, ticketRecord } from './records.ts';
import { isDeviceId, isTopicFilter } from './topics.ts';
import { buildingUses, deviceTypes, roles } from './words.ts';

/**
 * Bodies of the REST interface under `/api/v1`. Errors are `{ "error": reason, "message": sentence }` with a
 * fitting status.
 *
 *     POST   /session              {@link signInRequest} → {@link signedIn}, sets the session cookie
 *     GET    /session              → {@link signedIn} or 401
 *     DELETE /session              → 204
 *     PUT    /session/seat         {@link seatToTake} → {@link signedIn}: where one sits, shown to the other seats
 *     POST   /commands             Command → CommandAnswer (200 done, 409 refused); 202 `{ id, waiting: true }`
 *                                  after 5 s without an answer: send the same command again
 *     GET    /map/base/{name}      → GeoJSON: land, county, neighbours, townships
 *     GET    /map/points           → every device in the viewer's area, see `device-points.ts`
 *     GET    /devices              → {@link devicePage} of ?search=&type=&building=&adopted=true|false&liveness=&after={next}&limit=
 *     GET    /devices/{id}         → {@link deviceCard}
 *     GET    /buildings/{id}       → {@link buildingCard}
 *     GET    /buildings/{id}/plan  → {@link buildingPlan}
 *     GET    /incidents            → {@link incidentPage} of ?state=open|closed&before={next}&limit=
 *     GET    /incidents/{id}       → {@link incidentCase}
 *     GET    /incidents/{id}/deliveries → `deliveryList` of deliveries.ts: who was told what of it, and how that went
 *     GET    /incidents/{id}/evidence → `evidenceList` of case.ts
 *     GET    /holds                → {@link holdList}: what is out of service or under test now
 *     POST   /drills               {@link drillRequest} → {@link drillStarted}
 *     POST   /drills/{run}/end     → CommandAnswer
 *     GET    /credentials          → {@link credentialPage} of ?after={next}&limit=
 *     POST   /credentials          {@link credentialRequest} → {@link issuedCredential}; one that is there gets a
 *                                  new secret, and its connections end
 *     POST   /credentials/{name}/revoke → 204; its connections end at once
 *
 * Cases are worded in `case.ts`, history in `history.ts`, the rulebook in `rulebook.ts`, quarantine in `quarantine.ts`,
 * sources of carrier clouds in `carrier.ts`, reports of people in `intake.ts`, where teams are in `positions.ts`, the record in `audit.ts`, tokens of programs
 * in `api-tokens.ts`, cameras in `cameras.ts`, pairing of walls in `walls.ts`, the upkeep queue in `upkeep.ts`, the safety index in
 * `safety-index.ts`, what a desk reads of its list (`/alarm-lines`, `/desk-views`) in `desk.ts`, how cases were dealt with
 * in `case-figures.ts`, the command chain and its roster (`/chain`, `/roster`, `/tickets/{id}/proposals`) in `chain.ts`,
 * changes of the registry in `registry.ts`, broadcasts in `broadcasts.ts`, accounts in `accounts.ts`, the station's health in `station-health.ts`,
 * and how well the alarms serve people (`/alarm-performance`, `/bad-actors`, `/false-rates`, `/rule-proposals`) in
 * `alarm-performance.ts`; drills that play a scenario in `drills.ts`. All of it, made from these shapes: `/api/docs`.
 *
 * Every request that changes something carries the header `X-Fenghuo: 1`, which no foreign page can send
 * without asking first (CSRF).
 */
export const signInRequest = z.object({
  account: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** The seat of a room, such as 席位 2; empty: none. */
export const seatToTake = z.object({ seat: z.string().trim().max(32) });

export const whoAmI = z.object({
  account: z.string(),
  name: z.string(),
  role: z.enum(roles),
  /** Area prefix that the account sees and acts in. */
  area: z.string(),
  /** Unit of the command chain that the person belongs to, where they do: whose tickets are theirs. */
  unit: z.string().optional(),
  /** Where they sit, where they said so. */
  seat: z.string().optional(),
  /** Of an API token: the only rights of the role that it has. */
  rights: z.array(z.string()).optional(),
});
export type WhoAmI = z.infer<typeof whoAmI>;

/** Who one is, and the acts that the role allows: a screen offers no others. */
export const signedIn = whoAmI.extend({ acts: z.array(z.string()) });
export type SignedIn = z.infer<typeof signedIn>;

export const apiError = z.object({ error: z.string(), message: z.string() });
export type ApiError = z.infer<typeof apiError>;

export const deviceCard = z.object({
  id: z.string(),
  type: z.enum(deviceTypes),
  adopted: z.boolean(),
  area: z.string(),
  /** What people call the building, else the area; null: it lies nowhere yet. */
  place: z.object({ zh: z.string(), en: z.string() }).nullable(),
  building: z.string().nullable(),
  floor: z.int().nullable(),
  room: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  parent: z.string().nullable(),
  camera: z
    .object({ code: z.string(), heading: z.number(), fieldOfView: z.number(), streamUrl: z.string() })
    .nullable(),
  lastSeenAt: z.number().nullable(),
  /** When it was found silent, or stuck in alarm; null: it is not. */
  silentSince: z.number().nullable(),
  stuckSince: z.number().nullable(),
  /** Its clock is off by more than 5 minutes: since when, and by how much (negative: behind). */
  clockOff: z.object({ since: z.number(), offsetMs: z.number() }).nullable(),
});
export type DeviceCard = z.infer<typeof deviceCard>;

/**
 * Lists of devices that want a look: silent; suppressed, which hang on a silent one and were not heard since; stuck
 * in alarm; never heard since they were registered; with a clock that is off.
 */
export const deviceLiveness = ['silent', 'suppressed', 'stuck', 'never-heard', 'clock'] as const;
export type DeviceLiveness = (typeof deviceLiveness)[number];

/** Devices of the viewer's area in the order of their registration. `next` is the `after` of the next page. */
export const devicePage = z.object({ devices: z.array(deviceCard), next: z.int().nullable() });
export type DevicePage = z.infer<typeof devicePage>;

export const buildingCard = z.object({
  id: z.string(),
  area: z.string(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  use: z.enum(buildingUses),
  floors: z.int(),
  lon: z.number(),
  lat: z.number(),
  footprint: z.array(z.tuple([z.number(), z.number()])),
  /** Masked for roles that may not read personal data. */
  keyholder: z.object({ name: z.string(), phone: z.string() }).nullable(),
  detectors: z.int(),
});
export type BuildingCard = z.infer<typeof buildingCard>;

/**
 * What the inside of a building is drawn from: its outline and storeys, and what hangs where in it. `floors` counts
 * those above ground; a device on floor −1 says that there is a basement. `left` are devices beyond the first 5,000.
 */
export const buildingPlan = buildingCard
  .pick({
    id: true,
    nameZh: true,
    nameEn: true,
    use: true,
    floors: true,
    lon: true,
    lat: true,
    footprint: true,
  })
  .extend({
    devices: z.array(
      z.object({
        id: z.string(),
        type: z.enum(deviceTypes),
        floor: z.int(),
        room: z.string().nullable(),
        lon: z.number().nullable(),
        lat: z.number().nullable(),
      }),
    ),
    left: z.int(),
  });
export type BuildingPlan = z.infer<typeof buildingPlan>;

export const incidentCase = z.object({
  incident: incidentRecord,
  ticket: ticketRecord.nullable(),
  alarms: z.array(alarmRecord),
});
export type IncidentCase = z.infer<typeof incidentCase>;

/** Incidents of the viewer's area, newest first; `next` is the `before` of the page after, null at the end. */
export const incidentPage = z.object({ incidents: z.array(incidentRecord), next: z.string().nullable() });
export type IncidentPage = z.infer<typeof incidentPage>;

/** Open holds of the viewer's area, those that end first at the head. */
export const holdList = z.object({ holds: z.array(holdRecord) });
export type HoldList = z.infer<typeof holdList>;

export const drillRequest = z.object({
  title: z.string().min(1).max(120),
  /** Ids of people of the roster, the only ones who are told of anything in it. */
  participants: z.array(z.string().min(1).max(64)).max(500).default([]),
});
export type DrillRequest = z.infer<typeof drillRequest>;

/** The tester's MQTT credential; it can publish under this run only, and dies with it. */
export const drillStarted = z.object({
  run: z.string(),
  topicRoot: z.string(),
  username: z.string(),
  secret: z.string(),
  /** Where transmitters of buildings speak into it (GB/T 26875.3); null: nowhere. */
  gb26875Port: z.number().nullable(),
});
export type DrillStarted = z.infer<typeof drillStarted>;

const credentialName = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, 'letters, digits and ._:-');
const mqttName = z.string().refine(isDeviceId, 'letters, digits and ._:-, 64 at most');
/** The only client id that it may use; absent: any. */
const boundClientId = z.string().min(1).max(128).nullable().default(null);

/** Topics of foreign dialects that it may use, as MQTT filters without a drill's prefix; null: all. */
const foreignTopics = z
  .array(z.string().max(200).refine(isTopicFilter, 'an MQTT topic filter'))
  .min(1)
  .max(50)
  .nullable()
  .default(null);

/**
 * Who may connect over MQTT: a device under its own id, or a bridge for an area or for a set of devices that is
 * named. Of the same name and kind, it is issued anew.
 */
export const credentialRequest = z.union([
  z.strictObject({
    kind: z.literal('device'),
    username: credentialName,
    device: mqttName,
    clientId: boundClientId,
  }),
  z.strictObject({
    kind: z.literal('bridge'),
    username: credentialName,
    area: z.string().regex(/^\d{6,12}(-\d{2,3})?$/, 'the code of an area'),
    topics: foreignTopics,
    clientId: boundClientId,
  }),
  z.strictObject({
    kind: z.literal('bridge'),
    username: credentialName,
    devices: z.array(mqttName).min(1).max(2_000),
    topics: foreignTopics,
    clientId: boundClientId,
  }),
]);
export type CredentialRequest = z.infer<typeof credentialRequest>;

/** The secret is shown this once and is not stored. */
export const issuedCredential = z.object({ username: z.string(), secret: z.string() });
export type IssuedCredential = z.infer<typeof issuedCredential>;

/** By name; `next` is the `after` of the next page. Of a set only its size is told. */
export const credentialPage = z.object({
  credentials: z.array(
    z.object({
      username: z.string(),
      kind: z.enum(['device', 'bridge', 'tester']),
      device: z.string().nullable(),
      area: z.string().nullable(),
      devices: z.int().nullable(),
      topics: z.array(z.string()).nullable(),
      run: z.string().nullable(),
      clientId: z.string().nullable(),
      createdAt: z.number(),
      revokedAt: z.number().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
export type CredentialPage = z.infer<typeof credentialPage>;
