import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';

/** What a statement needs of the database: a pool, or one connection inside a transaction. */
export interface Queryable {
  query<R extends QueryResultRow>(
    statement: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<R>>;
}
