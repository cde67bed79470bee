import { z } from 'zod';

/** `GET /api/v1/station-health`, for administrators of the whole county: how the station itself does. Sizes in bytes. */
export const stationHealth = z.object({
  /** What is wrong, as `/healthz` has it; empty when all is well. */
  problems: z.array(z.object({ zh: z.string(), en: z.string() })),
  /** Age of the writer's last sign of life in ms; null: it never gave one. */
  writerAgeMs: z.number().nullable(),
  /** Messages of devices that wait for the writer. */
  backlog: z.int().nullable(),
  eventsPerSecond: z.number().nullable(),
  broker: z.enum(['none', 'connected', 'away']).nullable(),
  queues: z.object({
    /** Acts of people that wait for the writer, and since when the oldest does, ms. */
    commands: z.object({ waiting: z.int(), oldestMs: z.number().nullable() }),
    /** Jobs that are due and not done; failed for good. */
    jobs: z.object({ waiting: z.int(), oldestMs: z.number().nullable(), failed: z.int() }),
    /** Set aside in the last day. */
    quarantined: z.int(),
  }),
  database: z.object({ bytes: z.number(), connections: z.int(), mostConnections: z.int() }),
  /** The disk under the data folder; null where it cannot be told. */
  disk: z.object({ free: z.number(), size: z.number() }).nullable(),
  versions: z.object({
    fenghuo: z.string(),
    node: z.string(),
    postgres: z.string(),
    timescale: z.string().nullable(),
    /** The last migration that ran. */
    migration: z.string(),
  }),
  upSeconds: z.number(),
  memoryBytes: z.number(),
});
export type StationHealth = z.infer<typeof stationHealth>;
