-- What providers cost, by day: so a budget holds over all processes, and a restart forgets nothing. No person is in it.
create table provider_days (
  provider text not null,
  day date not null,
  units bigint not null default 0 check (units >= 0),
  -- In ten-thousandths of a yuan: a text costs as little as 0.0325.
  cost bigint not null default 0 check (cost >= 0),
  -- How often it answered after the provider before it had failed, and when it last did.
  took_over integer not null default 0 check (took_over >= 0),
  took_over_at timestamptz,
  -- Receipts of texts.
  delivered integer not null default 0 check (delivered >= 0),
  undelivered integer not null default 0 check (undelivered >= 0),
  primary key (provider, day)
);
comment on table provider_days is 'Each provider by Shanghai day: units billed, their cost, how often it took over, receipts';

grant select, insert, update on provider_days to jkb_app;
grant select on provider_days to jkb_readonly;
