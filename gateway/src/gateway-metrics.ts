import type { Registry } from 'prom-client';
import type { GatewayTallies } from './gateway-tallies.ts';
import type { IntakeQueue } from './intake-queue.ts';
import { readMetrics } from './read-metrics.ts';

export interface GatewayMetricsOptions {
  registry: Registry;
  tallies: GatewayTallies;
  queue: IntakeQueue;
  clock: () => number;
}

/** Registers the gateway's metrics; each is read off the tallies when it is collected. */
export function registerGatewayMetrics({ registry, tallies, queue, clock }: GatewayMetricsOptions): void {
  const { counter, byLabel, gauge } = readMetrics(registry);
  counter(
    'fenghuo_gateway_messages_received_total',
    'Messages of admitted connections',
    () => tallies.received,
  );
  counter('fenghuo_gateway_heartbeats_total', 'Heartbeats', () => tallies.heartbeats);
  byLabel(
    'reason',
    'fenghuo_gateway_messages_refused_total',
    'Messages that became no event',
    () => tallies.refused,
  );
  byLabel(
    'reason',
    'fenghuo_gateway_pushes_total',
    'Pushes of carrier clouds, by answer',
    () => tallies.pushes,
  );
  counter('fenghuo_gateway_connects_refused_total', 'CONNECTs turned away', () => tallies.connectsRefused);
  byLabel('reason', 'fenghuo_gateway_connections_closed_total', 'Connections ended', () => tallies.closed);
  byLabel(
    'policy',
    'fenghuo_gateway_slowed_total',
    'Times that a connection waited because it was faster than its rate policy',
    () => tallies.slowed,
  );
  counter('fenghuo_gateway_sockets_dropped_total', 'Sockets that found no room', () => tallies.dropped);
  gauge('fenghuo_gateway_connections', 'Open connections', () => tallies.connections);
  gauge(
    'fenghuo_gateway_unacknowledged',
    'Messages received and not stored yet',
    () => tallies.unacknowledged,
  );
  const { transmitters } = tallies;
  gauge('fenghuo_gb26875_connections', 'Transmitters connected', () => transmitters.connections);
  counter('fenghuo_gb26875_frames_total', 'Frames of transmitters', () => transmitters.frames);
  counter('fenghuo_gb26875_confirmed_total', 'Frames confirmed', () => transmitters.confirmed);
  counter('fenghuo_gb26875_denied_total', 'Frames denied', () => transmitters.denied);
  counter('fenghuo_gb26875_garbage_bytes_total', 'Bytes that were no frame', () => transmitters.garbageBytes);
  byLabel('reason', 'fenghuo_gb26875_closed_total', 'Transmitters cut off', () => transmitters.closed);
  gauge('fenghuo_intake_queue_size', 'Deliveries that wait for the writer', () => queue.size);
  gauge(
    'fenghuo_intake_queue_oldest_wait_seconds',
    'Age of the oldest of them',
    () => queue.oldestWaitMs(clock()) / 1000,
  );
}
