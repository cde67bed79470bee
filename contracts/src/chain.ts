import { z } from 'zod';
import { dutyPosts, unitLevels } from './words.ts';

/**
 * The command chain 指挥链, its roster, and which team to send:
 *
 *     GET /chain                  → {@link chainPage} of ?level=&after={next}&limit=
 *     GET /roster                 → {@link rosterPage} of ?unit=&onDuty=true|false&after={next}&limit=
 *     GET /tickets/{id}/proposals → {@link proposals}
 *
 * Duty is changed by the command `set-duty`. Names and numbers are masked for roles that may not read personal data.
 * Times are milliseconds since 1970.
 */
const words = z.object({ zh: z.string(), en: z.string() });

/** Somebody of the chain. */
export const rosterPerson = z.object({
  id: z.string(),
  unit: z.string(),
  /** Of the unit. */
  area: z.string(),
  name: z.string(),
  phone: z.string(),
  /** By profession, as the estate says it: 队长. */
  title: z.string(),
  /** What they do while on duty. */
  post: z.enum(dutyPosts),
  onDuty: z.boolean(),
  /** Their duty ends by itself then. */
  until: z.number().nullable(),
  /** Who said so last, and when; null: it is as the estate has it. */
  changedBy: z.string().nullable(),
  changedAt: z.number().nullable(),
});
export type RosterPerson = z.infer<typeof rosterPerson>;

/** People of the viewer's area by id; `next` is the `after` of the next page. */
export const rosterPage = z.object({ people: z.array(rosterPerson), next: z.string().nullable() });
export type RosterPage = z.infer<typeof rosterPage>;

/** A unit with its people on duty, those of the first post first. */
export const chainLink = z.object({
  id: z.string(),
  level: z.enum(unitLevels),
  parent: z.string().nullable(),
  area: z.string(),
  name: words,
  lon: z.number(),
  lat: z.number(),
  capabilities: z.array(z.string()),
  staff: z.int(),
  onDuty: z.array(rosterPerson.pick({ id: true, name: true, phone: true, post: true, until: true })),
});
export type ChainLink = z.infer<typeof chainLink>;

/** Units of the viewer's area, and those above them, by id; `next` is the `after` of the next page. */
export const chainPage = z.object({ units: z.array(chainLink), next: z.string().nullable() });
export type ChainPage = z.infer<typeof chainPage>;

/** Why a team is not sent by itself, the first that holds. A person may send it all the same. */
export const ruledOutWhys = ['on-the-case', 'not-capable', 'too-far', 'nobody-on-duty', 'busy'] as const;
export type RuledOutWhy = (typeof ruledOutWhys)[number];

const teamThere = {
  unit: z.string(),
  name: words,
  area: z.string(),
  /** In a straight line, and by road as it is reckoned from that; null: the case has no place. */
  metres: z.number().nullable(),
  minutes: z.number().nullable(),
};

/** A team that can be sent, and why it stands where it stands. */
export const proposal = z.object({
  ...teamThere,
  /** The place lies in its area. */
  covers: z.boolean(),
  onDuty: z.int(),
  /** Open tickets that it has. */
  open: z.int(),
  reasons: z.array(words),
});
export type Proposal = z.infer<typeof proposal>;

export const ruledOut = z.object({ ...teamThere, why: z.enum(ruledOutWhys), because: words });
export type RuledOut = z.infer<typeof ruledOut>;

/** The first is the one that is sent by itself, where a rule says so; of those ruled out, the nearest. */
export const proposals = z.object({ ranked: z.array(proposal), ruledOut: z.array(ruledOut) });
export type Proposals = z.infer<typeof proposals>;
