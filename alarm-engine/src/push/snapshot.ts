import type { CountyFacts, Snapshot } from '@fenghuo/contracts/push.ts';
import { unitLevels } from '@fenghuo/contracts/words.ts';
import type pg from 'pg';
import { type Reach, reachKey, reachValues } from '../access/reach.ts';
import type { Queryable } from '../store/queryable.ts';
import { listChainUnits } from '../store/sql/list-chain-units.ts';
import { listOpenRecords } from '../store/sql/list-open-records.ts';
import { listPlaces } from '../store/sql/list-places.ts';
import { readBaseMap } from '../store/sql/read-base-map.ts';
import { readChangeHead } from '../store/sql/read-change-head.ts';
import { readCountyFacts } from '../store/sql/read-county-facts.ts';
import { readDirectoryNo } from '../store/sql/read-directory-no.ts';
import { workflowsInUse } from '../workflows-in-force.ts';
import { boundsOfGeojson } from './county-bounds.ts';

export interface SnapshotsOptions {
  pool: pg.Pool;
  county: string;
  timeZone: string;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/**
 * Reads the open world within a reach, with the numbers of both streams, in one REPEATABLE READ transaction.
 * Who asks for one that is being read gets the same one: it says by its number what it does not hold yet.
 */
export class Snapshots {
  readonly #options: SnapshotsOptions;
  readonly #reading = new Map<string, Promise<Snapshot>>();
  #facts: { directoryNo: number; facts: CountyFacts } | null = null;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
  }

  read(reach: Reach): Promise<Snapshot> {
    const key = reachKey(reach);
    const reading = this.#reading.get(key) ?? this.#read(reach).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  async #read(reach: Reach): Promise<Snapshot> {
    const client = await this.#options.pool.connect();
    let broken = true;
    try {
      await client.query('begin isolation level repeatable read read only');
      const snapshot = await this.#gather(client, reach);
      await client.query('commit');
      broken = false;
      return snapshot;
    } finally {
      client.release(broken);
    }
  }

  async #gather(db: Queryable, reach: Reach): Promise<Snapshot> {
    const { county, area } = reach;
    const values = reachValues(reach);
    const no = await readChangeHead(db, county);
    const directoryNo = await readDirectoryNo(db, county);
    return {
      no,
      directoryNo,
      at: this.#options.clock(),
      county: await this.#countyFacts(db, directoryNo),
      units: await listChainUnits(db, { county, area, ...values }),
      places: await listPlaces(db, { county, areaPattern: values.areaPattern }),
      ...(await listOpenRecords(db, { county, area, ...values })),
      workflows: await workflowsInUse(db, county),
    };
  }

  /** Counted once a directory number: the number was read in the same transaction, so they belong together. */
  async #countyFacts(db: Queryable, directoryNo: number): Promise<CountyFacts> {
    if (this.#facts?.directoryNo === directoryNo) return this.#facts.facts;
    const { county, timeZone } = this.#options;
    const read = await readCountyFacts(db, county);
    if (read === null) throw new Error(`the database holds no county ${county}`);
    const border = await readBaseMap(db, { county, name: 'county' });
    const drawn = border === null ? null : boundsOfGeojson(JSON.parse(border));
    const bounds = drawn ?? read.bounds ?? [0, 0, 0, 0];
    const counts = unitLevels.map((level) => [level, read.unitCounts[level] ?? 0]);
    const facts: CountyFacts = {
      ...read,
      timeZone,
      bounds,
      unitCounts: Object.fromEntries(counts) as CountyFacts['unitCounts'],
    };
    this.#facts = { directoryNo, facts };
    return facts;
  }
}
