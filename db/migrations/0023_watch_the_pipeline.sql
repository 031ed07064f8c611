-- What may get lost or wait too long between an outside word and a colour: results nobody met, marks behind a whole city,
-- lists that shrink, codes that grow old, messages nobody read.

-- When it came: a person who registered in the same moment is looked for among the last ones.
alter table unclaimed_results add column created_at timestamptz not null default now();
create index unclaimed_results_created on unclaimed_results (created_at);

-- Findings wait by what the rules still say of them, not by their anchor.
drop index unclaimed_findings_age;

alter table dirty_persons add column priority smallint not null default 0 check (priority in (0, 1));
comment on column dirty_persons.priority is '0: somebody waits for it; 1: one of very many, after all others';
drop index dirty_persons_order;
create index dirty_persons_order on dirty_persons (priority, marked_at);

-- What is there already counts as read.
alter table notices add column read_at timestamptz default now();
alter table notices alter column read_at drop default;
create index notices_unread on notices (account_id) where read_at is null;

alter table risk_area_feeds
  add column state text not null default 'applied' check (state in ('applied', 'held', 'dropped')),
  add column decided_by bigint references operators,
  add column decided_at timestamptz;
comment on column risk_area_feeds.state is 'held: it would lift so many areas that headquarters, or the same list again later, has to confirm it';
create unique index risk_area_feeds_held on risk_area_feeds (source) where state = 'held';

-- How many codes expire when.
create index provincial_codes_observed on provincial_codes (observed_at) where state = 'known';
