import type { Registry } from 'prom-client';
import { readMetrics } from './read-metrics.ts';
import type { SessionTallies } from './session-tallies.ts';

/** Registers the metrics of the session with an external broker. */
export function registerSessionMetrics(registry: Registry, tallies: SessionTallies): void {
  const { counter, byLabel, gauge } = readMetrics(registry);
  gauge('fenghuo_broker_connected', '1 while connected', () => Number(tallies.connected));
  counter('fenghuo_broker_connects_total', 'Accepted CONNECTs', () => tallies.connects);
  byLabel(
    'reason',
    'fenghuo_broker_ends_total',
    'Connections that ended or were not had',
    () => tallies.ends,
  );
  counter('fenghuo_broker_sessions_lost_total', 'Sessions forgotten by it', () => tallies.sessionsLost);
  counter('fenghuo_broker_messages_total', 'Messages from it', () => tallies.messages);
  gauge('fenghuo_broker_unacknowledged', 'Received and not acknowledged', () => tallies.unacknowledged);
  gauge('fenghuo_broker_dropped', 'What it says that it dropped, to anybody', () => tallies.droppedByBroker);
}
