import type { Words } from '@fenghuo/contracts/words.ts';
import type { ScenarioText } from '../scenario/read-scenario.ts';
import { legs } from '../scenario/scenario-schema.ts';
import type { RunRecord } from '../scenario-run/run-record.ts';
import type { Judged, NamedAlarm } from '../verdict/verdict.ts';
import { clockText, dayText } from './clock-text.ts';
import { escaped } from './escaped.ts';
import { keyMoments } from './key-moments.ts';
import { limits } from './limits.ts';
import type { Machine } from './machine.ts';
import { method } from './method.ts';
import { reportStyle } from './report-style.ts';
import { legWords, wordsOfJudged } from './report-words.ts';
import { runCharts } from './run-charts.ts';
import { storyTable, summary } from './story.ts';
import { kindWords } from './story-words.ts';
import { both, number, pairs, table } from './table.ts';

export interface ReportOptions {
  scenario: ScenarioText;
  record: RunRecord;
  machine: Machine;
  /** As it was typed, to be typed again. */
  command: string;
}

const mostNamed = 50;

/**
 * The protocol of a run as one HTML file: no script, no font, no picture is fetched, so it can be archived, sent and
 * printed. Written for a reader who was not there.
 */
export function htmlReport(options: ReportOptions): string {
  const { scenario, record } = options;
  const { title, about } = scenario.scenario;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(`${title.zh} · ${title.en}`)} – Fenghuo</title><style>${reportStyle}</style></head><body>
<header><p class="kind">${both(kindOf(record))}</p>
<h1>${both(title)}</h1>${about === undefined ? '' : `<p>${both(about)}</p>`}
${conclusion(record)}${summary(record)}</header>
<section><h2>${both({ zh: '演了什么', en: 'What was played' })}</h2>${storyTable(record.script)}</section>
<section><h2>${both({ zh: '经过', en: 'What happened' })}</h2>${keyMoments(record)}</section>
<section><h2>${both({ zh: '逐项判定', en: 'Judged, line by line' })}</h2>${judgedTable(record.verdict.judged)}</section>
<section><h2>${both({ zh: '消息', en: 'Messages' })}</h2>${messageTable(record)}</section>
<section><h2>${both({ zh: '时延', en: 'How long it took' })}</h2>${latencyTable(record)}</section>
<section><h2>${both({ zh: '告警与后续', en: 'Alarms and what followed' })}</h2>${alarmTable(record)}
${namedList({ zh: '遗漏的告警', en: 'Alarms that were missed' }, record.verdict.missed)}
${namedList({ zh: '多出的告警', en: 'Alarms that were false' }, record.verdict.false)}</section>
<section><h2>${both({ zh: '图表', en: 'Charts' })}</h2>${runCharts(record)}</section>
<section><h2>${both({ zh: '试验条件', en: 'Under what conditions' })}</h2>${conditions(options)}</section>
<section><h2>${both({ zh: '怎样测得', en: 'How this was measured' })}</h2>${method()}</section>
<section><h2>${both({ zh: '本报告不说明的', en: 'What this does not show' })}</h2>${limits(record)}</section>
<section><h2>${both({ zh: '剧本原文', en: 'The scenario, as written' })}</h2><pre>${escaped(scenario.text)}</pre></section>
<footer class="signatures"><p>${both({ zh: '试验人', en: 'tested by' })}</p><p>${both({ zh: '见证人', en: 'witnessed by' })}</p><p>${both({ zh: '日期', en: 'date' })}</p></footer>
</body></html>
`;
}

const inPart: Words = {
  zh: '注意：中途终止，只判定终止前发生的部分，未核对剧本的预期数量。',
  en: 'Mind: it was stopped on the way. What happened until then was judged; the counts that the story expects were not asked.',
};
const inAnotherSize: Words = {
  zh: '台账或时长与剧本所写的不同，因此未核对剧本的预期数量，其余照常判定。',
  en: 'Estate or duration are not those of the scenario, so the counts that it expects were not asked; all else was judged.',
};

function conclusion({ verdict, startedAt, whole, stopped }: RunRecord): string {
  const failed = verdict.judged.filter(({ ok }) => !ok);
  const words = verdict.ok
    ? { zh: '通过：全部要求均满足', en: 'Passed: everything that was asked was kept' }
    : {
        zh: `未通过：${failed.length} 项不满足`,
        en: `Failed: ${failed.length} of ${verdict.judged.length} not kept`,
      };
  const which = failed.map(
    (line) =>
      `${both(wordsOfJudged(line.name))}：${both(asked)} ${escaped(line.asked)}，${both(found)} ${foundIn(line)}`,
  );
  return `<p class="conclusion ${verdict.ok ? 'passed' : 'failed'}"><strong>${verdict.ok ? '✔' : '✘'} ${both(words)}</strong>${which.map((one) => `<br>${one}`).join('')}</p>${whole ? '' : `<p>${both(stopped ? inPart : inAnotherSize)}</p>`}
