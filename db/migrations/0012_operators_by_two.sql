-- Nobody makes, widens or resets an operator alone: it is proposed by one administrator and decided by another, or by
-- headquarters. Whoever has just begun decides nothing for a day.

alter table operators add column decides_from timestamptz;
comment on column operators.decides_from is 'Decides no proposal before; null: always may';

create table operator_changes (
  change_id bigint generated always as identity primary key,
  kind text not null check (kind in ('create', 'change', 'reset')),
  -- Null while somebody new is only proposed
  operator_id bigint references operators,
  username text not null,
  -- Names, roles, division and whether active, as they will be
  payload jsonb not null,
  reason text not null check (length(reason) between 1 and 500),
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'expired', 'withdrawn')),
  proposed_by bigint not null references operators,
  proposed_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > proposed_at),
  decided_by bigint references operators check (decided_by <> proposed_by),
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) between 1 and 500),
  -- Half of the activation code, which its maker has; gone once it is decided
  first_half_encrypted bytea,
  -- Kinds of what was unusual about the decision
  alarms text[] not null default '{}',
  request_id uuid not null unique,
  check (kind = 'create' or operator_id is not null),
  check (state in ('approved', 'rejected') = (decided_by is not null)),
  check (state = 'open' or first_half_encrypted is null)
);
comment on table operator_changes is 'Accounts and rights of operators, each proposed by one and decided by another';
-- One at a time about an operator, and about a name.
create unique index operator_changes_open_operator on operator_changes (operator_id) where state = 'open';
create unique index operator_changes_open_username on operator_changes (username) where state = 'open';
create index operator_changes_made on operator_changes (operator_id, proposed_by) where state = 'approved';

-- With which browser and from where an operator signed in, for a week: two accounts in one hand are seen by it.
create table operator_browsers (
  operator_id bigint not null references operators,
  browser_hash bytea not null check (octet_length(browser_hash) = 32),
  address text not null,
  used_at timestamptz not null,
  primary key (operator_id, browser_hash, address)
);
create index operator_browsers_browser on operator_browsers (browser_hash);
create index operator_browsers_address on operator_browsers (address);
create index operator_browsers_used on operator_browsers (used_at);
comment on table operator_browsers is 'Browsers and addresses by which operators signed in; kept for a week';

grant select, insert on operator_changes to jkb_app;
grant update (state, operator_id, decided_by, decided_at, decision_reason, first_half_encrypted, alarms) on operator_changes to jkb_app;
grant usage on sequence operator_changes_change_id_seq to jkb_app;
grant select, insert, update, delete on operator_browsers to jkb_app;
