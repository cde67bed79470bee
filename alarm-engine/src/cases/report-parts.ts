import type { CaseDeadline, ShownEvidence } from '@fenghuo/contracts/case.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { durationWords, evidenceWords, partyStateWords, roleWords } from './case-words.ts';
import { html, Markup } from './markup.ts';
import type { Printing } from './report-page.ts';
import { reportWords } from './report-words.ts';

const nothing = new Markup('');

/** A table under a heading; none when it has no rows. */
function section(print: Printing, title: Words, head: readonly Words[], rows: readonly Markup[]): Markup {
  if (rows.length === 0) return nothing;
  const { say } = print;
  return html`<h2>${say(title)}</h2>
<table><thead><tr>${head.map((cell) => html`<th>${say(cell)}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}

export function deadlineTable(print: Printing): Markup {
  const { stage, limit, dueAt, reachedAt, verdict } = reportWords;
  const rows = print.report.deadlines.map((deadline) => deadlineRow(print, deadline));
  return section(print, reportWords.deadlines, [stage, limit, dueAt, reachedAt, verdict], rows);
}

function deadlineRow({ say, clock, naming }: Printing, deadline: CaseDeadline): Markup {
  const { stage, limitMs, dueAt, reachedAt, lateMs, holder } = deadline;
  const verdict =
    lateMs > 0
      ? html`<span class="late">${say(reportWords.late)} ${say(durationWords(lateMs))}</span>${holder === null ? null : html` ${say(holder)}`}`
      : html`<span class="kept">${say(reportWords.kept)}</span>`;
  return html`<tr><td>${say(naming.stage(stage))}</td><td>${limitMs === null ? '–' : say(durationWords(limitMs))}</td><td class="time">${clock(dueAt)}</td>
<td class="time">${reachedAt === null ? say(reportWords.notReached) : clock(reachedAt)}</td><td>${reachedAt === null && lateMs === 0 ? '–' : verdict}</td></tr>`;
}

export function timeLineTable(print: Printing): Markup {
  const { report, say, clock, who } = print;
  const rows = report.timeLine.map(
    ({ at, by, what, late, doneAt, seat }) =>
      html`<tr><td class="time">${clock(at)}</td><td class="by">${who(by)}${seat === undefined ? nothing : html` ${seat}`}</td><td><span class="${late ? 'late' : ''}">${say(what)}</span>${doneAt === undefined ? nothing : html` <em>${say(reportWords.doneAt)} ${clock(doneAt)}</em>`}</td></tr>`,
  );
  if (report.leftOut > 0)
    rows.push(html`<tr><td></td><td></td><td>+ ${report.leftOut} ${say(reportWords.leftOut)}</td></tr>`);
  if (rows.length === 0) return nothing;
  return html`<h2>${say(reportWords.timeLine)}</h2><table><tbody>${rows}</tbody></table>`;
}

/** The top floor first, as a building stands. */
export function alarmsByFloor(print: Printing): Markup {
  const { report, say } = print;
  const most = Math.max(1, ...report.floors.map(({ alarms }) => alarms));
  const known = report.floors.filter(({ floor }) => floor !== null).reverse();
  const rows = [...known, ...report.floors.filter(({ floor }) => floor === null)].map(
    ({ floor, alarms, confirmed }) =>
      html`<tr><td>${floor ?? say(reportWords.noFloor)}</td><td><span class="bar" style="width:${Math.round((alarms / most) * 60)}mm"></span>${alarms}</td><td>${confirmed}</td></tr>`,
  );
  const { floor, alarms, confirmed } = reportWords;
  return section(print, reportWords.alarmsByFloor, [floor, alarms, confirmed], rows);
}

export function videoTable(print: Printing): Markup {
  const { dossier, clock } = print;
  const rows = dossier.cameras.map(
    ({ code, metres, moments }) =>
      html`<tr><td>${code}</td><td>${metres} m</td><td class="time">${moments.map(({ from, to }) => html`${clock(from)} – ${clock(to)}<br>`)}</td></tr>`,
  );
  const { camera, distance, moments } = reportWords;
  return section(print, reportWords.video, [camera, distance, moments], rows);
}

export function partyTable(print: Printing): Markup {
  const { report, say, clock } = print;
  const rows = report.parties.map(
    ({ name, role, state, since }) =>
      html`<tr><td>${say(name)}</td><td>${say(roleWords[role])}</td><td>${say(partyStateWords[state])} <span class="time">${clock(since)}</span></td></tr>`,
  );
  return section(
    print,
    reportWords.parties,
    [reportWords.parties, reportWords.role, reportWords.state],
    rows,
  );
}

export function evidenceList(print: Printing): Markup {
  const { dossier, say } = print;
  if (dossier.evidence.length === 0) return nothing;
  return html`<h2>${say(reportWords.evidence)}</h2><div class="photos">${dossier.evidence.map((item) => figure(print, item))}</div>`;
}

function figure(print: Printing, { id, kind, at, by, note, file, from, doneAt }: ShownEvidence): Markup {
  const { pictures, say, clock, who } = print;
  const picture = pictures.get(id);
  const hidden = kind === 'photo' && picture === undefined ? ` · ${say(reportWords.notShown)}` : '';
  const sum = file === null ? '' : ` · SHA-256 ${file.sha256.slice(0, 16)}…`;
  return html`<figure>${picture === undefined ? null : html`<img src="${picture}" alt="">`}
<figcaption><b>${say(evidenceWords[kind])}</b> ${clock(doneAt ?? at)} ${who(by)}${from === null ? '' : ` · ${from}`}${hidden}${note === null ? '' : ` · ${note}`}${sum}</figcaption></figure>`;
}
