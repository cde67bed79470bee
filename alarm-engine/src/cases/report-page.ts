import type { CaseReport, Dossier } from '@fenghuo/contracts/case.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { renderSVG } from 'uqr';
import { durationWords, outcomeWords, severityWords } from './case-words.ts';
import { html, Markup } from './markup.ts';
import { type Naming, namingOf } from './naming.ts';
import {
  alarmsByFloor,
  deadlineTable,
  evidenceList,
  partyTable,
  timeLineTable,
  videoTable,
} from './report-parts.ts';
import { reportStyle } from './report-style.ts';
import { reportWords } from './report-words.ts';

type Language = keyof Words;

export interface ReportPage {
  dossier: Dossier;
  report: CaseReport;
  language: Language;
  timeZone: string;
  /** Epoch ms, and who prints it. */
  now: number;
  by: string;
  /** Small pictures as `data:` addresses, by the id of the file; one that is missing is not shown. */
  pictures: ReadonlyMap<string, string>;
}

/** What parts of the page are made with. */
export interface Printing extends ReportPage {
  say: (words: Words) => string;
  /** Day and time of the county. */
  at: (ms: number) => string;
  /** Time of the day, and the day when it is another one than that of the opening. */
  clock: (ms: number) => string;
  /** What people call who did it. */
  who: (account: string) => string;
  naming: Naming;
}

/** The printed report of a case: one page of HTML that needs nothing else and runs nothing. Pure. */
export function reportPage(page: ReportPage): string {
  const print = printing(page);
  const { report, language, say } = { ...page, say: print.say };
  const isDrill = report.run !== null;
  const head = report.outcome === 'open' ? reportWords.soFar : reportWords.report;
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${report.caseCode} ${say(head)}</title>
<style>${new Markup(reportStyle)}</style></head>
<body class="${isDrill ? 'of-drill' : ''}">
${isDrill ? drillHatch : null}
<p class="screen-only"><a href="?lang=${language === 'zh' ? 'en' : 'zh'}">${say(reportWords.otherLanguage)}</a></p>
<header><div><p class="kind">${say(head)}</p><h1>${say(report.title)}</h1><p class="place">${say(report.place)}</p>
<p class="code">${report.caseCode}</p></div>${new Markup(renderSVG(report.caseCode, { border: 1 }))}</header>
${facts(print)}
${findings(print)}
${[deadlineTable, timeLineTable, alarmsByFloor, videoTable, partyTable, evidenceList].map((part) => part(print))}
${footer(print)}
</body></html>`.text;
}

function printing(page: ReportPage): Printing {
  const { language, timeZone, report, dossier } = page;
  const nameOf = new Map(dossier.people.map(({ account, name }) => [account, name]));
  const at = (ms: number) => format(ms, timeZone);
  const day = at(report.openedAt).slice(0, 10);
  const clock = (ms: number) => (at(ms).startsWith(day) ? at(ms).slice(11) : at(ms));
  const say = (words: Words) => words[language];
  const who = (account: string) =>
    account === 'engine' ? say(reportWords.system) : (nameOf.get(account) ?? account);
  return { ...page, at, clock, say, who, naming: namingOf(dossier) };
}

/** 2026-03-01 12:00:00 of the county. */
const format = (ms: number, timeZone: string) =>
  new Date(ms).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });

const drillHatch = html`<div class="drill">${[1, 2, 3, 4].map(() => html`<span>演练 DRILL</span>`)}</div>`;

function facts(print: Printing): Markup {
  const { report, dossier, say, at } = print;
  const { ticket } = dossier;
  const over = report.closedAt === null ? null : say(durationWords(report.closedAt - report.openedAt));
  const acknowledged = report.acknowledgedMs === null ? null : say(durationWords(report.acknowledgedMs));
  const known: [Words, string | Markup | null][] = [
    [reportWords.severity, risk(print)],
    [reportWords.outcome, say(outcomeWords[report.outcome])],
    [reportWords.opened, at(report.openedAt)],
    [reportWords.closed, report.closedAt === null ? '–' : ending(print, report.closedAt)],
    [reportWords.endedWith, report.ending?.reason ? say(report.ending.reason) : null],
    [reportWords.took, over ?? '–'],
    [reportWords.acknowledged, acknowledged ?? say(reportWords.nobody)],
    [reportWords.hands, ticket === null ? null : hands(print, ticket)],
    [reportWords.followUp, ticket === null ? null : visits(print)],
    [reportWords.reopened, ticket?.reopened ? `${ticket.reopened} ${say(reportWords.times)}` : null],
    [reportWords.listed, ticket?.listed ? `${ticket.listed.reason} (→ ${at(ticket.listed.until)})` : null],
    [reportWords.tookIn, dossier.absorbed.map(({ code }) => code).join(', ') || null],
    [reportWords.mergedInto, dossier.mergedInto],
    [reportWords.told, toldText(print)],
  ];
  const shown = known.filter(([, value]) => value !== null);
  return html`<dl class="facts">${shown.map(([name, value]) => html`<div><dt>${say(name)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** When, and by whom. */
function ending({ report, at, who }: Printing, closedAt: number): string {
  return report.ending === null ? at(closedAt) : `${at(closedAt)} ${who(report.ending.by)}`;
}

/** Who held it, one after the other. */
function hands({ naming, say }: Printing, { moves }: TicketRecord): string {
  const held = moves.filter(({ holder }, i) => holder !== moves[i - 1]?.holder);
  return held.map(({ holder }) => say(naming.unit(holder)!)).join(' → ');
}

/** Told by form and colour: a filled mark for each level, as on the wall. */
function risk({ report, say }: Printing): Markup {
  const mark = { high: '◆', medium: '▲', low: '●' }[report.severity];
  return html`<span class="${report.severity}">${mark} ${say(severityWords[report.severity])}</span>`;
}

/** Every visit, and that one is awaited after the last closing. */
function visits({ report, dossier, say, at }: Printing): Markup | string | null {
  const { visits: made = [], closedAt = null } = dossier.ticket ?? {};
  const told = made.map((visit) =>
    [at(visit.at), say(visit.satisfied ? reportWords.satisfied : reportWords.notSatisfied), visit.note]
      .filter((text) => text !== '')
      .join(' · '),
  );
  const isAwaited = report.outcome === 'closed' && !made.some((visit) => visit.at >= (closedAt ?? 0));
  const lines = isAwaited ? [...told, say(reportWords.pending)] : told;
  return lines.length === 0 ? null : html`${lines.map((line) => html`${line}<br>`)}`;
}

function toldText({ report, say }: Printing): string {
  const { told } = report;
  const counts = (['sent', 'waiting', 'failed', 'refused'] as const).filter((state) => told[state] > 0);
  return counts.length === 0
    ? '–'
    : counts.map((state) => `${told[state]} ${say(reportWords[state])}`).join(', ');
}

function findings({ report, say }: Printing): Markup {
  if (report.findings.length === 0) return html`<p class="none">${say(reportWords.nothingLate)}</p>`;
  return html`<h2>${say(reportWords.findings)}</h2>
<ul class="findings">${report.findings.map((finding) => html`<li>${say(finding)}</li>`)}</ul>`;
}

function footer({ report, dossier, by, now, at, say }: Printing): Markup {
  const last = dossier.acts.at(-1)?.no ?? 0;
  return html`<footer>${report.caseCode} · ${say(reportWords.printed)} ${at(now)} ${by} · ${say(reportWords.recordTo)} ${last}</footer>`;
}
