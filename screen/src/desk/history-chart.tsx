import type { HistoryEvent } from '@fenghuo/contracts/history.ts';
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { chartLine } from './chart-line.ts';

use([LineChart, GridComponent, AriaComponent, SVGRenderer]);

interface HistoryChartProps {
  events: readonly HistoryEvent[];
  /** What is drawn, ms since 1970; events that came since make it longer. */
  from: number;
  to: number;
}

/** Values over the time as steps, alarms marked; of a detector that tells no values, whether it was in alarm. */
export function HistoryChart({ events, from, to }: HistoryChartProps) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (container.current === null) return;
    const style = getComputedStyle(container.current);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const { points, unit, told } = chartLine(events);
    const chart = init(container.current, null, { renderer: 'svg' });
    const text = { color: colour('--text-2'), fontFamily: style.fontFamily };
    chart.setOption({
      animation: false,
      aria: { enabled: true, label: { description: t('history.described', { count: points.length }) } },
      grid: { left: 8, right: 16, top: 26, bottom: 4, containLabel: true },
      xAxis: {
        type: 'time',
        min: from,
        max: Math.max(to, points.at(-1)?.at ?? to),
        axisLabel: { ...text, hideOverlap: true, formatter: (at: number) => time.hourMinute(at) },
        axisLine: { lineStyle: { color: colour('--hairline') } },
      },
      yAxis: {
        type: 'value',
        name: told === 'values' ? unit : '',
        nameTextStyle: text,
        ...(told === 'states' ? { min: 0, max: 1, interval: 1 } : {}),
        axisLabel: {
          ...text,
          ...(told === 'states'
            ? { formatter: (on: number) => t(on === 1 ? 'history.alarm' : 'history.normal') }
            : {}),
        },
        splitLine: { lineStyle: { color: colour('--hairline') } },
      },
      series: [
        {
          type: 'line',
          step: 'end',
          data: points.map(({ at, value, alarm }) => ({
            value: [at, value],
            symbolSize: alarm ? 9 : 4,
            itemStyle: { color: colour(alarm ? '--medium' : '--text-2') },
          })),
          lineStyle: { color: colour('--text-2'), width: 1.5 },
        },
      ],
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(container.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [events, from, to, t, time]);
  return <div className="history-chart" ref={container} />;
}
