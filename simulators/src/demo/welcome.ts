import type { Accounts } from '../station/station-file.ts';
import { bridgeSecretOf, demoBridge } from '../station/station-file.ts';

export interface Welcome {
  url: string;
  mqttUrl: string;
  /** Where phones learn to trust the station; null: they cannot reach it over https. */
  trustUrl: string | null;
  county: string;
  accounts: Accounts;
  accountsFile: string;
  logFile: string;
  /** Null when there is no ambient life. */
  timeFactor: number | null;
  /** Smoke detectors of one building to set off by hand: none, one or two. */
  devices: readonly string[];
  /** mosquitto_pub is on the path. */
  hasMosquitto: boolean;
}

/** Where to look, with which accounts, and how to set a detector off: what the demo says once it is alive. */
export function welcome(facts: Welcome): string {
  const { url, mqttUrl, trustUrl, accounts, accountsFile, logFile, timeFactor } = facts;
  const width = Math.max(...accounts.accounts.map(({ account }) => account.length));
  const box = [
    `Wall   ${url}/wall`,
    `Desk   ${url}/desk`,
    `Phone  ${url}/respond  (as team, once a desk has ordered it; as grid)`,
    ...(trustUrl === null ? [] : [`       on a phone: ${trustUrl}`]),
    `MQTT   ${mqttUrl}`,
    '',
    'Sign in as',
    ...accounts.accounts
      .filter(({ account }) => account !== 'crew')
      .map(({ account, password }) => `  ${account.padEnd(width)}  ${password}`),
    `Passwords are kept in ${accountsFile}`,
    '',
    timeFactor === null
      ? 'No ambient life: nothing happens by itself.'
      : `Invented county. Simulated time: ${timeFactor} × (for alarms; people and heartbeats keep real time)`,
    `Log of the server: ${logFile}`,
  ];
  return `\n${frame(box)}\n\n${setOffByHand(facts)}Ctrl-C stops everything.\n`;
}

/** Lines to paste that set off real detectors of the estate; the simulated people leave them to you. */
function setOffByHand(facts: Welcome): string {
  const { devices, county, accounts, mqttUrl, hasMosquitto } = facts;
  const { hostname, port } = new URL(mqttUrl);
  const command = hasMosquitto ? 'mosquitto_pub' : 'npx mqtt publish';
  const to = `-h ${hostname} -p ${port} -q 1 -u ${demoBridge} -P '${bridgeSecretOf(accounts)}'`;
  const line = (device: string) =>
    `  ${command} ${to} -t 'fenghuo/v1/${county}/${device}/event' -m '{"kind":"smoke"}'\n`;
  const [first, second] = devices;
  if (first === undefined) return '';
  const grave =
    second === undefined ? '' : `and within five minutes another in the same building:\n${line(second)}`;
  return `Set off a smoke detector:\n${line(first)}${grave}\n`;
}

function frame(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '─'.repeat(width + 2);
  return [`┌${edge}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`].join('\n');
}
