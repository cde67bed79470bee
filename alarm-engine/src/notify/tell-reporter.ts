import type { WaitingReporterMessage } from '../store/sql/find-reporter-message.ts';
import type { OutwardChannels, Verdict } from './pipeline.ts';

/**
 * The stages of a message to whoever reported, as those of `passOut`: they can still be told, there is a way out of the
 * house, the county is no demo; then it is sent. A house without an outward channel tells them by their link alone.
 */
export async function passToReporter(
  { demo, attempts: _, person, report, ...message }: WaitingReporterMessage,
  outward: OutwardChannels,
): Promise<Verdict> {
  if (person === null) return { state: 'refused', reason: 'person-gone' };
  const channel = outward.get('webhook');
  if (channel === undefined) return { state: 'refused', reason: 'not-configured' };
  if (demo) return { state: 'refused', reason: 'demo-data' };
  return channel.send({ ...message, person, report });
}
