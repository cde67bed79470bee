import type { Severity } from '@fenghuo/contracts/words.ts';

/** An open incident as the map needs it, located. */
export interface MapIncident {
  id: string;
  lon: number;
  lat: number;
  severity: Severity;
  drill: boolean;
  unacknowledged: boolean;
  openedAt: number;
  /** Where, in the viewer's language. */
  place: string;
}

/** A mark on the screen, in CSS pixels. */
export interface Mark {
  incident: MapIncident;
  x: number;
  y: number;
  size: number;
  /** Incidents that stand under this one because they are too near to be drawn apart. */
  more: number;
  /** How many of those are high: none of them is hidden. */
  moreHigh: number;
  /** Direction in radians to an incident outside the view, whose mark waits at the edge; else null. */
  beyond: number | null;
  /** High and not acknowledged by anybody: it calls. */
  calls: boolean;
}

export interface View {
  width: number;
  height: number;
  /** Pixels of 1rem. */
  rem: number;
  project: (lon: number, lat: number) => { x: number; y: number };
}

/** Width of a mark in rem: the grave ones are larger. */
const sizes: Record<Severity, number> = { high: 2.8, medium: 2.3, low: 1.9 };

/** Nearer than this share of a mark's width, two marks become one with a number; sooner at the edge. */
const stackShare = { inside: 0.62, edge: 1.15 };

/** With so many medium and low ones in view they are gathered: those of one world within this reach of the gravest of them are told as one mark. Rem. */
const crowd = { from: 16, rem: 4.5 };

/**
 * Marks of all incidents, given the gravest first: a milder one never hides a graver one. A crowd of mild ones is gathered
 * in few marks, which part again from near; a high one has a mark of its own, or stands under another high one.
 */
export function arrangeMarks(incidents: readonly MapIncident[], view: View): Mark[] {
  const marks: Mark[] = [];
  const all = incidents.map((incident) => markOf(incident, view));
  const reach = all.filter(isMildInView).length < crowd.from ? 0 : crowd.rem * view.rem;
  for (const mark of all) {
    const { incident } = mark;
    const under = marks.find((other) => hides(other, mark) || gathers(other, mark, reach));
    if (under === undefined) marks.push(mark);
    else {
      under.more++;
      if (incident.severity === 'high') under.moreHigh++;
    }
  }
  return marks;
}

const isMildInView = ({ beyond, incident }: Mark) => beyond === null && incident.severity !== 'high';

function gathers(over: Mark, mark: Mark, reach: number): boolean {
  if (!isMildInView(over) || !isMildInView(mark) || over.incident.drill !== mark.incident.drill) return false;
  return Math.hypot(over.x - mark.x, over.y - mark.y) < reach;
}

/** Whether a mark stands for so many mild ones that it is drawn warm. */
export function isCrowd(mark: Mark): boolean {
  return isMildInView(mark) && mark.more >= 3;
}

function hides(over: Mark, mark: Mark): boolean {
  if ((over.beyond === null) !== (mark.beyond === null)) return false;
  const share = over.beyond === null ? stackShare.inside : stackShare.edge;
  return Math.hypot(over.x - mark.x, over.y - mark.y) < over.size * share;
}

function markOf(incident: MapIncident, view: View): Mark {
  const size = sizes[incident.severity] * view.rem;
  const at = view.project(incident.lon, incident.lat);
  const edge = atEdge(at, view, size);
  return {
    incident,
    ...(edge ?? at),
    size,
    more: 0,
    moreHigh: 0,
    beyond: edge === null ? null : Math.atan2(at.y - view.height / 2, at.x - view.width / 2),
    calls: incident.severity === 'high' && incident.unacknowledged,
  };
}

/** Where the line from the middle of the view to a point outside meets the edge; null for a point inside. */
function atEdge(at: { x: number; y: number }, view: View, size: number): { x: number; y: number } | null {
  const { width, height } = view;
  if (at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height) return null;
  const room = { x: width / 2 - size * 1.1, y: height / 2 - size * 1.1 };
  const away = { x: at.x - width / 2, y: at.y - height / 2 };
  const reach = Math.max(Math.abs(away.x) / room.x, Math.abs(away.y) / room.y);
  return { x: width / 2 + away.x / reach, y: height / 2 + away.y / reach };
}
