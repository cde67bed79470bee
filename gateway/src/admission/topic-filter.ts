/** True when an MQTT topic filter selects a topic (§4.7): `+` is one level, a last `#` the level before and all below. */
export function selectsTopic(filter: string, topic: string): boolean {
  const levels = topic.split('/');
  const wanted = filter.split('/');
  for (const [i, level] of wanted.entries()) {
    if (level === '#') return true;
    if (level !== '+' && level !== levels[i]) return false;
    if (i >= levels.length) return false;
  }
  return wanted.length === levels.length;
}
