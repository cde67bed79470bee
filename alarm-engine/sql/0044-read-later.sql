-- When a broadcast was read by a phone that had no network to say so. Crash window: none; it is written with the receipt.

alter table fenghuo.broadcast_unit add column read_done_at timestamptz;
comment on column fenghuo.broadcast_unit.read_done_at is 'true time; null: it was told at once';
