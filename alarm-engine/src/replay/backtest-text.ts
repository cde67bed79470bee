import type { ActsOutcome, BacktestReport, BookOutcome, Difference } from '@fenghuo/contracts/backtest.ts';

/** The report for people to read, in both languages. Times are of the county. */
export function backtestText(report: BacktestReport, timeZone: string): string {
  const time = (ms: number) =>
    new Date(ms).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const { from, to, warmUpFrom, events, acts, total } = report;
  return [
    `回测 backtest: ${time(from)} – ${time(to)}, 预热自 warmed up from ${time(warmUpFrom)}`,
    `事件 events: ${events.toLocaleString('en')}; 在用规则库 rulebook in force: 版本 version ${report.version}`,
    acts.mode === 'left-out'
      ? '人员操作 acts of people: 未重放 left out'
      : `人员操作 acts of people: 按原操作重放 replayed as acted; 在用 in force: ${actsText(acts.inForce)}; 候选 candidate: ${actsText(acts.candidate)}`,
    '',
    table(
      ['', '在用 in force', '候选 candidate', '差 difference'],
      outcomes(report.inForce, report.candidate),
    ),
    '',
    table(
      ['规则 rule', ...differenceHead],
      report.byRule.map((row) => [row.rule, ...cells(row)]),
    ),
    '',
    table(
      ['镇街 township', ...differenceHead],
      [
        ...report.byArea.map((row) => [`${row.name.zh} ${row.name.en}`, ...cells(row)]),
        ['合计 all', ...cells(total)],
      ],
    ),
    ...examplesText(report, time),
  ].join('\n');
}

const differenceHead = [
  '在用 in force',
  '候选 candidate',
  '新增 added',
  '减少 removed',
  '升级 graver',
  '降级 milder',
];

function cells({ inForce, candidate, added, removed, graver, milder }: Difference): number[] {
  return [inForce, candidate, added, removed, graver, milder];
}

function actsText({ done, noSubject, refused }: ActsOutcome): string {
  return `${done} 完成 done, ${noSubject} 无对象 without their subject, ${refused} 被拒 refused`;
}

function outcomes(inForce: BookOutcome, candidate: BookOutcome): (string | number)[][] {
  const row = (name: string, of: (outcome: BookOutcome) => number) => {
    const difference = of(candidate) - of(inForce);
    return [name, of(inForce), of(candidate), difference > 0 ? `+${difference}` : String(difference)];
  };
  return [
    row('高 high', ({ alarms }) => alarms.high),
    row('中 medium', ({ alarms }) => alarms.medium),
    row('低 low', ({ alarms }) => alarms.low),
    row('警情 incidents', ({ incidents }) => incidents),
    row('工单 tickets', ({ tickets }) => tickets),
  ];
}

function examplesText({ examples }: BacktestReport, time: (ms: number) => string): string[] {
  if (examples.length === 0) return [];
  const head = ['例 example', '时间 time', '设备 device', '规则 rule', '在用 in force', '候选 candidate'];
  const rows = examples.map((each) => [
    each.difference,
    time(each.raisedAt),
    each.device,
    each.rule,
    each.inForce ?? '–',
    each.candidate ?? '–',
  ]);
  return ['', table(head, rows)];
}

/** Columns as wide as what is in them; numbers to the right. */
function table(head: readonly string[], rows: readonly (string | number)[][]): string {
  const lines = [head, ...rows.map((row) => row.map((cell) => cell.toLocaleString('en')))];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => width(line[i] ?? ''))));
  const isNumber = head.map((_, i) => rows.every((row) => /^[+-]?[\d,]*$/.test(String(row[i]))));
  return lines
    .map((line) =>
      line
        .map((cell, i) => {
          const space = ' '.repeat(widths[i]! - width(cell));
          return isNumber[i] ? space + cell : cell + space;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Cells of a terminal: a Chinese character takes two. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.codePointAt(0)! >= 0x2e80 ? 2 : 1), 0);
}
