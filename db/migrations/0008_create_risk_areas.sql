-- Areas rated by the authorities, each with its dates: from a feed, later from files. Where somebody stayed is held
-- against them, now and whenever the list changes.

create table risk_areas (
  area_id bigint generated always as identity primary key,
  division_code text not null,
  name text not null,
  level text not null check (level in ('high', 'medium', 'low')),
  valid_from timestamptz not null,
  -- null while it stands
  valid_to timestamptz,
  source text not null,
  -- of the area at its source; absent for what was entered here
  source_id text,
  created_at timestamptz not null default now(),
  unique (source, source_id),
  check (valid_to >= valid_from)
);
comment on table risk_areas is 'Areas with a risk level and the dates between which it stands';

grant select, insert, update on risk_areas to jkb_app;
grant select on risk_areas to jkb_readonly;
