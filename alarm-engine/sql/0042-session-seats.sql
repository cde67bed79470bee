-- The seat of a room at which a session sits, such as 席位 2: said once by whoever signed in, shown to the other seats.
-- Crash window: none; one statement, one transaction.
alter table fenghuo.session add column seat text not null default '';
