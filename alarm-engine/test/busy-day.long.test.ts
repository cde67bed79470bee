import { type CaseFigures, caseFigures } from '@fenghuo/contracts/case-figures.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyRecord } from '../src/audit/verify-record.ts';
import { connectClient } from '../src/store/pool.ts';
import { Day, Dice, estate, nextAct } from './busy-day.ts';
import { History } from './history.ts';
import { noon } from './records.ts';
import { county } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

/** As many tickets as Wenling works through in a day. */
const tickets = 4500;
const stepMs = 3 * 60_000;
const dayMs = 24 * 3_600_000;
/** Processor time of this process for a ticket's whole life, writer and people together; 4.4 ms and 89 MB were measured. */
const cpuMsPerTicket = 15;
const heapMb = 300;

let web: TestWeb;
let outside: Client;
let history: History;
let commander: string;
beforeAll(async () => {
  web = await startTestWeb();
  outside = await connectClient({ url: web.ownerUrl, name: 'outside' });
  await outside.query(estate);
  history = new History(web.databaseUrl, outside);
  await history.start();
  commander = await enter(web, 'commander');
});
afterAll(async () => {
  await history.stop();
  await outside.end();
  await web.stop();
});

/** Works through the day until no case is open; gives how many acts were done and refused. */
async function workThrough(day: Day, dice: Dice): Promise<Map<string, number>> {
  const answers = new Map<string, number>();
  const perStep = Math.ceil((tickets * stepMs) / dayMs);
  for (let burnt = 0; ; ) {
    for (const until = Math.min(tickets, burnt + perStep); burnt < until; burnt += 1)
      await day.burn(burnt, dice.in100(20) ? 'manual' : 'smoke');
    const waiting = (await day.open<IncidentRecord>('incident')).filter(({ ticket }) => ticket === null);
    const open = await day.open<TicketRecord>('ticket');
    if (burnt === tickets && open.length === 0 && waiting.length === 0) return answers;
    const acts = [
      ...waiting.map(({ id, version }) => ({ act: 'open-ticket', subject: id, expectedVersion: version })),
      ...open.map((ticket) => nextAct(ticket, dice)).filter((act) => act !== null),
    ];
    for (const [reason, n] of acts.length === 0 ? [] : await day.order(acts))
      answers.set(reason, (answers.get(reason) ?? 0) + n);
    await history.pass(stepMs);
  }
}

/** What is open still, and the tickets and case codes that there are. */
async function leftOver() {
  const open = (table: string) =>
    `(select count(*)::int from fenghuo.${table} where closed_at is null) as ${table}`;
  const { rows } = await outside.query(
    `select count(*)::int as all, count(distinct doc ->> 'caseCode')::int as codes, ${open('ticket')}, ${open('incident')},
            ${open('alarm')}, (select count(*)::int from fenghuo.due) as due from fenghuo.ticket`,
  );
  return rows[0];
}

/** People who were told one thing of one case twice. */
async function toldTwice() {
  const { rows } = await outside.query(
    `select incident, person, kind from fenghuo.delivery
     group by incident, person, kind, unit, channel, case when kind <> 'opened' then made_at end having count(*) > 1`,
  );
  return rows;
}

async function figures(level: string): Promise<CaseFigures['rows']> {
  const path = `/api/v1/case-figures?from=${noon - 1}&to=${history.now}&level=${level}`;
  return caseFigures.parse(await (await web.call('GET', path, { as: commander })).json()).rows;
}

test(`${tickets} tickets in a day: each ends, nobody is told one thing twice, the figures add up, the record holds`, async () => {
  const began = process.cpuUsage();
  const answers = await workThrough(new Day(history, outside), new Dice());
  const { user, system } = process.cpuUsage(began);
  const spent = (user + system) / 1000 / tickets;
  await history.pass(5 * dayMs);
  const heap = process.memoryUsage().heapUsed / 2 ** 20;
  const told = `${spent.toFixed(1)} ms of a core a ticket, heap ${Math.round(heap)} MB`;
  console.log(told, Object.fromEntries(answers));
  expect([spent < cpuMsPerTicket, heap < heapMb]).toEqual([true, true]);
  answers.delete('version-conflict');
  expect([...answers.keys()]).toEqual(['done']);
  const none = { ticket: 0, incident: 0, alarm: 0, due: 0 };
  expect(await leftOver()).toEqual({ all: tickets, codes: tickets, ...none });
  expect(await toldTwice()).toEqual([]);

  const [[whole], townships] = [await figures('county'), await figures('township')];
  const { opened, closed, falseAlarms, resolved } = whole!;
  expect([opened, closed]).toEqual([tickets, tickets]);
  expect(resolved.local + resolved.township + resolved.county).toBe(closed - falseAlarms);
  for (const figure of ['opened', 'closed', 'falseAlarms', 'reopened'] as const)
    expect(townships.reduce((sum, row) => sum + row[figure], 0)).toBe(whole![figure]);
  expect(await verifyRecord({ db: outside, county, heads: [] })).toMatchObject({ fault: null });
});
