import type { Words } from '@fenghuo/contracts/words.ts';
import { legs, quantiles } from '../scenario/scenario-schema.ts';
import type { RunRecord } from '../scenario-run/run-record.ts';
import { type Chart, chartOf, type Line } from './chart.ts';
import { legWords } from './report-words.ts';

const seconds: Words = { zh: '剧本时间（秒）', en: 'time of the story, s' };
const runSeconds: Words = { zh: '自开始起（秒）', en: 'since the start, s' };
/** Detectors in the model alarm in this stretch; see docs/fire-model.md. */
const smokeBand = { from: 3, to: 6, name: { zh: '感烟报警阈值', en: 'threshold of smoke detectors' } };

/** All charts of a run, those that have nothing to show left out. */
export function runCharts(record: RunRecord): string {
  return [rates(record), backlog(record), alarms(record), latencies(record), smoke(record)]
    .map(chartOf)
    .join('\n');
}

type Points = [number, number][];

function rates({ moments }: RunRecord): Chart {
  const each = (of: 'published' | 'acknowledged'): Points =>
    moments.map((moment, i) => [i, moment[of] - (moments[i - 1]?.[of] ?? 0)]);
  return {
    title: { zh: '每秒发布与确认', en: 'Published and acknowledged each second' },
    x: runSeconds,
    y: { zh: '条/秒', en: 'messages/s' },
    whole: true,
    lines: [
      { name: { zh: '发布', en: 'published' }, points: each('published'), stroke: 0 },
      { name: { zh: '确认', en: 'acknowledged' }, points: each('acknowledged'), stroke: 1 },
    ],
  };
}

function backlog({ moments }: RunRecord): Chart {
  return {
    title: { zh: '到时而未确认', en: 'Due, not acknowledged yet' },
    x: runSeconds,
    y: { zh: '条', en: 'messages' },
    whole: true,
    lines: [
      {
        name: { zh: '未确认', en: 'unacknowledged' },
        points: moments.map(({ unacknowledged }, i) => [i, unacknowledged]),
        stroke: 0,
      },
    ],
  };
}

function alarms({ alarmTimes, startedAt, endedAt }: RunRecord): Chart {
  const end = (endedAt - startedAt) / 1000;
  const growing = (times: readonly number[]): Points =>
    times.length === 0
      ? []
      : [[0, 0], ...times.map((at, i): [number, number] => [at / 1000, i + 1]), [end, times.length]];
  const all: Line[] = [
    {
      name: { zh: '剧本应有', en: 'foretold by the story' },
      points: growing(alarmTimes.said),
      stroke: 0,
      steps: true,
    },
    {
      name: { zh: '系统产生（含监视）', en: 'raised by the engine, supervision included' },
      points: growing(alarmTimes.raised),
      stroke: 1,
      steps: true,
    },
    {
      name: { zh: '到达屏幕', en: 'on the screen' },
      points: growing(alarmTimes.seen),
      stroke: 2,
      steps: true,
    },
  ];
  return {
    title: { zh: '告警累计', en: 'Alarms, running total' },
    x: runSeconds,
    y: { zh: '个', en: 'alarms' },
    whole: true,
    lines: all.filter(({ points }) => points.length > 0),
    span: [0, end],
  };
}

function latencies({ verdict }: RunRecord): Chart {
  const lines = legs.flatMap((leg, i): Line[] => {
    const of = verdict.latency[leg];
    if (of.count === 0) return [];
    const points = quantiles.map((quantile, at): [number, number] => [at, of[quantile] ?? 0]);
    return [{ name: legWords[leg]!, points, stroke: i as 0 | 1 | 2 | 3 }];
  });
  return {
    title: { zh: '时延分位', en: 'How long it took, by quantile' },
    x: { zh: '分位', en: 'quantile' },
    y: { zh: '毫秒（对数）', en: 'ms, logarithmic' },
    lines,
    logarithmic: true,
    ticks: quantiles.map((label, at) => ({ at, label })),
  };
}

function smoke({ script }: RunRecord): Chart {
  const curves = script.curves.filter(({ unit }) => unit === '%/m').slice(0, 6);
  return {
    title: { zh: '火灾模型：探测器处的减光率', en: 'The fire model: obscuration where detectors are' },
    x: seconds,
    y: { zh: '%/m', en: 'obscuration' },
    lines: curves.map(({ label, everyMs, values }, i) => ({
      name: { zh: label, en: label },
      points: values.map((value, at): [number, number] => [(at * everyMs) / 1000, value]),
      stroke: i as 0 | 1 | 2 | 3 | 4 | 5,
    })),
    band: smokeBand,
  };
}
