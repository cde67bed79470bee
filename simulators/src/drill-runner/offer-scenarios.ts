import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { type DrillScenario, mostDrillPoints } from '@fenghuo/contracts/drills.ts';
import type { StandingEstate } from '../read-estate.ts';
import { wordsOfJudged } from '../report/report-words.ts';
import { composeText } from '../scenario/compose-script.ts';
import type { ScenarioText } from '../scenario/read-scenario.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { findScenario, scenarioNames } from '../scenario/scenario-file.ts';
import { foretoldAlarms, type Script } from '../scenario/script.ts';
import { judgedBy } from '../verdict/judge.ts';

/**
 * The scenarios that can be played in a drill on this estate, with what each will touch. Left out are those that steal
 * secrets, those that need another rulebook, and those for which the estate has no places.
 */
export async function offerScenarios(estate: StandingEstate): Promise<DrillScenario[]> {
  const offered: DrillScenario[] = [];
  for (const name of await scenarioNames()) {
    const scenario = await findScenario(name);
    const script = canBeDrilled(scenario) ? composed(scenario, estate) : null;
    if (script !== null) offered.push(describe(scenario, script, estate));
    await turnOfTheLoop();
  }
  return offered;
}

/** A drill has the rulebook in force, and no share in the silence of devices, which is the live world's. */
function canBeDrilled({ scenario }: ScenarioText): boolean {
  const { supervision, stuck_after: stuckAfter } = scenario.station.rulebook;
  const needsOtherTimes = Object.keys(supervision).length > 0 || stuckAfter !== undefined;
  const isOfDrills = scenario.timeline.every(
    ({ hostile, offline }) => hostile === undefined && offline === undefined,
  );
  return !needsOtherTimes && isOfDrills;
}

function composed(scenario: ScenarioText, estate: StandingEstate): Script | null {
  try {
    return composeText(scenario, estate);
  } catch (error) {
    if (error instanceof ScenarioError) return null;
    throw error;
  }
}

function describe({ scenario }: ScenarioText, script: Script, estate: StandingEstate): DrillScenario {
  const { name, title, about = null } = scenario;
  const { publications, durationMs } = script;
  return {
    ...{ name, title, about, durationMs, messages: publications.length },
    alarms: foretoldAlarms(script),
    points: pointsOf(script, estate),
    places: placesOf(script, estate),
    asks: judgedBy(scenario.budgets).map(({ name: line, asked }) => ({
      ...{ name: line, what: wordsOfJudged(line), asked },
    })),
  };
}

/** Where the devices stand that are to alarm, spread over all of them. */
function pointsOf({ publications }: Script, { devices }: StandingEstate): DrillScenario['points'] {
  const alarming = new Set(
    publications.flatMap(({ expects, device }) => (expects === 'alarm' ? device : [])),
  );
  const all = devices.filter(({ id }) => alarming.has(id));
  const step = Math.max(1, all.length / mostDrillPoints);
  const count = Math.min(all.length, mostDrillPoints);
  return Array.from({ length: count }, (_, i) => all[Math.floor(i * step)]!).map(({ lon, lat }) => [
    lon,
    lat,
  ]);
}

function placesOf({ places }: Script, { buildings }: StandingEstate): DrillScenario['places'] {
  const named = new Set(Object.values(places));
  return buildings
    .filter(({ id }) => named.has(id))
    .map(({ id, nameZh, nameEn, area, lon, lat }) => ({
      ...{ building: id, name: { zh: nameZh, en: nameEn ?? nameZh }, area, lon, lat },
    }));
}
