import type { QuarantineFilter } from '@fenghuo/contracts/quarantine.ts';

/**
 * The messages that a filter selects, as a condition on `fenghuo.quarantine` whose parameters are `$1` to `$7`
 * ({@link filterValues}). Topics are searched for the text as it is.
 */
export const filterCondition = `
  county = $1
  and ($2::text is null or reason = $2)
  and ($3::text is null or source = $3 or principal = $3)
  and ($4::text is null or position($4 in topic) > 0)
  and ($5::float8 is null or received_at >= to_timestamp($5 / 1000))
  and ($6::float8 is null or received_at < to_timestamp($6 / 1000))
  and ($7::text is null or coalesce(outcome, 'untried') = $7)`;

export function filterValues(county: string, filter: QuarantineFilter): unknown[] {
  const { reason, source, topic, from, to, outcome } = filter;
  return [county, reason ?? null, source ?? null, topic ?? null, from ?? null, to ?? null, outcome ?? null];
}

/** The columns of a message as the contract words them. */
export const messageColumns = `
  no::float8 as no, (extract(epoch from received_at) * 1000)::float8 as at, reason, source, principal, topic,
  retained, translate(encode(bytes, 'base64'), E'\\n', '') as "bytesBase64", detail,
  coalesce(outcome, 'untried') as outcome, outcome_detail as "outcomeDetail", asked_by as "askedBy",
  (extract(epoch from asked_at) * 1000)::float8 as "askedAt",
  (extract(epoch from tried_at) * 1000)::float8 as "triedAt"`;
