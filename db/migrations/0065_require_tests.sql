-- Who has to be tested by when: by the post they work at, by the zone they are in, or because a round missed them.

-- The people of a list are of a post that rules name (cold chain, couriers).
alter table rosters add column post text check (post is null or post ~ '^[a-z][a-z_]{1,39}$' and kind = 'workplace');
create index rosters_post on rosters (post) where post is not null;

create table required_tests (
  required_test_id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  -- One of the two: a key of `requiredTests` of the ruleset, or a round that missed them
  rule text check (length(rule) between 2 and 40),
  round_id bigint references test_rounds on delete cascade,
  ruleset_id text,
  division_code text not null references divisions (code),
  single boolean not null,
  -- A sample counts that was taken after this
  asked_at timestamptz not null,
  due_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'met', 'exempt', 'called_off')),
  state_at timestamptz not null,
  met_at timestamptz,
  exempt_reason text check (length(exempt_reason) between 2 and 200),
  exempted_by bigint references operators,
  proposal_id bigint references proposals,
  check (num_nonnulls(rule, round_id) = 1),
  check ((rule is null) = (ruleset_id is null)),
  check (due_at >= asked_at),
  check ((met_at is not null) = (state = 'met')),
  check (exempt_reason is null or exempted_by is not null)
);
comment on table required_tests is 'Tests that rules and rounds ask of somebody, each with its deadline; a missed one is proposed by people, never by itself';
create unique index required_tests_open on required_tests (person_id, rule) where state = 'open' and rule is not null;
create unique index required_tests_round on required_tests (round_id, person_id) where round_id is not null;
create index required_tests_before on required_tests (person_id, rule, required_test_id desc) where state in ('met', 'exempt');
create index required_tests_division on required_tests (division_code text_pattern_ops, due_at, required_test_id) where state = 'open';
create index required_tests_met on required_tests (state_at) where state = 'met';
create index required_tests_due on required_tests (due_at);
grant select, insert, update, delete on required_tests to jkb_app;
