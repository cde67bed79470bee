/**
 * The end of a statement that begins with `changed (name)`, the accounts that it changed: their sessions are over, and
 * every web process closes their sockets, and those of their tokens (channel `fenghuo_session`).
 */
export const endSessionsOfChanged = `
  , gone as (
    delete from fenghuo.session s using changed where s.account = changed.name returning s.token_hash
  )
  select count(pg_notify('fenghuo_session', encode(token_hash, 'hex'))) from (
    select token_hash from gone
    union all select t.token_hash from fenghuo.api_token t join changed on t.account = changed.name
    where t.revoked_at is null
  ) as closed`;
