-- A request id that comes again asks for the same, or is refused: one place for every operation that carries one.

create table request_digests (
  -- `citizen:<account>` or `operator:<id>`
  caller text not null,
  operation text not null,
  request_id uuid not null,
  digest bytea not null check (length(digest) = 32),
  made_at timestamptz not null,
  primary key (caller, operation, request_id)
);
create index request_digests_age on request_digests (made_at);
comment on table request_digests is 'Keyed digests of requests by their ids; nothing of a request can be read from them. Forgotten after a week';

grant select, insert, delete on request_digests to jkb_app;
