import { liesIn } from '../registry/lies-in.ts';

/** What part of a county someone sees and acts in: `area` is a code with which the codes inside begin. */
export interface AreaScope {
  county: string;
  area: string;
}

/** True for an account of the whole county, which also sees what lies nowhere yet. */
export function isCountywide(scope: AreaScope): boolean {
  return scope.area === scope.county;
}

/** True when `area` lies in the scope. */
export function sees(scope: AreaScope, area: string): boolean {
  if (isCountywide(scope)) return true;
  return scope.area.startsWith(scope.county) && liesIn(area, scope.area);
}

/** True when an area that somebody names, to give it to another, lies in the scope. {@link sees} is of what lies there. */
export function mayGive(scope: AreaScope, area: string): boolean {
  return area.startsWith(scope.county) && sees(scope, area);
}

/**
 * True when the scope and an area have a part in common: what is said to an area concerns whoever sees it, and whoever works
 * in a part of it.
 */
export function liesOver(scope: AreaScope, area: string): boolean {
  return sees(scope, area) || sees({ county: scope.county, area }, scope.area);
}

/** {@link sees} as a pattern for SQL's LIKE over `coalesce(area, '')`. */
export function areaPattern(scope: AreaScope): string {
  if (isCountywide(scope)) return '%';
  if (!scope.area.startsWith(scope.county)) return 'nowhere';
  return scope.area.includes('-') ? scope.area : `${scope.area}%`;
}

/** {@link areaPattern} of what lies both in the scope and in an area that is asked for. */
export function narrowedPattern(scope: AreaScope, area: string | undefined): string {
  if (area === undefined) return areaPattern(scope);
  const asked = { county: scope.county, area };
  if (sees(scope, area)) return areaPattern(asked);
  return sees(asked, scope.area) ? areaPattern(scope) : 'nowhere';
}

/** Names a scope, for caches. */
export function scopeKey(scope: AreaScope): string {
  return `${scope.county}/${scope.area}`;
}
