-- What the city tells: written by one, released by another, kept in versions. Read by everybody without signing in.

create table announcements (
  announcement_id bigint generated always as identity primary key,
  kind text not null check (kind in ('bulletin', 'policy', 'guide', 'question')),
  division_code text not null references divisions (code),
  made_by bigint not null references operators,
  made_at timestamptz not null,
  request_id uuid not null,
  withdrawn_at timestamptz,
  withdrawn_by bigint references operators,
  withdrawal_reason_zh text check (length(withdrawal_reason_zh) between 2 and 300),
  withdrawal_reason_en text check (length(withdrawal_reason_en) between 2 and 600),
  unique (made_by, request_id),
  check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason_zh) in (0, 3))
);
comment on table announcements is 'A notice, policy, guide, or question with its answer. Withdrawn ones stay and say why';

create table announcement_versions (
  announcement_id bigint not null references announcements on delete cascade,
  version integer not null check (version > 0),
  state text not null check (state in ('draft', 'proposed', 'released')),
  -- One more with every save: the later of two editors sees that somebody was there
  revision integer not null default 1 check (revision > 0),
  title_zh text not null check (length(title_zh) between 1 and 120),
  title_en text not null check (length(title_en) <= 240),
  body_zh text not null check (length(body_zh) <= 40000),
  body_en text not null check (length(body_en) <= 80000),
  -- Made of the bodies when they are saved, sanitised; what readers get
  html_zh text not null,
  html_en text not null,
  issued_by_zh text not null check (length(issued_by_zh) <= 120),
  issued_by_en text not null check (length(issued_by_en) <= 240),
  number text check (length(number) between 1 and 80),
  issued_on date not null,
  source_url text check (source_url ~ '^https?://' and length(source_url) <= 500),
  urgent boolean not null,
  audience text not null check (audience in ('everybody', 'districts', 'venue_kinds', 'operators')),
  division_codes text[] not null default '{}',
  venue_kinds text[] not null default '{}',
  publish_at timestamptz,
  expires_at timestamptz,
  -- Of a policy: what it asks of whom (packages/domain announcement/policy)
  policy_rows jsonb not null default '[]' check (jsonb_typeof(policy_rows) = 'array'),
  change_note_zh text check (length(change_note_zh) between 2 and 300),
  change_note_en text check (length(change_note_en) between 2 and 600),
  send_texts boolean not null default false check (not send_texts or urgent and audience = 'everybody'),
  edited_by bigint not null references operators,
  edited_at timestamptz not null,
  proposal_id bigint references proposals,
  released_by bigint references operators,
  released_at timestamptz,
  primary key (announcement_id, version),
  check ((audience = 'districts') = (cardinality(division_codes) > 0)),
  check ((audience = 'venue_kinds') = (cardinality(venue_kinds) > 0)),
  check (expires_at is null or publish_at is null or expires_at > publish_at),
  check ((state = 'released') = (released_at is not null)),
  check (num_nonnulls(released_by, released_at) in (0, 2)),
  check (released_by is null or released_by <> edited_by)
);
create unique index announcement_versions_open on announcement_versions (announcement_id) where state <> 'released';
comment on table announcement_versions is 'The texts of an announcement, one open version at most; a released one never changes';

create table announcement_files (
  file_id uuid primary key,
  announcement_id bigint not null references announcements on delete cascade,
  number smallint not null check (number between 1 and 20),
  kind text not null check (kind in ('picture', 'pdf')),
  name text not null check (length(name) between 1 and 120),
  content bytea not null,
  added_by bigint not null references operators,
  added_at timestamptz not null,
  request_id uuid not null,
  unique (announcement_id, number),
  unique (added_by, request_id)
);
comment on table announcement_files is 'Pictures, drawn anew, and PDF files without anything that runs, of an announcement';

create index announcement_versions_released on announcement_versions (announcement_id, version desc) where state = 'released';

create table announcement_texts (
  announcement_id bigint not null,
  version integer not null,
  state text not null check (state in ('running', 'stopped', 'dropped', 'done')),
  -- Accounts up to this one had their turn
  after_account bigint not null default 0,
  total integer not null check (total >= 0),
  sent integer not null default 0 check (sent >= 0),
  failed integer not null default 0 check (failed >= 0),
  -- Of the last day on which any went out: what the provider takes in a day is counted by it
  sent_on date,
  sent_that_day integer not null default 0 check (sent_that_day >= 0),
  due_at timestamptz not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  stopped_by bigint references operators,
  stop_reason text check (length(stop_reason) between 2 and 300),
  primary key (announcement_id, version),
  foreign key (announcement_id, version) references announcement_versions (announcement_id, version),
  check ((state = 'running') = (ended_at is null)),
  check ((state = 'stopped') = (stopped_by is not null))
);
create index announcement_texts_running on announcement_texts (due_at) where state = 'running';
comment on table announcement_texts is 'The wave of text messages of a release, and how far it is';

alter table proposals add column announcement_id bigint references announcements,
  drop constraint proposals_kind_check,
  add constraint proposals_kind_check check (kind in ('finding.add', 'finding.end', 'zone.lift', 'import.apply', 'import.undo',
    'ruleset.publish', 'ruleset.call_off', 'case.open', 'case.expose', 'case.undo', 'exposure.drop', 'announcement.release')),
  drop constraint proposals_one_subject,
  add constraint proposals_one_subject
    check (num_nonnulls(person_id, zone_id, import_id, draft_id, ruleset_id, case_id, announcement_id) = 1),
  add constraint proposals_announcement check ((announcement_id is not null) = (kind = 'announcement.release'));
create unique index proposals_announcement on proposals (announcement_id) where state = 'open' and announcement_id is not null;

grant select, insert, delete on announcements, announcement_versions, announcement_files, announcement_texts to jkb_app;
grant update (withdrawn_at, withdrawn_by, withdrawal_reason_zh, withdrawal_reason_en) on announcements to jkb_app;
grant update on announcement_versions to jkb_app;
grant update (state, after_account, sent, failed, sent_on, sent_that_day, due_at, ended_at, stopped_by, stop_reason) on announcement_texts to jkb_app;
grant usage on sequence announcements_announcement_id_seq to jkb_app;
