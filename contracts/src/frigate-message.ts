import { z } from 'zod';

const name = z.string().min(1).max(200);
/** Since 1970. */
const seconds = z.number().nullish();
const labels = z.array(z.string().max(100)).max(200).default([]);
const phase = z.enum(['new', 'update', 'end']);

const trackedObject = z.object({
  id: name,
  camera: name,
  label: name,
  top_score: z.number().nullish(),
  false_positive: z.boolean().nullish(),
  start_time: seconds,
  end_time: seconds,
  entered_zones: labels,
});

/** On `frigate/events`: one tracked object, as it was and as it is. Unknown fields are ignored. */
export const frigateEvent = z.object({
  type: phase,
  before: trackedObject.partial().nullish(),
  after: trackedObject,
});
export type FrigateEvent = z.infer<typeof frigateEvent>;

const review = z.object({
  id: name,
  camera: name,
  severity: z.enum(['alert', 'detection']).nullish(),
  start_time: seconds,
  end_time: seconds,
  data: z.object({ objects: labels, zones: labels, audio: labels }),
});
export type FrigateReviewed = z.infer<typeof review>;

/** On `frigate/reviews`: what Frigate wants to be looked at, of one camera and of one stretch of time. */
export const frigateReview = z.object({ type: phase, before: review.partial().nullish(), after: review });
