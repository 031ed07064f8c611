-- A tube that was sealed and never arrives is said once.

alter table tubes add column missed_at timestamptz;
comment on column tubes.missed_at is 'When the alarm was raised that it had not arrived';
create index tubes_not_arrived on tubes (sealed_at) where received_at is null and missed_at is null and sealed_at is not null;

grant update (missed_at) on tubes to jkb_app;
