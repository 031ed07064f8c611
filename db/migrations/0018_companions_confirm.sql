-- Who is named as a companion at a door says on their own phone whether they are there.

create table companion_requests (
  companion_request_id uuid primary key,
  -- Who named them, in which scan and as which of the companions
  account_id bigint not null references accounts,
  request_id uuid not null,
  ordinal smallint not null,
  person_id bigint not null references persons,
  venue_code_id text not null references venue_codes,
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  answer text check (answer in ('confirmed', 'refused')),
  answered_at timestamptz,
  -- What the door said of them once they were there, for whoever named them
  result jsonb,
  unique (account_id, request_id, ordinal),
  check ((answer is null) = (answered_at is null)),
  check ((answer = 'confirmed') = (result is not null))
);
create index companion_requests_person on companion_requests (person_id, asked_at desc);
create index companion_requests_expiry on companion_requests (expires_at);
comment on table companion_requests is 'Companions named at a door: each look-up once, and what people with a phone of their own answer; a day long';
grant select, insert, update, delete on companion_requests to jkb_app;
