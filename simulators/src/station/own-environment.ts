/** An environment for a server of one's own: it has nothing of the station next to it, no database, no ports. */
export function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('FENGHUO_')));
}
