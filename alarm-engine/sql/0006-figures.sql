-- Indexes for the figures that every wall shows. Crash window: none; one transaction.

-- Tickets closed today, among all there ever were.
create index ticket_by_closed on fenghuo.ticket (county, closed_at) where closed_at is not null;
