import { readDeclared } from './declared-fields.ts';
import {
  type Dialect,
  type DialectMessage,
  type DialectReading,
  nothingSaid,
  type Report,
} from './dialect.ts';
import { bdSeqOf, SparkplugNode } from './sparkplug-node.ts';
import { readSparkplugPayload, type SparkplugPayload } from './sparkplug-payload.ts';

const topicPattern = /^spBv1\.0\/([^/]+)\/(N|D)(BIRTH|DEATH|DATA|CMD)\/([^/]+)(?:\/([^/]+))?$/;

/** Nodes remembered at most, in all worlds. */
const mostNodes = 10_000;

/**
 * Sparkplug B 3.0: `spBv1.0/{group}/{N|D}{BIRTH|DEATH|DATA}/{node}[/{device}]`. Names are `{group}/{node}` and
 * `{group}/{node}/{device}`; the last level of a metric's name is looked up in `declared-fields.ts`. A death or a gap
 * in `seq` is one fault of the node, however many devices hang on it; a death of an earlier life (`bdSeq`) is none.
 * Data of what was not born since this process started is refused and waits in quarantine: names may be missing, and
 * what is not told (a birth, by NCMD) is the broker's or the node's to repeat.
 */
export function sparkplug(): Dialect {
  const nodes = new Map<string, SparkplugNode>();
  const nodeOf = (key: string) => {
    const node = nodes.get(key) ?? new SparkplugNode();
    nodes.delete(key);
    nodes.set(key, node);
    if (nodes.size > mostNodes) nodes.delete(nodes.keys().next().value!);
    return node;
  };
  return {
    name: 'sparkplug',
    filters: ['spBv1.0/#'],
    hears: ({ original }) => original.startsWith('spBv1.0/'),
    read: (message) => read(message, nodeOf),
  };
}

function read(
  { topic, payload, delayed }: DialectMessage,
  nodeOf: (key: string) => SparkplugNode,
): DialectReading {
  const { original, run } = topic;
  if (original.startsWith('spBv1.0/STATE/')) return nothingSaid;
  const [, group, level, what, edge, device = ''] = topicPattern.exec(original) ?? [];
  if (group === undefined || edge === undefined || (level === 'D') !== (device !== ''))
    return { reason: 'unknown-topic', detail: 'not spBv1.0/{group}/{type}/{node}[/{device}]' };
  if (what === 'CMD') return nothingSaid;
  const said = readSparkplugPayload(payload);
  if (said === null) return { reason: 'schema', detail: '(message): not a Sparkplug B payload' };
  const entity = `${group}/${edge}${device === '' ? '' : `/${device}`}`;
  const from: From = {
    delayed,
    node: nodeOf(`${run ?? ''}\n${group}/${edge}`),
    nodeEntity: `${group}/${edge}`,
    entity,
    device,
  };
  if (what === 'DEATH') return readDeath(from, said);
  return what === 'BIRTH' ? readBirth(from, said) : readData(from, said);
}

interface From {
  /** It may come late or again, so its count says nothing. */
  delayed: boolean;
  node: SparkplugNode;
  nodeEntity: string;
  entity: string;
  /** '': the node itself. */
  device: string;
}

function readBirth(from: From, said: SparkplugPayload): DialectReading {
  const { node, entity, device } = from;
  const gap = device === '' ? [] : gapOf(from, said);
  node.born(device, said);
  const life: Report = {
    entity,
    kind: 'fault',
    state: 'normal',
    aspect: 'life',
    attrs: { sparkplug: 'birth' },
  };
  const lives = device === '' ? [life, { ...life, aspect: 'seq' }] : [life];
  return { reports: [...gap, ...lives, ...metricsOf(from, said).reports], heard: [entity] };
}

/** A node's own death carries no `seq`: the broker publishes it in its name. */
function readDeath(from: From, said: SparkplugPayload): DialectReading {
  const { node, entity, device } = from;
  const bdSeq = bdSeqOf(said.metrics);
  if (device === '' && node.bdSeq !== null && bdSeq !== null && bdSeq !== node.bdSeq) return nothingSaid;
  const gap = device === '' ? [] : gapOf(from, said);
  node.died(device);
  return {
    reports: [
      ...gap,
      { entity, kind: 'fault', state: 'fault', aspect: 'life', attrs: { sparkplug: 'death' } },
    ],
  };
}

function readData(from: From, said: SparkplugPayload): DialectReading {
  const { node, entity, device } = from;
  if (!node.isBorn(device))
    return { reason: 'no-birth', detail: `${entity} was not born since this process started` };
  const { reports, unnamed } = metricsOf(from, said);
  if (unnamed !== null) return { reason: 'no-birth', detail: `${entity}: no birth names alias ${unnamed}` };
  return { reports: [...gapOf(from, said), ...reports], heard: [entity] };
}

/** What is missing may have been an alarm; the node's next birth says everything anew. */
function gapOf({ node, nodeEntity, delayed }: From, { seq }: SparkplugPayload): Report[] {
  if (!node.misses(seq, delayed)) return [];
  return [
    { entity: nodeEntity, kind: 'fault', state: 'fault', aspect: 'seq', attrs: { sparkplug: 'gap', seq } },
  ];
}

/** Metrics by what was declared; one that is spooled (historical) has its time as its identity. */
function metricsOf({ node, entity, device }: From, said: SparkplugPayload) {
  const reports: Report[] = [];
  let unnamed: bigint | null = null;
  for (const metric of said.metrics) {
    const name = node.nameOf(device, metric);
    if (name === null) {
      unnamed ??= metric.alias;
      continue;
    }
    const declared = readDeclared(name.slice(name.lastIndexOf('/') + 1), metric.value);
    if (declared === null) continue;
    const at = metric.timestamp ?? said.timestamp;
    const attrs = { metric: name.toWellFormed().replaceAll('\0', ''), value: plain(metric.value) };
    const known = metric.isHistorical ? { content: `${name} ${metric.value}` } : {};
    reports.push({ ...declared, entity, aspect: name, at, attrs, ...known });
  }
  return { reports, unnamed };
}

function plain(value: number | boolean | string | null): number | boolean | string | null {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '').slice(0, 200) : value;
}
