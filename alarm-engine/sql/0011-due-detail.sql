-- What firing a due item needs besides its subject. Crash window: none; one statement.
alter table fenghuo.due add column detail jsonb;
