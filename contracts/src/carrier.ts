import { z } from 'zod';

/**
 * Carrier clouds 运营商云 push what their devices say to `POST /ingest/v1/{source}`. A source is one subscription
 * of such a cloud; its dialect says how its messages are worded and which of the vendor's tables gives the
 * fields their meaning (`gateway/src/codecs/carrier-fields.ts`).
 *
 * - `ctwing`: China Telecom's AIoT platform 天翼物联.
 * - `ctwing-siterwell`: the same for detectors of Siterwell 赛特威尔, whose `smoke_state` is 0 in alarm.
 * - `onenet`: China Mobile's OneNET, both its shapes.
 */
export const carrierDialects = ['ctwing', 'ctwing-siterwell', 'onenet'] as const;
export type CarrierDialect = (typeof carrierDialects)[number];

/** Name of a source: the last part of the address that is told to the cloud. */
export const carrierSourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, at most 40');

/**
 *     GET    /carrier-sources            → {@link carrierSourceList}
 *     POST   /carrier-sources            {@link carrierSourceRequest} → 201 {@link carrierSourceIssued}
 *     DELETE /carrier-sources/{source}   → 204; it is refused from its next request on
 */
export const carrierSourceRequest = z.object({
  source: carrierSourceName,
  dialect: z.enum(carrierDialects),
  /** Area prefix: it speaks for the devices below it, and for those that nobody has placed yet. */
  area: z.string().min(1).max(32),
});
export type CarrierSourceRequest = z.infer<typeof carrierSourceRequest>;

/** Told once. `signingToken` is what OneNET asks for as its token; null where the cloud does not sign. */
export const carrierSourceIssued = z.object({
  source: carrierSourceName,
  path: z.string(),
  token: z.string(),
  signingToken: z.string().nullable(),
});
export type CarrierSourceIssued = z.infer<typeof carrierSourceIssued>;

export const carrierSourceList = z.object({
  sources: z.array(
    carrierSourceRequest.extend({
      issuedAt: z.number(),
      issuedBy: z.string(),
      revokedAt: z.number().nullable(),
    }),
  ),
});
export type CarrierSourceList = z.infer<typeof carrierSourceList>;

/** The topic under which messages of a source are decoded and, if need be, kept in quarantine. */
export function carrierTopic(dialect: CarrierDialect, source: string): string {
  return `carrier/v1/${dialect}/${source}`;
}

const topicPattern = new RegExp(`^carrier/v1/(${carrierDialects.join('|')})/[^/]+$`);

/** The dialect of a carrier's topic; null for any other topic. */
export function carrierDialectOf(topic: string): CarrierDialect | null {
  return (topicPattern.exec(topic)?.[1] as CarrierDialect | undefined) ?? null;
}
