import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SessionOptions } from '@fenghuo/gateway/sources/mqtt-session.ts';
import type { Settings } from './settings.ts';
import { StartupError } from './startup-error.ts';

/** As registered for MQTT, plain and over TLS. */
const defaultPorts = { plain: 1883, tls: 8883 };

/** How the settings say that an external broker is to be heard; undefined: not at all. */
export function brokerSession(settings: Settings, mayConnect: () => boolean): SessionOptions | undefined {
  const { FENGHUO_BROKER_URL: address, FENGHUO_COUNTY: county } = settings;
  if (address === undefined) return undefined;
  const { protocol, hostname, port } = new URL(address);
  const isSecure = protocol === 'mqtts:';
  return {
    county,
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (isSecure ? defaultPorts.tls : defaultPorts.plain),
    tls: isSecure ? trust(settings.FENGHUO_BROKER_TLS_CA) : undefined,
    foreignFilters: settings.FENGHUO_BROKER_DIALECTS ?? [],
    clientId: settings.FENGHUO_BROKER_CLIENT_ID ?? `fenghuo-${county}`,
    username: settings.FENGHUO_BROKER_USERNAME,
    password: settings.FENGHUO_BROKER_PASSWORD,
    mayConnect,
  };
}

/** Node takes a file that holds no certificate without a word, and then trusts nobody. */
function trust(file: string | undefined): { ca?: Buffer } {
  if (file === undefined) return {};
  try {
    const ca = readFileSync(file);
    new X509Certificate(ca);
    return { ca };
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    throw new StartupError('setting', `FENGHUO_BROKER_TLS_CA (${file}) cannot be used: ${why}.`);
  }
}