<p class="when">${dayText(startedAt)} UTC+8</p>`;
}

const asked: Words = { zh: '要求', en: 'asked' };
const found: Words = { zh: '实测', en: 'found' };

function kindOf({ run, script }: RunRecord): Words {
  if (run === null) return { zh: '烽火 · 洪峰测试报告', en: 'Fenghuo · protocol of a flood' };
  if (script.publications.every(({ drill }) => drill))
    return { zh: '烽火 · 演练报告', en: 'Fenghuo · protocol of a drill' };
  return { zh: '烽火 · 测试报告（含演练）', en: 'Fenghuo · protocol of a flood with a drill in it' };
}

function foundIn({ found, unit, ok }: Judged): string {
  const nothing = ok ? { zh: '无样本', en: 'nothing to measure' } : { zh: '未核查', en: 'not checked' };
  return found === null ? both(nothing) : `${number(found)}${unit === '' ? '' : ` ${unit}`}`;
}

function judgedTable(judged: readonly Judged[]): string {
  const rows = judged
    .toSorted((a, b) => Number(a.ok) - Number(b.ok))
    .map((line) => {
      const { name, asked, ok } = line;
      const mark = ok ? '✔ 通过 <span>kept</span>' : '✘ 未通过 <span>not kept</span>';
      return `<tr class="${ok ? 'ok' : 'bad'}"><td>${both(wordsOfJudged(name))} <code>${escaped(name)}</code></td><td class="n">${escaped(asked)}</td><td class="n">${foundIn(line)}</td><td class="mark">${mark}</td></tr>`;
    });
  return table(
    [
      { zh: '要求', en: 'asked' },
      { zh: '限值', en: 'bound', isNumber: true },
      { zh: '实测', en: 'found', isNumber: true },
      { zh: '判定', en: '' },
    ],
    rows,
  );
}

function messageTable({ verdict }: RunRecord): string {
  const { published, acknowledged, stored, lost, duplicated, heartbeats, resent, unsent } = verdict;
  return pairs([
    [{ zh: '发布的事件', en: 'events published' }, published],
    [{ zh: '得到确认（PUBACK）', en: 'acknowledged (PUBACK)' }, acknowledged],
    [{ zh: '到时而未能发出', en: 'due, and never left' }, unsent],
    [{ zh: '数据库中存有', en: 'found in the database' }, stored],
    [{ zh: '确认后丢失', en: 'acknowledged and lost' }, lost],
    [{ zh: '重复', en: 'duplicated' }, duplicated],
    [{ zh: '心跳（不入库）', en: 'heartbeats (not stored)' }, heartbeats],
    [{ zh: '重发的报文（DUP）', en: 'packets sent again (DUP)' }, resent],
  ]);
}

function latencyTable({ verdict }: RunRecord): string {
  const rows = legs.map((leg) => {
    const { count, p50, p95, p99, max } = verdict.latency[leg];
    const cells = [p50, p95, p99, max].map(
      (ms) => `<td class="n">${ms === null ? '–' : `${number(ms)} ms`}</td>`,
    );
    return `<tr><td>${both(legWords[leg]!)}</td><td class="n">${number(count)}</td>${cells.join('')}</tr>`;
  });
  const heads = ['p50', 'p95', 'p99', 'max'].map((name) => ({ zh: name, en: name, isNumber: true }));
  return table([{ zh: '路段', en: 'leg' }, { zh: '样本', en: 'samples', isNumber: true }, ...heads], rows);
}

function alarmTable({ verdict, hostile }: RunRecord): string {
  const { alarms, counts } = verdict;
  return pairs([
    [{ zh: '剧本应有的告警', en: 'alarms that the story foretells' }, alarms.expected],
    [{ zh: '系统产生的告警', en: 'alarms raised' }, alarms.raised],
    [
      { zh: '其中由监视产生（失联、卡滞）', en: 'of these by supervision (silent, stuck)' },
      alarms.bySupervision,
    ],
    [{ zh: '应有而未产生（遗漏）', en: 'foretold and not raised (missed)' }, alarms.missed],
    [{ zh: '不应有却产生（多出）', en: 'raised and not foretold (false)' }, alarms.false],
    [{ zh: '应有的告警中到达屏幕', en: 'of the foretold ones on the screen' }, alarms.seen],
    [wordsOfJudged('incidents'), counts.incidents],
    [wordsOfJudged('tickets'), counts.tickets],
    [wordsOfJudged('messages'), counts.messages],
    [wordsOfJudged('opening_messages'), counts.opening_messages],
    [wordsOfJudged('upkeep'), counts.upkeep],
    [wordsOfJudged('quarantined'), counts.quarantined],
    ...Object.entries(hostile ?? {}).map(([answer, count]): [Words, number] => [
      { zh: `恶意行为：${hostileWords[answer]}`, en: `hostile deeds: ${answer}` },
      count,
    ]),
  ]);
}

const hostileWords: Record<string, string> = {
  acknowledged: '已确认',
  closed: '连接被关闭',
  nothing: '无应答',
};

function namedList(title: Words, alarms: readonly NamedAlarm[]): string {
  if (alarms.length === 0) return '';
  const rows = alarms
    .slice(0, mostNamed)
    .map(
      ({ device, kind, drill, at }) =>
        `<tr><td><code>${escaped(device)}</code></td><td>${both(kindWords[kind])}</td><td>${drill ? both({ zh: '演练', en: 'drill' }) : both({ zh: '实战', en: 'live' })}</td><td class="n">${clockText(at)}</td></tr>`,
    );
  const more =
    alarms.length > mostNamed
      ? `<p>… ${number(alarms.length - mostNamed)} ${both({ zh: '更多', en: 'more' })}</p>`
      : '';
  const heads = [
    { zh: '设备', en: 'device' },
    { zh: '种类', en: 'kind' },
    { zh: '世界', en: 'world' },
    { zh: '时刻', en: 'UTC+8', isNumber: true },
  ];
  return `<h3>${both(title)} (${number(alarms.length)})</h3>${table(heads, rows)}${more}`;
}

function conditions({ scenario, record, machine, command }: ReportOptions): string {
  const { version, commit, node, system, processor, cores, memoryGb, load } = machine;
  const { estate } = record;
  const places = Object.entries(record.script.places).map(
    ([name, building]) => `${name} = ${building} ${record.script.placeNames[name]?.zh ?? ''}`,
  );
  return pairs([
    [{ zh: '剧本', en: 'scenario' }, scenario.origin],
    [{ zh: '随机种子', en: 'seed' }, record.seed],
    [
      { zh: '台账规模', en: 'estate' },
      `${number(estate.detectors)} 台探测器 detectors, ${number(estate.cameras)} 路摄像机 cameras, ${number(estate.buildings)} 栋建筑 buildings`,
    ],
    [{ zh: '抽定的建筑', en: 'buildings that it drew' }, places.join(', ') || '–'],
    [{ zh: '演练编号', en: 'run of the drill' }, record.run ?? '–'],
    [
      { zh: '版本（+：有未提交的改动）', en: 'version (+: with changes of its own)' },
      `Fenghuo ${version}${commit === null ? '' : ` (${commit})`}`,
    ],
    [{ zh: '运行环境', en: 'made with' }, `Node ${node}, PostgreSQL ${record.facts?.postgres ?? '–'}`],
    [{ zh: '机器', en: 'machine' }, `${processor}, ${cores} × CPU, ${memoryGb} GiB, ${system}`],
    [
      { zh: '负载（结束时，1/5/15 分钟平均）', en: 'load at its end (of 1, 5, 15 min)' },
      load.map((one) => one.toFixed(1)).join(' / '),
    ],
    [{ zh: '用时', en: 'took' }, `${number(Math.round((record.endedAt - record.startedAt) / 1000))} s`],
    [{ zh: '命令', en: 'command' }, command],
  ]);
}
