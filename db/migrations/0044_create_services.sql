-- What the city serves: the grid of services as one document with versions, the directory of places, and what was handed to modules
-- of others.

create table service_lists (
  version integer generated always as identity primary key,
  state text not null check (state in ('draft', 'proposed', 'released', 'dropped')),
  -- One more with every save: the later of two editors sees that somebody was there
  revision integer not null default 1 check (revision > 0),
  -- packages/domain service/service
  services jsonb not null check (jsonb_typeof(services) = 'array'),
  change_note text check (length(change_note) between 2 and 300),
  edited_by bigint not null references operators,
  edited_at timestamptz not null,
  proposal_id bigint references proposals,
  released_by bigint references operators,
  released_at timestamptz,
  check ((state = 'released') = (released_at is not null)),
  check (num_nonnulls(released_by, released_at) in (0, 2)),
  check (released_by is null or released_by <> edited_by)
);
create unique index service_lists_open on service_lists ((true)) where state in ('draft', 'proposed');
create index service_lists_released on service_lists (version desc) where state = 'released';
comment on table service_lists is 'The services of the app, all in one version; the last released one counts. Kept for good';

create table service_stops (
  service_key text primary key check (length(service_key) between 2 and 40),
  reason text not null check (length(reason) between 2 and 300),
  stopped_by bigint not null references operators,
  stopped_at timestamptz not null
);
comment on table service_stops is 'Services that one person took out at once; gone when somebody lets them in again, the audit log keeps both';

create table service_checks (
  service_key text primary key check (length(service_key) between 2 and 40),
  url text not null,
  -- Checks in a row that failed; from the second on the service counts as failing
  failures integer not null default 0 check (failures >= 0),
  checked_at timestamptz not null,
  working_at timestamptz
);
comment on table service_checks is 'How the own check of each service ended last; a row is gone with its service';

create table service_grants (
  grant_id uuid primary key,
  account_id bigint not null references accounts,
  person_id bigint not null references persons,
  service_key text not null check (length(service_key) between 2 and 40),
  -- What the person agreed to, for this once
  scopes text[] not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > granted_at),
  redeemed_at timestamptz,
  request_id uuid not null,
  unique (account_id, request_id)
);
create index service_grants_of_person on service_grants (account_id, granted_at desc);
create index service_grants_granted on service_grants (granted_at);
comment on table service_grants is 'What a person let a module of others have, and whether it was fetched; kept for 180 days';

create table directory_places (
  place_id bigint generated always as identity primary key,
  kind text not null check (kind in ('hospital', 'fever_clinic', 'vaccination', 'community')),
  division_code text not null references divisions (code),
  name_zh text not null check (length(name_zh) between 1 and 120),
  name_en text not null check (length(name_en) <= 240),
  address text not null check (length(address) between 1 and 200),
  hours_zh text not null check (length(hours_zh) between 1 and 200),
  hours_en text not null check (length(hours_en) <= 400),
  telephone text check (telephone ~ '^\+?[0-9][0-9-]{2,23}$'),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  state text not null default 'open' check (state in ('open', 'closed', 'gone')),
  revision integer not null default 1 check (revision > 0),
  made_by bigint not null references operators,
  changed_at timestamptz not null,
  request_id uuid not null,
  unique (made_by, request_id),
  check (num_nonnulls(latitude, longitude) in (0, 2))
);
create index directory_places_listed on directory_places (kind, division_code) where state <> 'gone';
comment on table directory_places is 'Hospitals, fever clinics, vaccination sites and community contacts, as offices keep them; kept for good';

alter table proposals add column service_version integer references service_lists,
  drop constraint proposals_kind_check,
  add constraint proposals_kind_check check (kind in ('finding.add', 'finding.end', 'zone.lift', 'import.apply', 'import.undo',
    'ruleset.publish', 'ruleset.call_off', 'case.open', 'case.expose', 'case.undo', 'exposure.drop', 'announcement.release',
    'services.release')),
  drop constraint proposals_one_subject,
  add constraint proposals_one_subject
    check (num_nonnulls(person_id, zone_id, import_id, draft_id, ruleset_id, case_id, announcement_id, service_version) = 1),
  add constraint proposals_services check ((service_version is not null) = (kind = 'services.release'));
create unique index proposals_services_open on proposals (service_version) where state = 'open' and service_version is not null;

grant select, insert on service_lists, service_grants, directory_places to jkb_app;
grant update on service_lists, directory_places to jkb_app;
grant select, insert, delete on service_stops to jkb_app;
grant select, insert, update, delete on service_checks to jkb_app;
grant update (redeemed_at) on service_grants to jkb_app;
grant delete on service_grants to jkb_app;
