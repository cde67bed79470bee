-- Accounts of people whom an identity provider vouches for (OpenID Connect): issuer and subject, which never change, joined
-- by a blank. Null: an account with a password. Crash window: none, the account is made in one statement.

alter table fenghuo.account add column identity text unique;
