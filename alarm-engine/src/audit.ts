import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { headsPath, readHeads } from './audit/heads-file.ts';
import type { AuditHead } from './audit/verify-chain.ts';
import { type Verdict, verifyRecord } from './audit/verify-record.ts';
import { readSettings } from './settings.ts';
import { StartupError } from './startup-error.ts';
import { addressOfEmbedded } from './store/database-file.ts';
import { connectClient } from './store/pool.ts';
import { readAuditHead } from './store/sql/read-audit-head.ts';

const usage = `npm run audit -- verify [--database-url <url>] [--heads <file>]… [--head <row>:<digest>]… [--json]
npm run audit -- head   [--database-url <url>] [--json]

verify  recomputes every link of the record, and compares it with the heads that were kept outside of it
head    where the record ends now, to be written down or sent elsewhere

Ends with 0 when the record holds, 1 when it is broken, 2 when it could not be looked at. Settings come from the
environment, as the server's do; without a database of yours it is the embedded one, which must be running.`;

/** `npm run audit`: the record proved, or the first place at which it is broken. */
async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const settings = readSettings(process.env);
  const { FENGHUO_COUNTY: county, FENGHUO_DATA: dataFolder } = settings;
  const [wish, ...others] = positionals;
  if (values.help || others.length > 0 || (wish !== 'verify' && wish !== 'head')) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const heads = wish === 'verify' ? await gatherHeads(values, dataFolder, county) : [];
  const url =
    values['database-url'] ?? settings.FENGHUO_DATABASE_URL ?? (await addressOfEmbedded(dataFolder));
  const db = await connectClient({ url, name: 'fenghuo audit' });
  try {
    if (wish === 'head') return tellHead(await readAuditHead(db, county), county, values.json);
    const watched = process.stderr.isTTY && !values.json;
    const onProgress = watched ? (rows: number) => void process.stderr.write(`\r${rows} rows`) : () => {};
    return tellVerdict(await verifyRecord({ db, county, heads, onProgress }), values.json);
  } finally {
    await db.end();
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'database-url': { type: 'string' },
        heads: { type: 'string', multiple: true },
        head: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new StartupError('setting', `${(error as Error).message}\n\n${usage}`);
  }
}

const writtenHead = z.string().regex(/^[1-9]\d{0,14}:[0-9a-f]{64}$/);

/** Those of the files that were named, or of the data folder's own file; and those that stand on paper. */
async function gatherHeads(
  given: { heads?: string[] | undefined; head?: string[] | undefined },
  dataFolder: string,
  county: string,
): Promise<AuditHead[]> {
  const written = (given.head ?? []).map((text): AuditHead => {
    if (!writtenHead.safeParse(text).success)
      throw new StartupError('setting', `${text} is no head: expected <row>:<64 hexadecimal digits>.`);
    const [no = '', digest = ''] = text.split(':');
    return { no: Number(no), digest };
  });
  const files = given.heads?.map((file) => path.resolve(process.env.INIT_CWD ?? '.', file));
  if (files === undefined) return [...written, ...((await readHeads(headsPath(dataFolder), county)) ?? [])];
  const kept = await Promise.all(
    files.map(async (file) => {
      const heads = await readHeads(file, county);
      if (heads === null) throw new StartupError('folder', `There is no file ${file}.`);
      return heads;
    }),
  );
  return [...written, ...kept.flat()];
}

function tellHead(head: AuditHead | null, county: string, json: boolean): number {
  if (json) console.log(JSON.stringify({ county, head }));
  else console.log(head === null ? '记录为空 / nothing is on the record yet' : `${head.no}:${head.digest}`);
  return 0;
}

function tellVerdict(verdict: Verdict, json: boolean): number {
  const { fault, rows, links, heads, head } = verdict;
  if (json) console.log(JSON.stringify({ ok: fault === null, ...verdict }));
  else if (fault !== null)
    console.log(
      `记录已损坏：${fault.message.zh}（此前 ${rows} 行完好）\nBROKEN: ${fault.message.en} (${rows} rows before it hold)`,
    );
  else {
    console.log(`记录完好：${rows} 行，${links} 个链环，核对留存链头 ${heads} 个`);
    console.log(`The record holds: ${rows} rows, ${links} links, ${heads} kept heads met`);
    if (heads === 0)
      console.log('未核对链头，无法发现末尾截断 / no kept head to compare: a cut end would not show');
    if (rows > 0) console.log(`${head.no}:${head.digest}`);
  }
  return fault === null ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof StartupError ? error.message : error);
    process.exitCode = 2;
  },
);
