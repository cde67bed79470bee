import { toldBothWays } from '@fenghuo/contracts/both-ways.ts';
import {
  type FrigateEvent,
  type FrigateReviewed,
  frigateEvent,
  frigateReview,
} from '@fenghuo/contracts/frigate-message.ts';
import type { ReportedKind } from '@fenghuo/contracts/words.ts';
import { misshapenReason } from './codec.ts';
import {
  type Dialect,
  type DialectMessage,
  type DialectReading,
  nothingSaid,
  type Report,
} from './dialect.ts';
import { readJsonPayload } from './json-payload.ts';
import { OpenSightings } from './open-sightings.ts';

/** What Frigate's labels mean, of objects and of sounds; the others say nothing. */
const kindOfLabel: Readonly<Record<string, ReportedKind>> = {
  fire: 'camera.fire',
  smoke: 'camera.smoke',
  person: 'camera.intrusion',
  smoke_detector: 'camera.smoke',
  fire_alarm: 'camera.smoke',
};

type Phase = 'alarm' | 'normal' | 'same';

/**
 * Frigate: `frigate/events` (one tracked object), `frigate/reviews` (what is to be looked at) and `frigate/available`;
 * a server of several has `frigate/{site}` as its prefix, and its cameras are then called `{site}/{camera}`. An
 * object raises when it is new, or no longer taken for a false positive, and returns when it ends or turns out to be
 * one; a person in a review does so only as an `alert`. Each object is known by its id, and a camera's condition ends
 * with the last object of its kind.
 */
export function frigate(): Dialect {
  const sightings = new OpenSightings();
  return {
    name: 'frigate',
    filters: ['frigate/events', 'frigate/reviews', 'frigate/available'],
    hears: ({ original }) => original.startsWith('frigate/'),
    passesOver: ({ original }) => !channel.test(original),
    read: (message) => endWithTheLast(read(message), message, sightings),
  };
}

const channel = /^frigate\/(?:(.+)\/)?(events|reviews|available)$/;

function read(message: DialectMessage): DialectReading {
  const [, site = '', what] = channel.exec(message.topic.original) ?? [];
  if (what === undefined) return nothingSaid;
  if (what === 'available') return readAvailable(message, site);
  const parsed = readJsonPayload(message.payload);
  if ('reason' in parsed) return parsed;
  return what === 'events' ? readObject(parsed.json, site) : readReview(parsed.json, site);
}

/** Leaves out the end of what is not the last of its kind there. */
function endWithTheLast(
  reading: DialectReading,
  message: DialectMessage,
  sightings: OpenSightings,
): DialectReading {
  if ('reason' in reading) return reading;
  const { topic, receivedAt: now } = message;
  const reports = reading.reports.filter(({ entity, kind, state, id }) => {
    if (id === undefined) return true;
    const key = [topic.run ?? '', entity, kind].join('\n');
    const sighting = id.slice(0, id.lastIndexOf(' '));
    if (state === 'normal') return sightings.ended(key, sighting, now);
    sightings.opened(key, sighting, now);
    return true;
  });
  return { reports, heard: [...(reading.heard ?? []), ...reading.reports.map(({ entity }) => entity)] };
}

const named = (site: string, entity: string) => (site === '' ? entity : `${site}/${entity}`);

function readAvailable({ payload }: DialectMessage, site: string): DialectReading {
  const said = payload.toString('utf8', 0, 20).trim();
  if (said !== 'online' && said !== 'offline')
    return { reason: 'unknown-payload', detail: 'neither online nor offline' };
  const state = said === 'online' ? 'normal' : 'fault';
  const entity = named(site, 'server');
  return { reports: [{ entity, kind: 'fault', state, attrs: { availability: said }, standing: true }] };
}

function readObject(json: unknown, site: string): DialectReading {
  const { data, error } = frigateEvent.safeParse(json, toldBothWays);
  if (error !== undefined) return misshapenReason(error);
  const { before, after } = data;
  const entity = named(site, after.camera);
  const kind = kindOf(after.label);
  const phase = objectPhase(data);
  if (kind === null || phase === 'same') return { reports: [], heard: [entity] };
  const { id, label, top_score: score, entered_zones: zones } = after;
  const reported: Said = { entity, kind, id, phase, start: after.start_time, end: after.end_time };
  const falsePositive = before?.false_positive === false && after.false_positive === true;
  const attrs = { label, zones, ...(falsePositive && { falsePositive }) };
  return { reports: [{ ...toReport(reported), value: score ?? null, attrs }] };
}

function objectPhase({ type, before, after }: FrigateEvent): Phase {
  const isFalse = after.false_positive === true;
  if (type === 'end') return 'normal';
  if (type === 'new') return isFalse ? 'same' : 'alarm';
  if (before?.false_positive === true && !isFalse) return 'alarm';
  return before?.false_positive === false && isFalse ? 'normal' : 'same';
}

function readReview(json: unknown, site: string): DialectReading {
  const { data, error } = frigateReview.safeParse(json, toldBothWays);
  if (error !== undefined) return misshapenReason(error);
  const { type, before, after } = data;
  const entity = named(site, after.camera);
  const known = type === 'update' ? reviewKinds(before ?? {}) : new Set<ReportedKind>();
  const kinds = [...reviewKinds(after)].filter((kind) => !known.has(kind));
  const phase: Phase = type === 'end' ? 'normal' : 'alarm';
  const { id, start_time: start, end_time: end, severity, data: seen } = after;
  const attrs = { review: severity ?? null, objects: seen.objects, zones: seen.zones, audio: seen.audio };
  const reports = kinds.map((kind) => ({ ...toReport({ entity, kind, id, phase, start, end }), attrs }));
  return { reports, heard: [entity] };
}

function reviewKinds({
  severity,
  data,
}: Pick<FrigateReviewed, 'severity'> & { data?: FrigateReviewed['data'] | undefined }): Set<ReportedKind> {
  const kinds = [...(data?.objects ?? []), ...(data?.audio ?? [])].map(kindOf);
  const counted = kinds.filter((kind) => kind !== null);
  return new Set(counted.filter((kind) => kind !== 'camera.intrusion' || severity === 'alert'));
}

/** A label that a second model has borne out comes with `-verified`. */
function kindOf(label: string): ReportedKind | null {
  const bare = label.replace(/-verified$/, '');
  return Object.hasOwn(kindOfLabel, bare) ? kindOfLabel[bare]! : null;
}

interface Said {
  entity: string;
  kind: ReportedKind;
  id: string;
  phase: 'alarm' | 'normal';
  start: number | null | undefined;
  end: number | null | undefined;
}

function toReport({ entity, kind, id, phase, start, end }: Said): Report {
  const at = phase === 'alarm' ? start : (end ?? start);
  return { entity, kind, state: phase, at: at == null ? null : at * 1000, id: `${id} ${phase}` };
}
