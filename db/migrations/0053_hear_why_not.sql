-- Whoever a round asks for and who can not come says why; their community reads it beside the name and decides.
create table round_statements (
  round_id bigint not null references test_rounds on delete cascade,
  person_id bigint not null,
  reason text not null check (reason in ('sampled_elsewhere', 'away', 'medical', 'not_living_there')),
  note_encrypted bytea,
  said_by bigint not null references accounts,
  said_at timestamptz not null,
  primary key (round_id, person_id)
);
grant select, insert, update, delete on round_statements to jkb_app;
