import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GatewayPorts } from '@fenghuo/gateway/gateway.ts';
import type { Logger } from 'pino';
import type { Settings } from './settings.ts';

/** Where a station that runs is reached. */
export interface ReachedStation {
  httpPort: number;
  ports: GatewayPorts;
  /** Where phones learn to trust it; null: nowhere. */
  trusted: string | null;
}

interface Place {
  dataFolder: string;
  county: string;
  log: Logger;
}

/** Tells scripts on this machine where the station is, by `station.json` in its data. Gives what takes that back. */
export async function announceStation(
  { httpPort, ports, trusted }: ReachedStation,
  { dataFolder, county, log }: Place,
): Promise<() => Promise<void>> {
  const file = path.join(dataFolder, 'station.json');
  const { port: mqttPort, tlsPort: mqttTlsPort, gb26875 } = ports;
  const facts = {
    ...{ pid: process.pid, httpPort, mqttPort, mqttTlsPort },
    ...{ gb26875Port: gb26875.port, gb26875DrillPorts: gb26875.drillPorts },
    ...{ county, startedAt: Date.now() },
    ...(trusted !== null && { trustUrl: trusted }),
  };
  await writeFile(file, `${JSON.stringify(facts)}\n`, { mode: 0o600 });
  log.info(facts, 'ready');
  return () => rm(file, { force: true });
}

/** Tells people the same in a line. */
export function readySentence({ httpPort, ports }: ReachedStation, settings: Settings): string {
  const { FENGHUO_HTTPS: https, FENGHUO_HOST: host } = settings;
  const addresses: [scheme: string, port: number | null][] = [
    [https === 'certificate' || https === 'own' ? 'https' : 'http', httpPort],
    ['mqtt', ports.port],
    ['mqtts', ports.tlsPort],
    ['gb26875', ports.gb26875.port],
  ];
  const open = addresses.filter(([, port]) => port !== null);
  return `ready: ${open.map(([scheme, port]) => `${scheme}://${host}:${port}`).join('  ')}`;
}
