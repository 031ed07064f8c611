-- What a partner's pushes would turn red or yellow beyond the limits waits for headquarters, with nobody greener meanwhile.

create table held_pushes (
  held_push_id bigint generated always as identity primary key,
  partner_id bigint not null references partners,
  batch_id text not null check (length(batch_id) between 1 and 64),
  kind text not null check (kind in ('test_results', 'provincial_codes')),
  -- The limit that it went beyond
  held_for text not null check (held_for in ('batch', 'hour', 'day')),
  -- Who would turn red, who yellow, and who is named by a positive and not registered yet
  red integer not null check (red >= 0),
  yellow integer not null check (yellow >= 0),
  unregistered integer not null check (unregistered >= 0),
  held_at timestamptz not null,
  alarmed_at timestamptz not null,
  state text not null default 'held' check (state in ('held', 'released', 'refused', 'withdrawn')),
  closed_at timestamptz,
  decided_by bigint references operators,
  decision_reason text check (length(decision_reason) between 2 and 500),
  unique (partner_id, batch_id),
  check ((state = 'held') = (closed_at is null)),
  check ((state in ('released', 'refused')) = (decided_by is not null)),
  check ((decided_by is null) = (decision_reason is null))
);
create index held_pushes_waiting on held_pushes (alarmed_at) where state = 'held';
create index held_pushes_closed on held_pushes (closed_at) where closed_at is not null;
comment on table held_pushes is 'Parts of partners'' batches that would turn many people red or yellow: headquarters releases or refuses them; withdrawn where the partner took all of it back';

create table held_rows (
  held_row_id bigint generated always as identity primary key,
  held_push_id bigint not null references held_pushes on delete cascade,
  partner_id bigint not null references partners,
  -- Of the result at its laboratory; null for codes
  number text check (length(number) between 1 and 64),
  -- As read: blind indexes instead of documents
  content jsonb not null,
  document_indexes bytea[] not null,
  -- Until the push is decided, or the partner says something else under the number
  waiting boolean not null default true
);
create index held_rows_push on held_rows (held_push_id, held_row_id);
create unique index held_rows_number on held_rows (partner_id, number) where waiting and number is not null;
create index held_rows_documents on held_rows using gin (document_indexes) where waiting;
comment on table held_rows is 'The rows of a held push, as they are taken when it is released';

create table person_floors (
  person_id bigint not null references persons,
  held_push_id bigint not null references held_pushes on delete cascade,
  -- As in status_current
  colour smallint not null check (colour between 0 and 3),
  since timestamptz not null,
  primary key (person_id, held_push_id)
);
create index person_floors_push on person_floors (held_push_id);
comment on table person_floors is 'The colour than which nobody turns greener while something about them waits for headquarters';

alter table partner_batches add column worsened integer not null default 0 check (worsened >= 0);
create index partner_batches_worsened on partner_batches (partner_id, received_at) where worsened > 0;
comment on column partner_batches.worsened is 'Persons whom the batch turned red or yellow: counted against the limits of the hour and the day';

grant select, insert, delete on held_pushes, held_rows, person_floors to jkb_app;
grant update (alarmed_at, state, closed_at, decided_by, decision_reason) on held_pushes to jkb_app;
grant update (waiting) on held_rows to jkb_app;
grant usage on sequence held_pushes_held_push_id_seq, held_rows_held_row_id_seq to jkb_app;
