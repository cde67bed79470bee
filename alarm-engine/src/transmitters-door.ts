import type { Gb26875Options } from '@fenghuo/gateway/sources/gb26875-server.ts';
import type { Settings } from './settings.ts';

/** How the settings say that transmitters of buildings are to be heard; undefined: not at all. */
export function transmittersDoor(
  settings: Settings,
  drillAt: (port: number) => Promise<string | null>,
): Omit<Gb26875Options, 'county'> | undefined {
  const {
    FENGHUO_HOST: host,
    FENGHUO_GB26875_PORT: port,
    FENGHUO_GB26875_DRILL_PORTS: drillPorts,
  } = settings;
  if (port === undefined && drillPorts === undefined) return undefined;
  const drill = drillPorts === undefined ? null : { ports: drillPorts, runAt: drillAt };
  return { host, port: port ?? null, drill };
}
