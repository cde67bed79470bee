import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type EstateCounty, estateCounty } from '@fenghuo/contracts/estate.ts';
import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { OnProgress } from '../startup-progress.ts';
import { type CopyContext, type CopyTarget, copyLine, startCopy } from '../store/copy-rows.ts';
import { insertBaseMap } from '../store/sql/insert-base-map.ts';
import { EstateErrors } from './estate-errors.ts';
import { describeIssue, parseJson, readEstateLines } from './estate-lines.ts';

const rowFiles = ['areas', 'buildings', 'devices', 'units', 'people'] as const;
const baseMapLayers = ['land', 'county', 'neighbours', 'townships'] as const;
const featureCollection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

export interface EstateRows<T> {
  name: (typeof rowFiles)[number];
  schema: z.ZodType<T>;
  check: (row: T) => string | null;
  target: CopyTarget<T>;
}

/**
 * Loads the files of an estate folder, one after the other, into an open transaction. Rows are copied while
 * the next ones are read; from the first error on, the files are only validated, and the transaction is good
 * for nothing but a rollback.
 */
export class EstateLoad {
  readonly errors = new EstateErrors();
  readonly #client: ClientBase;
  readonly #folder: string;
  readonly #context: CopyContext;
  readonly #onProgress: OnProgress;
  #bytes = 0;
  #bytesRead = 0;

  constructor(options: { client: ClientBase; folder: string; context: CopyContext; onProgress: OnProgress }) {
    this.#client = options.client;
    this.#folder = options.folder;
    this.#context = options.context;
    this.#onProgress = options.onProgress;
  }

  /** Sees whether the files are there, and how much there is to read. */
  async measure(): Promise<void> {
    for (const name of rowFiles) {
      const found = await stat(this.#path(name)).catch(() => null);
      if (found === null) this.errors.add(`${name}.ndjson`, null, 'is missing');
      this.#bytes += found?.size ?? 0;
    }
  }

  /** Returns how many rows were copied. */
  async rows<T>({ name, schema, check, target }: EstateRows<T>): Promise<number> {
    const path = this.#path(name);
    if (!existsSync(path)) return 0;
    const copy = this.errors.count === 0 ? startCopy(this.#client, target.statement) : null;
    const onBytes = (bytes: number) => this.#tell(bytes);
    let copied = 0;
    try {
      for await (const rows of readEstateLines({ path, schema, check, errors: this.errors, onBytes })) {
        if (copy === null || this.errors.count > 0) continue;
        await copy.write(rows.map((row) => copyLine(target.columns(row, this.#context))).join(''));
        copied += rows.length;
      }
      await copy?.end();
    } catch (error) {
      await copy?.abort();
      throw error;
    }
    return copied;
  }

  async baseMap(): Promise<void> {
    for (const name of baseMapLayers) {
      const file = `base-map/${name}.geojson`;
      const geojson = await readFile(join(this.#folder, file), 'utf8').catch(() => null);
      if (geojson === null) this.errors.add(file, null, 'is missing');
      else if (!featureCollection.safeParse(parseJson(geojson)).success)
        this.errors.add(file, null, 'is not a GeoJSON FeatureCollection');
      else if (this.errors.count === 0)
        await insertBaseMap(this.#client, { county: this.#context.county, name, geojson });
    }
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.ndjson`);
  }

  #tell(bytes: number): void {
    this.#bytesRead += bytes;
    this.#onProgress('loading the estate', this.#bytesRead / this.#bytes);
  }
}

/** Reads and validates `county.json`; refuses the folder when it is none. */
export async function readEstateCounty(folder: string): Promise<EstateCounty> {
  const errors = new EstateErrors();
  const text = await readFile(join(folder, 'county.json'), 'utf8').catch(() => null);
  const parsed = estateCounty.safeParse(text === null ? undefined : parseJson(text));
  if (parsed.success) return parsed.data;
  if (text === null) errors.add('county.json', null, 'is missing');
  else for (const issue of parsed.error.issues) errors.add('county.json', null, describeIssue(issue));
  throw errors.refusal(folder);
}
