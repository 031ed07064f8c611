-- A broken or mislabelled tube: its people go together into another one, proposed by one sampler, confirmed by a second.

alter table tubes add column moved_to bigint references tubes, add constraint tubes_moved check (moved_to is null or result is null and received_at is null);
comment on column tubes.moved_to is 'Broken or mislabelled: everybody is in this one now';

create table tube_moves (
  move_id bigint generated always as identity primary key,
  tube_id bigint not null references tubes,
  to_barcode text not null check (to_barcode ~ '^[0-9]{10,16}$'),
  to_tube_id bigint references tubes,
  reason text not null check (reason in ('broken', 'mislabelled')),
  -- As counted in the hand of whoever proposed
  count smallint not null check (count between 1 and 20),
  state text not null default 'open' check (state in ('open', 'confirmed', 'refused')),
  proposed_by bigint not null references operators,
  proposed_at timestamptz not null,
  decided_by bigint references operators,
  decided_at timestamptz,
  request_id uuid not null unique,
  check ((state = 'open') = (decided_at is null)),
  check ((decided_by is null) = (decided_at is null)),
  check ((state = 'confirmed') = (to_tube_id is not null)),
  check (state <> 'confirmed' or decided_by <> proposed_by)
);
create unique index tube_moves_open on tube_moves (tube_id) where state = 'open';
create unique index tube_moves_to on tube_moves (to_barcode) where state <> 'refused';
create index tube_moves_tube on tube_moves (tube_id);
create index tube_moves_to_tube on tube_moves (to_tube_id) where to_tube_id is not null;
create index tubes_moved_to on tubes (moved_to) where moved_to is not null;
comment on table tube_moves is 'People of one tube moved together into another; deleted with the tube';

grant select, insert, delete on tube_moves to jkb_app;
grant update (state, to_tube_id, decided_by, decided_at) on tube_moves to jkb_app;
grant update (moved_to) on tubes to jkb_app;
grant update (tube_id) on samples to jkb_app;
grant usage on sequence tube_moves_move_id_seq to jkb_app;
