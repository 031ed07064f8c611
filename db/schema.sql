-- What the migrations add up to: written by a tool from the database's catalog, read by people, run by nobody.
-- The test of db/schema.sql fails when this file is not up to date and says how to renew it.

create sequence ticket_numbers as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 100001 cache 1;

create table accounts (
  account_id bigint generated always as identity not null,
  phone_encrypted bytea not null,
  phone_index bytea not null,
  person_id bigint,
  consent_version text,
  consented_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  number_left_at timestamp with time zone,
  constraint accounts_pkey PRIMARY KEY (account_id),
  constraint accounts_person_id_key UNIQUE (person_id),
  constraint accounts_phone_index_key UNIQUE (phone_index),
  constraint accounts_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint accounts_check CHECK (((person_id IS NULL) = (consent_version IS NULL)))
);
CREATE TRIGGER accounts_field_versions_inserted AFTER INSERT OR DELETE ON public.accounts FOR EACH ROW EXECUTE FUNCTION note_field_versions('account_id', 'phone_encrypted,phone_index,person_id,number_left_at');
CREATE TRIGGER accounts_field_versions_updated AFTER UPDATE OF account_id, phone_encrypted, phone_index, person_id, number_left_at ON public.accounts FOR EACH ROW WHEN (((old.account_id IS DISTINCT FROM new.account_id) OR (old.phone_encrypted IS DISTINCT FROM new.phone_encrypted) OR (old.phone_index IS DISTINCT FROM new.phone_index) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.number_left_at IS DISTINCT FROM new.number_left_at))) EXECUTE FUNCTION note_field_versions('account_id', 'phone_encrypted,phone_index,person_id,number_left_at');

create table admission_policies (
  kind text not null,
  on_green smallint not null,
  on_yellow smallint not null,
  on_red smallint not null,
  on_none smallint not null,
  test_max_age_hours smallint,
  requires_entry_registration boolean not null,
  max_evaluation_age_hours integer not null,
  asks_position boolean default false not null,
  constraint admission_policies_pkey PRIMARY KEY (kind),
  constraint admission_policies_max_evaluation_age_hours_check CHECK ((max_evaluation_age_hours > 0)),
  constraint admission_policies_on_green_check CHECK ((on_green = ANY (ARRAY[1, 3]))),
  constraint admission_policies_on_none_check CHECK ((on_none = 3)),
  constraint admission_policies_on_red_check CHECK ((on_red = ANY (ARRAY[2, 3]))),
  constraint admission_policies_on_yellow_check CHECK ((on_yellow = ANY (ARRAY[2, 3]))),
  constraint admission_policies_test_max_age_hours_check CHECK ((test_max_age_hours = ANY (ARRAY[24, 48, 72])))
);

create table announcement_files (
  file_id uuid not null,
  announcement_id bigint not null,
  number smallint not null,
  kind text not null,
  name text not null,
  content bytea not null,
  added_by bigint not null,
  added_at timestamp with time zone not null,
  request_id uuid not null,
  constraint announcement_files_pkey PRIMARY KEY (file_id),
  constraint announcement_files_added_by_request_id_key UNIQUE (added_by, request_id),
  constraint announcement_files_announcement_id_number_key UNIQUE (announcement_id, number),
  constraint announcement_files_added_by_fkey FOREIGN KEY (added_by) REFERENCES operators(operator_id),
  constraint announcement_files_announcement_id_fkey FOREIGN KEY (announcement_id) REFERENCES announcements(announcement_id) ON DELETE CASCADE,
  constraint announcement_files_kind_check CHECK ((kind = ANY (ARRAY['picture'::text, 'pdf'::text]))),
  constraint announcement_files_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint announcement_files_number_check CHECK (((number >= 1) AND (number <= 20)))
);

create table announcement_texts (
  announcement_id bigint not null,
  version integer not null,
  state text not null,
  after_account bigint default 0 not null,
  total integer not null,
  sent integer default 0 not null,
  failed integer default 0 not null,
  sent_on date,
  sent_that_day integer default 0 not null,
  due_at timestamp with time zone not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  stopped_by bigint,
  stop_reason text,
  constraint announcement_texts_pkey PRIMARY KEY (announcement_id, version),
  constraint announcement_texts_announcement_id_version_fkey FOREIGN KEY (announcement_id, version) REFERENCES announcement_versions(announcement_id, version),
  constraint announcement_texts_stopped_by_fkey FOREIGN KEY (stopped_by) REFERENCES operators(operator_id),
  constraint announcement_texts_check CHECK (((state = 'running'::text) = (ended_at IS NULL))),
  constraint announcement_texts_check1 CHECK (((state = 'stopped'::text) = (stopped_by IS NOT NULL))),
  constraint announcement_texts_failed_check CHECK ((failed >= 0)),
  constraint announcement_texts_sent_check CHECK ((sent >= 0)),
  constraint announcement_texts_sent_that_day_check CHECK ((sent_that_day >= 0)),
  constraint announcement_texts_state_check CHECK ((state = ANY (ARRAY['running'::text, 'stopped'::text, 'dropped'::text, 'done'::text]))),
  constraint announcement_texts_stop_reason_check CHECK (((length(stop_reason) >= 2) AND (length(stop_reason) <= 300))),
  constraint announcement_texts_total_check CHECK ((total >= 0))
);
CREATE INDEX announcement_texts_running ON public.announcement_texts USING btree (due_at) WHERE (state = 'running'::text);

create table announcement_versions (
  announcement_id bigint not null,
  version integer not null,
  state text not null,
  revision integer default 1 not null,
  title_zh text not null,
  title_en text not null,
  body_zh text not null,
  body_en text not null,
  html_zh text not null,
  html_en text not null,
  issued_by_zh text not null,
  issued_by_en text not null,
  number text,
  issued_on date not null,
  source_url text,
  urgent boolean not null,
  audience text not null,
  division_codes text[] default '{}'::text[] not null,
  venue_kinds text[] default '{}'::text[] not null,
  publish_at timestamp with time zone,
  expires_at timestamp with time zone,
  policy_rows jsonb default '[]'::jsonb not null,
  change_note_zh text,
  change_note_en text,
  send_texts boolean default false not null,
  edited_by bigint not null,
  edited_at timestamp with time zone not null,
  proposal_id bigint,
  released_by bigint,
  released_at timestamp with time zone,
  constraint announcement_versions_pkey PRIMARY KEY (announcement_id, version),
  constraint announcement_versions_announcement_id_fkey FOREIGN KEY (announcement_id) REFERENCES announcements(announcement_id) ON DELETE CASCADE,
  constraint announcement_versions_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES operators(operator_id),
  constraint announcement_versions_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint announcement_versions_released_by_fkey FOREIGN KEY (released_by) REFERENCES operators(operator_id),
  constraint announcement_versions_audience_check CHECK ((audience = ANY (ARRAY['everybody'::text, 'districts'::text, 'venue_kinds'::text, 'operators'::text]))),
  constraint announcement_versions_body_en_check CHECK ((length(body_en) <= 80000)),
  constraint announcement_versions_body_zh_check CHECK ((length(body_zh) <= 40000)),
  constraint announcement_versions_change_note_en_check CHECK (((length(change_note_en) >= 2) AND (length(change_note_en) <= 600))),
  constraint announcement_versions_change_note_zh_check CHECK (((length(change_note_zh) >= 2) AND (length(change_note_zh) <= 300))),
  constraint announcement_versions_check CHECK (((NOT send_texts) OR (urgent AND (audience = 'everybody'::text)))),
  constraint announcement_versions_check1 CHECK (((audience = 'districts'::text) = (cardinality(division_codes) > 0))),
  constraint announcement_versions_check2 CHECK (((audience = 'venue_kinds'::text) = (cardinality(venue_kinds) > 0))),
  constraint announcement_versions_check3 CHECK (((expires_at IS NULL) OR (publish_at IS NULL) OR (expires_at > publish_at))),
  constraint announcement_versions_check4 CHECK (((state = 'released'::text) = (released_at IS NOT NULL))),
  constraint announcement_versions_check5 CHECK ((num_nonnulls(released_by, released_at) = ANY (ARRAY[0, 2]))),
  constraint announcement_versions_check6 CHECK (((released_by IS NULL) OR (released_by <> edited_by))),
  constraint announcement_versions_issued_by_en_check CHECK ((length(issued_by_en) <= 240)),
  constraint announcement_versions_issued_by_zh_check CHECK ((length(issued_by_zh) <= 120)),
  constraint announcement_versions_number_check CHECK (((length(number) >= 1) AND (length(number) <= 80))),
  constraint announcement_versions_policy_rows_check CHECK ((jsonb_typeof(policy_rows) = 'array'::text)),
  constraint announcement_versions_revision_check CHECK ((revision > 0)),
  constraint announcement_versions_source_url_check CHECK (((source_url ~ '^https?://'::text) AND (length(source_url) <= 500))),
  constraint announcement_versions_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'released'::text]))),
  constraint announcement_versions_title_en_check CHECK ((length(title_en) <= 240)),
  constraint announcement_versions_title_zh_check CHECK (((length(title_zh) >= 1) AND (length(title_zh) <= 120))),
  constraint announcement_versions_version_check CHECK ((version > 0))
);
CREATE UNIQUE INDEX announcement_versions_open ON public.announcement_versions USING btree (announcement_id) WHERE (state <> 'released'::text);
CREATE INDEX announcement_versions_released ON public.announcement_versions USING btree (announcement_id, version DESC) WHERE (state = 'released'::text);

create table announcements (
  announcement_id bigint generated always as identity not null,
  kind text not null,
  division_code text not null,
  made_by bigint not null,
  made_at timestamp with time zone not null,
  request_id uuid not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by bigint,
  withdrawal_reason_zh text,
  withdrawal_reason_en text,
  constraint announcements_pkey PRIMARY KEY (announcement_id),
  constraint announcements_made_by_request_id_key UNIQUE (made_by, request_id),
  constraint announcements_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint announcements_made_by_fkey FOREIGN KEY (made_by) REFERENCES operators(operator_id),
  constraint announcements_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES operators(operator_id),
  constraint announcements_check CHECK ((num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason_zh) = ANY (ARRAY[0, 3]))),
  constraint announcements_kind_check CHECK ((kind = ANY (ARRAY['bulletin'::text, 'policy'::text, 'guide'::text, 'question'::text]))),
  constraint announcements_withdrawal_reason_en_check CHECK (((length(withdrawal_reason_en) >= 2) AND (length(withdrawal_reason_en) <= 600))),
  constraint announcements_withdrawal_reason_zh_check CHECK (((length(withdrawal_reason_zh) >= 2) AND (length(withdrawal_reason_zh) <= 300)))
);

create table appeal_pictures (
  appeal_id uuid not null,
  number smallint not null,
  media_type text not null,
  content_encrypted bytea not null,
  constraint appeal_pictures_pkey PRIMARY KEY (appeal_id, number),
  constraint appeal_pictures_appeal_id_fkey FOREIGN KEY (appeal_id) REFERENCES appeals(appeal_id) ON DELETE CASCADE,
  constraint appeal_pictures_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
  constraint appeal_pictures_number_check CHECK (((number >= 1) AND (number <= 3)))
);
CREATE TRIGGER appeal_pictures_field_versions_inserted AFTER INSERT OR DELETE ON public.appeal_pictures FOR EACH ROW EXECUTE FUNCTION note_field_versions('appeal_id,number', 'content_encrypted');
CREATE TRIGGER appeal_pictures_field_versions_updated AFTER UPDATE OF appeal_id, number, content_encrypted ON public.appeal_pictures FOR EACH ROW WHEN (((old.appeal_id IS DISTINCT FROM new.appeal_id) OR (old.number IS DISTINCT FROM new.number) OR (old.content_encrypted IS DISTINCT FROM new.content_encrypted))) EXECUTE FUNCTION note_field_versions('appeal_id,number', 'content_encrypted');

create table appeal_steps (
  step_id bigint generated always as identity not null,
  appeal_id uuid not null,
  at timestamp with time zone not null,
  step text not null,
  operator_id bigint,
  note_encrypted bytea,
  constraint appeal_steps_pkey PRIMARY KEY (step_id),
  constraint appeal_steps_appeal_id_fkey FOREIGN KEY (appeal_id) REFERENCES appeals(appeal_id) ON DELETE CASCADE,
  constraint appeal_steps_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint appeal_steps_step_check CHECK ((step = ANY (ARRAY['submitted'::text, 'taken'::text, 'handed_over'::text, 'escalated'::text, 'proposed'::text, 'reopened'::text, 'upheld'::text, 'refused'::text, 'answered'::text, 'withdrawn'::text])))
);
CREATE INDEX appeal_steps_appeal ON public.appeal_steps USING btree (appeal_id, step_id);
CREATE TRIGGER appeal_steps_field_versions_inserted AFTER INSERT OR DELETE ON public.appeal_steps FOR EACH ROW EXECUTE FUNCTION note_field_versions('step_id', 'note_encrypted');
CREATE TRIGGER appeal_steps_field_versions_updated AFTER UPDATE OF step_id, note_encrypted ON public.appeal_steps FOR EACH ROW WHEN (((old.step_id IS DISTINCT FROM new.step_id) OR (old.note_encrypted IS DISTINCT FROM new.note_encrypted))) EXECUTE FUNCTION note_field_versions('step_id', 'note_encrypted');

create table appeals (
  appeal_id uuid not null,
  account_id bigint not null,
  person_id bigint not null,
  request_id uuid not null,
  category text not null,
  statement_encrypted bytea not null,
  contact_phone_encrypted bytea not null,
  division_code text not null,
  state text not null,
  submitted_at timestamp with time zone not null,
  handled_by bigint,
  proposal_id bigint,
  answer_encrypted bytea,
  ended_at timestamp with time zone,
  constraint appeals_pkey PRIMARY KEY (appeal_id),
  constraint appeals_account_id_request_id_key UNIQUE (account_id, request_id),
  constraint appeals_proposal_id_key UNIQUE (proposal_id),
  constraint appeals_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint appeals_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint appeals_handled_by_fkey FOREIGN KEY (handled_by) REFERENCES operators(operator_id),
  constraint appeals_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint appeals_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint appeals_category_check CHECK (((length(category) >= 1) AND (length(category) <= 100))),
  constraint appeals_check CHECK (((state <> 'proposed'::text) OR (proposal_id IS NOT NULL))),
  constraint appeals_check1 CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['upheld'::text, 'refused'::text, 'answered'::text, 'withdrawn'::text])))),
  constraint appeals_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'in_progress'::text, 'proposed'::text, 'upheld'::text, 'refused'::text, 'answered'::text, 'withdrawn'::text])))
);
CREATE INDEX appeals_account ON public.appeals USING btree (account_id, submitted_at DESC);
CREATE INDEX appeals_division ON public.appeals USING btree (division_code text_pattern_ops, submitted_at DESC, appeal_id DESC);
CREATE INDEX appeals_ended ON public.appeals USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX appeals_open ON public.appeals USING btree (person_id, category) WHERE (state = ANY (ARRAY['submitted'::text, 'in_progress'::text, 'proposed'::text]));
CREATE INDEX appeals_person ON public.appeals USING btree (person_id);
CREATE TRIGGER appeals_field_versions_inserted AFTER INSERT OR DELETE ON public.appeals FOR EACH ROW EXECUTE FUNCTION note_field_versions('appeal_id', 'statement_encrypted,contact_phone_encrypted,answer_encrypted');
CREATE TRIGGER appeals_field_versions_updated AFTER UPDATE OF appeal_id, statement_encrypted, contact_phone_encrypted, answer_encrypted ON public.appeals FOR EACH ROW WHEN (((old.appeal_id IS DISTINCT FROM new.appeal_id) OR (old.statement_encrypted IS DISTINCT FROM new.statement_encrypted) OR (old.contact_phone_encrypted IS DISTINCT FROM new.contact_phone_encrypted) OR (old.answer_encrypted IS DISTINCT FROM new.answer_encrypted))) EXECUTE FUNCTION note_field_versions('appeal_id', 'statement_encrypted,contact_phone_encrypted,answer_encrypted');

create table audit_entries (
  audit_id bigint generated always as identity not null,
  occurred_at timestamp with time zone default clock_timestamp() not null,
  actor_kind text not null,
  actor_id text,
  action text not null,
  object_kind text not null,
  object_id text,
  purpose text,
  details jsonb default '{}'::jsonb not null,
  request_id text,
  constraint audit_entries_pkey PRIMARY KEY (audit_id),
  constraint audit_entries_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['operator'::text, 'citizen'::text, 'device'::text, 'partner'::text, 'system'::text, 'command'::text])))
);
CREATE INDEX audit_entries_actor ON public.audit_entries USING btree (actor_kind, actor_id, audit_id DESC);
CREATE INDEX audit_entries_object ON public.audit_entries USING btree (object_kind, object_id, audit_id DESC);
CREATE INDEX audit_entries_person ON public.audit_entries USING btree (((details ->> 'personId'::text)), audit_id DESC) WHERE (details ? 'personId'::text);
CREATE INDEX audit_entries_persons ON public.audit_entries USING gin (((details -> 'persons'::text))) WHERE (details ? 'persons'::text);
CREATE INDEX audit_entries_time ON public.audit_entries USING btree (occurred_at);
CREATE TRIGGER audit_entries_transaction_id BEFORE INSERT ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION take_transaction_id();

create table audit_seal_leaves (
  sequence bigint not null,
  leaves bytea not null,
  constraint audit_seal_leaves_pkey PRIMARY KEY (sequence),
  constraint audit_seal_leaves_sequence_fkey FOREIGN KEY (sequence) REFERENCES audit_seals(sequence)
);

create table audit_seals (
  sequence bigint not null,
  from_id bigint not null,
  to_id bigint not null,
  entry_count integer not null,
  entries_hash bytea not null,
  previous_hash bytea not null,
  sealed_at timestamp(3) with time zone not null,
  key_id integer not null,
  signature bytea not null,
  constraint audit_seals_pkey PRIMARY KEY (sequence),
  constraint audit_seals_from_id_key UNIQUE (from_id),
  constraint audit_seals_to_id_key UNIQUE (to_id),
  constraint audit_seals_check CHECK ((to_id >= from_id)),
  constraint audit_seals_entries_hash_check CHECK ((octet_length(entries_hash) = 32)),
  constraint audit_seals_entry_count_check CHECK ((entry_count > 0)),
  constraint audit_seals_from_id_check CHECK ((from_id > 0)),
  constraint audit_seals_previous_hash_check CHECK ((octet_length(previous_hash) = 32)),
  constraint audit_seals_sequence_check CHECK ((sequence > 0)),
  constraint audit_seals_signature_check CHECK ((octet_length(signature) = 64))
);

create table audit_verifications (
  verification_id uuid not null,
  requested_by bigint not null,
  requested_at timestamp with time zone not null,
  state text default 'waiting'::text not null,
  seals_total bigint default 0 not null,
  seals_done bigint default 0 not null,
  entries_done bigint default 0 not null,
  beat_at timestamp with time zone,
  finished_at timestamp with time zone,
  problem_count integer default 0 not null,
  problems jsonb default '[]'::jsonb not null,
  constraint audit_verifications_pkey PRIMARY KEY (verification_id),
  constraint audit_verifications_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES operators(operator_id),
  constraint audit_verifications_check CHECK (((finished_at IS NOT NULL) = (state = ANY (ARRAY['passed'::text, 'failed'::text, 'broken'::text])))),
  constraint audit_verifications_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'passed'::text, 'failed'::text, 'broken'::text])))
);
CREATE UNIQUE INDEX audit_verifications_open ON public.audit_verifications USING btree ((true)) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX audit_verifications_requested ON public.audit_verifications USING btree (requested_at DESC);

create table backups (
  label text not null,
  kind text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  bytes bigint not null,
  is_faulty boolean not null,
  noted_at timestamp with time zone default now() not null,
  constraint backups_pkey PRIMARY KEY (label),
  constraint backups_bytes_check CHECK ((bytes >= 0)),
  constraint backups_check CHECK ((ended_at >= started_at)),
  constraint backups_kind_check CHECK ((kind = ANY (ARRAY['full'::text, 'diff'::text, 'incr'::text]))),
  constraint backups_label_check CHECK (((length(label) >= 1) AND (length(label) <= 64)))
);

create table board_days (
  area_code text not null,
  on_day date not null,
  people jsonb not null,
  constraint board_days_pkey PRIMARY KEY (area_code, on_day),
  constraint board_days_people_check CHECK ((jsonb_typeof(people) = 'object'::text))
);

create table board_marks (
  marked_at timestamp with time zone not null,
  visits_on date not null,
  visits_block bigint not null,
  constraint board_marks_pkey PRIMARY KEY (marked_at),
  constraint board_marks_visits_block_check CHECK ((visits_block >= 0))
);

create table board_pictures (
  area_code text not null,
  counted_at timestamp with time zone not null,
  slowly_counted_at timestamp with time zone not null,
  slow jsonb not null,
  form smallint not null,
  picture jsonb not null,
  constraint board_pictures_pkey PRIMARY KEY (area_code),
  constraint board_pictures_picture_check CHECK ((jsonb_typeof(picture) = 'object'::text)),
  constraint board_pictures_slow_check CHECK ((jsonb_typeof(slow) = 'object'::text))
);

create table board_scans (
  minute_at timestamp with time zone not null,
  district_code text not null,
  kind text not null,
  scans integer not null,
  yellow integer not null,
  red integer not null,
  constraint board_scans_pkey PRIMARY KEY (minute_at, district_code, kind),
  constraint board_scans_red_check CHECK ((red >= 0)),
  constraint board_scans_scans_check CHECK ((scans > 0)),
  constraint board_scans_yellow_check CHECK ((yellow >= 0))
);

create table board_walls (
  wall_id uuid not null,
  code_hash bytea,
  key_hash bytea not null,
  next_key_hash bytea,
  begun_at timestamp with time zone not null,
  pairs_until timestamp with time zone not null,
  name text,
  division_code text,
  paired_by bigint,
  paired_at timestamp with time zone,
  rotated_at timestamp with time zone not null,
  seen_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by bigint,
  constraint board_walls_pkey PRIMARY KEY (wall_id),
  constraint board_walls_code_hash_key UNIQUE (code_hash),
  constraint board_walls_key_hash_key UNIQUE (key_hash),
  constraint board_walls_next_key_hash_key UNIQUE (next_key_hash),
  constraint board_walls_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint board_walls_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES operators(operator_id),
  constraint board_walls_paired_by_fkey FOREIGN KEY (paired_by) REFERENCES operators(operator_id),
  constraint board_walls_check CHECK ((num_nonnulls(name, division_code, paired_by, paired_at) = ANY (ARRAY[0, 4]))),
  constraint board_walls_check1 CHECK (((paired_at IS NULL) OR (code_hash IS NULL))),
  constraint board_walls_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);
CREATE INDEX board_walls_age ON public.board_walls USING btree (begun_at) WHERE (paired_at IS NULL);
CREATE INDEX board_walls_division ON public.board_walls USING btree (division_code, paired_at DESC) WHERE (paired_at IS NOT NULL);
CREATE INDEX board_walls_ended ON public.board_walls USING btree (ended_at) WHERE (ended_at IS NOT NULL);

create table case_changes (
  change_id bigint generated always as identity not null,
  case_id bigint not null,
  version integer not null,
  at timestamp with time zone not null,
  operator_id bigint,
  change text not null,
  details jsonb default '{}'::jsonb not null,
  note_encrypted bytea,
  constraint case_changes_pkey PRIMARY KEY (change_id),
  constraint case_changes_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(case_id) ON DELETE CASCADE,
  constraint case_changes_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint case_changes_change_check CHECK ((change ~ '^[a-z_]+$'::text))
);
CREATE INDEX case_changes_case ON public.case_changes USING btree (case_id, change_id);
CREATE TRIGGER case_changes_field_versions_inserted AFTER INSERT OR DELETE ON public.case_changes FOR EACH ROW EXECUTE FUNCTION note_field_versions('change_id', 'note_encrypted');
CREATE TRIGGER case_changes_field_versions_updated AFTER UPDATE OF change_id, note_encrypted ON public.case_changes FOR EACH ROW WHEN (((old.change_id IS DISTINCT FROM new.change_id) OR (old.note_encrypted IS DISTINCT FROM new.note_encrypted))) EXECUTE FUNCTION note_field_versions('change_id', 'note_encrypted');

create table case_contacts (
  selection_id uuid not null,
  person_id bigint not null,
  case_id bigint not null,
  contact_group text not null,
  minutes integer not null,
  surety text not null,
  last_at timestamp with time zone not null,
  contact_person_id bigint,
  constraint case_contacts_pkey PRIMARY KEY (selection_id, person_id),
  constraint case_contacts_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(case_id) ON DELETE CASCADE,
  constraint case_contacts_contact_person_id_fkey FOREIGN KEY (contact_person_id) REFERENCES persons(person_id),
  constraint case_contacts_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint case_contacts_check CHECK (((contact_group = 'secondary_contact'::text) = (contact_person_id IS NOT NULL))),
  constraint case_contacts_contact_group_check CHECK ((contact_group = ANY (ARRAY['close_contact'::text, 'co_presence'::text, 'secondary_contact'::text]))),
  constraint case_contacts_minutes_check CHECK ((minutes >= 0)),
  constraint case_contacts_surety_check CHECK ((surety = ANY (ARRAY['sure'::text, 'likely'::text, 'doubtful'::text])))
);
CREATE INDEX case_contacts_case ON public.case_contacts USING btree (case_id, person_id);
CREATE INDEX case_contacts_contact ON public.case_contacts USING btree (contact_person_id) WHERE (contact_person_id IS NOT NULL);
CREATE INDEX case_contacts_person ON public.case_contacts USING btree (person_id);

create table case_paper_people (
  paper_id bigint generated always as identity not null,
  case_id bigint not null,
  stay_id bigint not null,
  document_index bytea not null,
  document_encrypted bytea not null,
  name_encrypted bytea not null,
  minutes integer not null,
  evidence text not null,
  added_by bigint not null,
  added_at timestamp with time zone not null,
  constraint case_paper_people_pkey PRIMARY KEY (paper_id),
  constraint case_paper_people_stay_id_document_index_key UNIQUE (stay_id, document_index),
  constraint case_paper_people_added_by_fkey FOREIGN KEY (added_by) REFERENCES operators(operator_id),
  constraint case_paper_people_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(case_id) ON DELETE CASCADE,
  constraint case_paper_people_stay_id_fkey FOREIGN KEY (stay_id) REFERENCES case_stays(stay_id) ON DELETE CASCADE,
  constraint case_paper_people_evidence_check CHECK (((length(evidence) >= 4) AND (length(evidence) <= 500))),
  constraint case_paper_people_minutes_check CHECK (((minutes >= 1) AND (minutes <= 1440)))
);
CREATE INDEX case_paper_people_case ON public.case_paper_people USING btree (case_id);

create table case_readers (
  case_id bigint not null,
  operator_id bigint not null,
  added_by bigint not null,
  added_at timestamp with time zone not null,
  constraint case_readers_pkey PRIMARY KEY (operator_id, case_id),
  constraint case_readers_added_by_fkey FOREIGN KEY (added_by) REFERENCES operators(operator_id),
  constraint case_readers_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(case_id) ON DELETE CASCADE,
  constraint case_readers_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id)
);
CREATE INDEX case_readers_case ON public.case_readers USING btree (case_id);

create table case_stays (
  stay_id bigint generated always as identity not null,
  case_id bigint not null,
  request_key bigint not null,
  visited_on date not null,
  scanned_at timestamp with time zone not null,
  point_id integer not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  standard_until_at timestamp with time zone not null,
  scope text default 'point'::text not null,
  counted boolean not null,
  marks text[] not null,
  adjusted_by bigint,
  adjusted_at timestamp with time zone,
  why text,
  person_id bigint,
  constraint case_stays_pkey PRIMARY KEY (stay_id),
  constraint case_stays_case_id_visited_on_request_key_key UNIQUE (case_id, visited_on, request_key),
  constraint case_stays_adjusted_by_fkey FOREIGN KEY (adjusted_by) REFERENCES operators(operator_id),
  constraint case_stays_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(case_id) ON DELETE CASCADE,
  constraint case_stays_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint case_stays_point_id_fkey FOREIGN KEY (point_id) REFERENCES venue_points(point_id),
  constraint case_stays_check CHECK ((until_at >= from_at)),
  constraint case_stays_check1 CHECK (((NOT counted) OR (NOT (marks && ARRAY['far'::text, 'withdrawn'::text])))),
  constraint case_stays_check2 CHECK ((num_nonnulls(adjusted_by, adjusted_at, why) = ANY (ARRAY[0, 3]))),
  constraint case_stays_marks_check CHECK ((marks <@ ARRAY['far'::text, 'withdrawn'::text, 'late'::text, 'unlocated'::text, 'stated'::text])),
  constraint case_stays_scope_check CHECK ((scope = ANY (ARRAY['point'::text, 'floor'::text, 'venue'::text]))),
  constraint case_stays_why_check CHECK (((length(why) >= 2) AND (length(why) <= 300)))
);

create table cases (
  case_id bigint generated always as identity not null,
  person_id bigint not null,
  basis text not null,
  finding_id bigint,
  test_id bigint,
  evidence text not null,
  state text not null,
  division_code text not null,
  anchor_at timestamp with time zone not null,
  isolated_at timestamp with time zone,
  rules jsonb not null,
  version integer default 1 not null,
  opened_by bigint not null,
  opened_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  request_id uuid not null,
  constraint cases_pkey PRIMARY KEY (case_id),
  constraint cases_opened_by_request_id_key UNIQUE (opened_by, request_id),
  constraint cases_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint cases_finding_id_fkey FOREIGN KEY (finding_id) REFERENCES findings(finding_id),
  constraint cases_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES operators(operator_id),
  constraint cases_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint cases_test_id_fkey FOREIGN KEY (test_id) REFERENCES test_results(test_id),
  constraint cases_basis_check CHECK ((basis = ANY (ARRAY['finding'::text, 'result'::text, 'evidence'::text]))),
  constraint cases_check CHECK (((basis = 'finding'::text) = (finding_id IS NOT NULL))),
  constraint cases_check1 CHECK (((basis = 'result'::text) = (test_id IS NOT NULL))),
  constraint cases_check2 CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['closed'::text, 'negative'::text, 'refused'::text])))),
  constraint cases_evidence_check CHECK (((length(evidence) >= 4) AND (length(evidence) <= 500))),
  constraint cases_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'open'::text, 'closed'::text, 'negative'::text, 'refused'::text]))),
  constraint cases_version_check CHECK ((version > 0))
);
CREATE INDEX cases_ended ON public.cases USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX cases_running ON public.cases USING btree (person_id) WHERE (state = ANY (ARRAY['waiting'::text, 'open'::text]));

create table checks (
  request_id uuid not null,
  checked_on date not null,
  checked_at timestamp with time zone not null,
  point_id integer not null,
  caller text not null,
  means smallint not null,
  outcome smallint not null,
  decision smallint not null,
  reason_bits smallint not null,
  flags smallint default 0 not null,
  detail smallint default 0 not null,
  age_seconds integer,
  person_id bigint,
  operator_id bigint,
  device_id uuid,
  purpose text not null,
  constraint checks_pkey PRIMARY KEY (caller, checked_on, request_id),
  constraint checks_means_check CHECK (((means >= 1) AND (means <= 4))),
  constraint checks_outcome_check CHECK (((outcome >= 0) AND (outcome <= 8)))
) partition by RANGE (checked_on);
CREATE INDEX checks_person ON ONLY public.checks USING btree (person_id, checked_at) WHERE (person_id IS NOT NULL);

create table city (
  only_one boolean default true not null,
  kind text not null,
  division_code text not null,
  name_zh text not null,
  name_en text not null,
  hotline text not null,
  created_at timestamp with time zone default now() not null,
  constraint city_pkey PRIMARY KEY (only_one),
  constraint city_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint city_kind_check CHECK ((kind = ANY (ARRAY['demonstration'::text, 'real'::text]))),
  constraint city_only_one_check CHECK (only_one)
);

create table code_echoes (
  caller text not null,
  request_id uuid not null,
  checked_at timestamp with time zone not null,
  point_id integer not null,
  second_point_id integer not null,
  seen_at timestamp with time zone not null,
  constraint code_echoes_pkey PRIMARY KEY (caller, request_id, second_point_id),
  constraint code_echoes_point_id_fkey FOREIGN KEY (point_id) REFERENCES venue_points(point_id),
  constraint code_echoes_second_point_id_fkey FOREIGN KEY (second_point_id) REFERENCES venue_points(point_id)
);
CREATE INDEX code_echoes_age ON public.code_echoes USING btree (seen_at);

create table colour_texts (
  account_id bigint not null,
  asked_at timestamp with time zone not null,
  changed_at timestamp with time zone,
  due_at timestamp with time zone,
  message_id uuid,
  tries smallint default 0 not null,
  sent_at timestamp with time zone,
  constraint colour_texts_pkey PRIMARY KEY (account_id),
  constraint colour_texts_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint colour_texts_check CHECK (((due_at IS NULL) OR ((changed_at IS NOT NULL) AND (message_id IS NOT NULL))))
);
CREATE INDEX colour_texts_due ON public.colour_texts USING btree (due_at) WHERE (due_at IS NOT NULL);

create table companion_requests (
  companion_request_id uuid not null,
  account_id bigint not null,
  request_id uuid not null,
  ordinal smallint not null,
  person_id bigint not null,
  venue_code_id text not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  answer text,
  answered_at timestamp with time zone,
  result jsonb,
  constraint companion_requests_pkey PRIMARY KEY (companion_request_id),
  constraint companion_requests_account_id_request_id_ordinal_key UNIQUE (account_id, request_id, ordinal),
  constraint companion_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint companion_requests_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint companion_requests_venue_code_id_fkey FOREIGN KEY (venue_code_id) REFERENCES venue_codes(code_id),
  constraint companion_requests_answer_check CHECK ((answer = ANY (ARRAY['confirmed'::text, 'refused'::text]))),
  constraint companion_requests_check CHECK ((expires_at > asked_at)),
  constraint companion_requests_check1 CHECK (((answer IS NULL) = (answered_at IS NULL))),
  constraint companion_requests_check2 CHECK (((answer = 'confirmed'::text) = (result IS NOT NULL)))
);
CREATE INDEX companion_requests_expiry ON public.companion_requests USING btree (expires_at);
CREATE INDEX companion_requests_person ON public.companion_requests USING btree (person_id, asked_at DESC);

create table corrections (
  correction_id uuid not null,
  change_id bigint not null,
  person_id bigint not null,
  ticket_id uuid,
  fields text[] not null,
  before jsonb not null,
  after jsonb not null,
  authority text not null,
  made_by bigint not null,
  made_at timestamp with time zone not null,
  constraint corrections_pkey PRIMARY KEY (correction_id),
  constraint corrections_change_id_key UNIQUE (change_id),
  constraint corrections_change_id_fkey FOREIGN KEY (change_id) REFERENCES identity_changes(change_id),
  constraint corrections_made_by_fkey FOREIGN KEY (made_by) REFERENCES operators(operator_id),
  constraint corrections_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint corrections_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(ticket_id) ON DELETE SET NULL,
  constraint corrections_after_check CHECK ((jsonb_typeof(after) = 'object'::text)),
  constraint corrections_authority_check CHECK ((authority = ANY (ARRAY['match'::text, 'unknown'::text, 'unavailable'::text]))),
  constraint corrections_before_check CHECK ((jsonb_typeof(before) = 'object'::text)),
  constraint corrections_fields_check CHECK (((cardinality(fields) > 0) AND (fields <@ ARRAY['name'::text, 'document_type'::text, 'document_number'::text, 'birth_date'::text, 'phone'::text])))
);
CREATE INDEX corrections_made ON public.corrections USING btree (made_at);
CREATE INDEX corrections_person ON public.corrections USING btree (person_id, made_at DESC);
CREATE INDEX corrections_ticket ON public.corrections USING btree (ticket_id) WHERE (ticket_id IS NOT NULL);

create table counter_acts (
  act_id uuid not null,
  kind text not null,
  cause text not null,
  seen text not null,
  evidence text not null,
  authority text not null,
  document_index bytea not null,
  document_type text not null,
  name_masked text not null,
  identity_encrypted bytea,
  guardian_encrypted bytea,
  holder_person_id bigint,
  relation text,
  person_id bigint,
  division_code text not null,
  state text default 'open'::text not null,
  proposed_by bigint not null,
  proposed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  decision_reason text,
  alarms text[] default '{}'::text[] not null,
  request_id uuid not null,
  constraint counter_acts_pkey PRIMARY KEY (act_id),
  constraint counter_acts_request_id_key UNIQUE (request_id),
  constraint counter_acts_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint counter_acts_holder_person_id_fkey FOREIGN KEY (holder_person_id) REFERENCES persons(person_id),
  constraint counter_acts_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint counter_acts_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES operators(operator_id),
  constraint counter_acts_authority_check CHECK ((authority = ANY (ARRAY['match'::text, 'unknown'::text, 'unavailable'::text]))),
  constraint counter_acts_cause_check CHECK ((cause = ANY (ARRAY['no_phone'::text, 'document_unchecked'::text]))),
  constraint counter_acts_check CHECK ((expires_at > proposed_at)),
  constraint counter_acts_check1 CHECK ((decided_by <> proposed_by)),
  constraint counter_acts_check2 CHECK (((kind = 'family'::text) = ((holder_person_id IS NOT NULL) AND (relation IS NOT NULL)))),
  constraint counter_acts_check3 CHECK (((state <> 'open'::text) OR (identity_encrypted IS NOT NULL))),
  constraint counter_acts_check4 CHECK (((state <> 'approved'::text) OR (person_id IS NOT NULL))),
  constraint counter_acts_check5 CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  constraint counter_acts_decision_reason_check CHECK (((length(decision_reason) >= 1) AND (length(decision_reason) <= 500))),
  constraint counter_acts_evidence_check CHECK (((length(evidence) >= 1) AND (length(evidence) <= 500))),
  constraint counter_acts_kind_check CHECK ((kind = ANY (ARRAY['register'::text, 'family'::text]))),
  constraint counter_acts_relation_check CHECK ((relation = ANY (ARRAY['parent'::text, 'grandparent'::text, 'spouse'::text, 'ward'::text, 'other'::text]))),
  constraint counter_acts_seen_check CHECK ((seen = ANY (ARRAY['resident_card'::text, 'temporary_card'::text, 'household_register'::text, 'passport'::text, 'travel_permit'::text, 'residence_permit'::text, 'birth_certificate'::text, 'other'::text]))),
  constraint counter_acts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'withdrawn'::text])))
);
CREATE INDEX counter_acts_division ON public.counter_acts USING btree (division_code text_pattern_ops, proposed_at DESC, act_id);
CREATE INDEX counter_acts_expiry ON public.counter_acts USING btree (expires_at) WHERE (identity_encrypted IS NOT NULL);
CREATE UNIQUE INDEX counter_acts_open ON public.counter_acts USING btree (document_index, kind) WHERE (state = 'open'::text);
CREATE INDEX counter_acts_person ON public.counter_acts USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE TRIGGER counter_acts_field_versions_inserted AFTER INSERT OR DELETE ON public.counter_acts FOR EACH ROW EXECUTE FUNCTION note_field_versions('act_id', 'kind,cause,seen,evidence,authority,document_index,document_type,identity_encrypted,guardian_encrypted,holder_person_id,relation,person_id,state,proposed_by,decided_by,decided_at,decision_reason');
CREATE TRIGGER counter_acts_field_versions_updated AFTER UPDATE OF act_id, kind, cause, seen, evidence, authority, document_index, document_type, identity_encrypted, guardian_encrypted, holder_person_id, relation, person_id, state, proposed_by, decided_by, decided_at, decision_reason ON public.counter_acts FOR EACH ROW WHEN (((old.act_id IS DISTINCT FROM new.act_id) OR (old.kind IS DISTINCT FROM new.kind) OR (old.cause IS DISTINCT FROM new.cause) OR (old.seen IS DISTINCT FROM new.seen) OR (old.evidence IS DISTINCT FROM new.evidence) OR (old.authority IS DISTINCT FROM new.authority) OR (old.document_index IS DISTINCT FROM new.document_index) OR (old.document_type IS DISTINCT FROM new.document_type) OR (old.identity_encrypted IS DISTINCT FROM new.identity_encrypted) OR (old.guardian_encrypted IS DISTINCT FROM new.guardian_encrypted) OR (old.holder_person_id IS DISTINCT FROM new.holder_person_id) OR (old.relation IS DISTINCT FROM new.relation) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.state IS DISTINCT FROM new.state) OR (old.proposed_by IS DISTINCT FROM new.proposed_by) OR (old.decided_by IS DISTINCT FROM new.decided_by) OR (old.decided_at IS DISTINCT FROM new.decided_at) OR (old.decision_reason IS DISTINCT FROM new.decision_reason))) EXECUTE FUNCTION note_field_versions('act_id', 'kind,cause,seen,evidence,authority,document_index,document_type,identity_encrypted,guardian_encrypted,holder_person_id,relation,person_id,state,proposed_by,decided_by,decided_at,decision_reason');

create table database_state (
  only_row boolean default true not null,
  database_id uuid default gen_random_uuid() not null,
  epoch uuid default gen_random_uuid() not null,
  renewals integer default 0 not null,
  restore_epoch uuid default gen_random_uuid() not null,
  restore_number bigint default 0 not null,
  lineage text,
  gap_from timestamp with time zone,
  gap_to timestamp with time zone,
  suspended_at timestamp with time zone,
  suspended_why text,
  constraint database_state_pkey PRIMARY KEY (only_row),
  constraint database_state_check CHECK (((suspended_at IS NULL) = (suspended_why IS NULL))),
  constraint database_state_check1 CHECK (((gap_from IS NULL) = (gap_to IS NULL))),
  constraint database_state_only_row_check CHECK (only_row),
  constraint database_state_suspended_why_check CHECK ((suspended_why = ANY (ARRAY['older'::text, 'other'::text])))
);

create table database_witnesses (
  server_id uuid not null,
  mark bigint not null,
  marked_at timestamp with time zone not null,
  constraint database_witnesses_pkey PRIMARY KEY (server_id),
  constraint database_witnesses_mark_check CHECK ((mark > 0))
);

create table declaration_matters (
  matter_id bigint generated always as identity not null,
  person_id bigint not null,
  declaration_id uuid not null,
  version smallint not null,
  category text not null,
  anchor_at timestamp with time zone not null,
  cause text not null,
  division_code text not null,
  state text default 'waiting'::text not null,
  created_at timestamp with time zone not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  note text,
  proposal_id bigint,
  stay_id bigint,
  area_ids bigint[] default '{}'::bigint[] not null,
  constraint declaration_matters_pkey PRIMARY KEY (matter_id),
  constraint declaration_matters_proposal_id_key UNIQUE (proposal_id),
  constraint declaration_matters_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint declaration_matters_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint declaration_matters_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint declaration_matters_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint declaration_matters_cause_check CHECK ((cause = ANY (ARRAY['verify'::text, 'other_person'::text, 'part_of_area'::text]))),
  constraint declaration_matters_check CHECK (((state = 'waiting'::text) = (decided_by IS NULL))),
  constraint declaration_matters_note_check CHECK ((length(note) <= 500)),
  constraint declaration_matters_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'proposed'::text, 'approved'::text, 'rejected'::text, 'dismissed'::text])))
);
CREATE INDEX declaration_matters_declaration ON public.declaration_matters USING btree (declaration_id);
CREATE UNIQUE INDEX declaration_matters_fact ON public.declaration_matters USING btree (person_id, declaration_id, category, anchor_at) WHERE (stay_id IS NULL);
CREATE UNIQUE INDEX declaration_matters_stay ON public.declaration_matters USING btree (person_id, stay_id, category) WHERE ((stay_id IS NOT NULL) AND (state = 'waiting'::text));
CREATE INDEX declaration_matters_waiting ON public.declaration_matters USING btree (division_code text_pattern_ops, matter_id) WHERE (state = 'waiting'::text);

create table declaration_versions (
  declaration_id uuid not null,
  version smallint not null,
  kind text not null,
  person_id bigint not null,
  account_id bigint not null,
  device_id uuid not null,
  content_encrypted bytea not null,
  content_hash bytea not null,
  declared_at timestamp with time zone not null,
  request_id uuid not null,
  office_code text,
  constraint declaration_versions_pkey PRIMARY KEY (declaration_id, version),
  constraint declaration_versions_account_id_request_id_key UNIQUE (account_id, request_id),
  constraint declaration_versions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint declaration_versions_office_code_fkey FOREIGN KEY (office_code) REFERENCES divisions(code),
  constraint declaration_versions_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint declaration_versions_content_hash_check CHECK ((octet_length(content_hash) = 32)),
  constraint declaration_versions_kind_check CHECK ((kind = ANY (ARRAY['health'::text, 'exposure'::text, 'entry'::text]))),
  constraint declaration_versions_version_check CHECK (((version >= 1) AND (version <= 50)))
);
CREATE INDEX declaration_versions_account ON public.declaration_versions USING btree (account_id, declared_at DESC, declaration_id);
CREATE INDEX declaration_versions_age ON public.declaration_versions USING btree (kind, declared_at);
CREATE INDEX declaration_versions_person ON public.declaration_versions USING btree (person_id, declared_at DESC);
CREATE TRIGGER declaration_versions_field_versions_inserted AFTER INSERT OR DELETE ON public.declaration_versions FOR EACH ROW EXECUTE FUNCTION note_field_versions('declaration_id,version', 'content_encrypted');
CREATE TRIGGER declaration_versions_field_versions_updated AFTER UPDATE OF declaration_id, version, content_encrypted ON public.declaration_versions FOR EACH ROW WHEN (((old.declaration_id IS DISTINCT FROM new.declaration_id) OR (old.version IS DISTINCT FROM new.version) OR (old.content_encrypted IS DISTINCT FROM new.content_encrypted))) EXECUTE FUNCTION note_field_versions('declaration_id,version', 'content_encrypted');

create table device_enrolments (
  code_hash bytea not null,
  device_id uuid not null,
  made_by bigint not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  next_device_id uuid,
  constraint device_enrolments_pkey PRIMARY KEY (code_hash),
  constraint device_enrolments_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices(device_id),
  constraint device_enrolments_made_by_fkey FOREIGN KEY (made_by) REFERENCES operators(operator_id),
  constraint device_enrolments_next_device_id_fkey FOREIGN KEY (next_device_id) REFERENCES devices(device_id),
  constraint device_enrolments_check CHECK (((used_at IS NULL) = (next_device_id IS NULL))),
  constraint device_enrolments_code_hash_check CHECK ((length(code_hash) = 32))
);
CREATE INDEX device_enrolments_age ON public.device_enrolments USING btree (made_at);
CREATE UNIQUE INDEX device_enrolments_open ON public.device_enrolments USING btree (device_id) WHERE (used_at IS NULL);

create table devices (
  device_id uuid not null,
  point_id integer not null,
  name text not null,
  registered_by bigint not null,
  registered_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_by bigint,
  revoked_reason text,
  constraint devices_pkey PRIMARY KEY (device_id),
  constraint devices_point_id_fkey FOREIGN KEY (point_id) REFERENCES venue_points(point_id),
  constraint devices_registered_by_fkey FOREIGN KEY (registered_by) REFERENCES operators(operator_id),
  constraint devices_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES operators(operator_id),
  constraint devices_revoked_check CHECK (((revoked_at IS NOT NULL) OR ((revoked_by IS NULL) AND (revoked_reason IS NULL)))),
  constraint devices_revoked_reason_check CHECK (((char_length(revoked_reason) >= 2) AND (char_length(revoked_reason) <= 300)))
);
CREATE INDEX devices_latest ON public.devices USING btree (registered_at DESC, device_id DESC);
CREATE TRIGGER devices_revoked AFTER UPDATE OF revoked_at ON public.devices FOR EACH ROW WHEN ((old.revoked_at IS DISTINCT FROM new.revoked_at)) EXECUTE FUNCTION tell_checkers_changed();

create table directory_places (
  place_id bigint generated always as identity not null,
  kind text not null,
  division_code text not null,
  name_zh text not null,
  name_en text not null,
  address text not null,
  hours_zh text not null,
  hours_en text not null,
  telephone text,
  latitude double precision,
  longitude double precision,
  state text default 'open'::text not null,
  revision integer default 1 not null,
  made_by bigint not null,
  changed_at timestamp with time zone not null,
  request_id uuid not null,
  constraint directory_places_pkey PRIMARY KEY (place_id),
  constraint directory_places_made_by_request_id_key UNIQUE (made_by, request_id),
  constraint directory_places_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint directory_places_made_by_fkey FOREIGN KEY (made_by) REFERENCES operators(operator_id),
  constraint directory_places_address_check CHECK (((length(address) >= 1) AND (length(address) <= 200))),
  constraint directory_places_check CHECK ((num_nonnulls(latitude, longitude) = ANY (ARRAY[0, 2]))),
  constraint directory_places_hours_en_check CHECK ((length(hours_en) <= 400)),
  constraint directory_places_hours_zh_check CHECK (((length(hours_zh) >= 1) AND (length(hours_zh) <= 200))),
  constraint directory_places_kind_check CHECK ((kind = ANY (ARRAY['hospital'::text, 'fever_clinic'::text, 'vaccination'::text, 'community'::text]))),
  constraint directory_places_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint directory_places_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
  constraint directory_places_name_en_check CHECK ((length(name_en) <= 240)),
  constraint directory_places_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 120))),
  constraint directory_places_revision_check CHECK ((revision > 0)),
  constraint directory_places_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'gone'::text]))),
  constraint directory_places_telephone_check CHECK ((telephone ~ '^\+?[0-9][0-9-]{2,23}$'::text))
);
CREATE INDEX directory_places_listed ON public.directory_places USING btree (kind, division_code) WHERE (state <> 'gone'::text);

create table dirty_persons (
  person_id bigint not null,
  marked_at timestamp with time zone default clock_timestamp() not null,
  cause text not null,
  retry_at timestamp with time zone,
  priority smallint default 0 not null,
  constraint dirty_persons_pkey PRIMARY KEY (person_id),
  constraint dirty_persons_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint dirty_persons_priority_check CHECK ((priority = ANY (ARRAY[0, 1])))
);
CREATE INDEX dirty_persons_order ON public.dirty_persons USING btree (priority, marked_at);

create table divisions (
  code text not null,
  parent_code text,
  name text not null,
  name_en text not null,
  level text not null,
  constraint divisions_pkey PRIMARY KEY (code),
  constraint divisions_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES divisions(code),
  constraint divisions_code_check CHECK ((code ~ '^[0-9]{6}([0-9]{3}|[0-9]{6})?$'::text)),
  constraint divisions_level_check CHECK ((level = ANY (ARRAY['city'::text, 'district'::text, 'street'::text, 'community'::text])))
);

create table door_alarms (
  alarm_id bigint generated always as identity not null,
  follow_up_id bigint not null,
  seen_at timestamp with time zone not null,
  point_id integer not null,
  found_at timestamp with time zone not null,
  answer text,
  answered_by bigint,
  answered_at timestamp with time zone,
  request_id uuid,
  note_encrypted bytea,
  constraint door_alarms_pkey PRIMARY KEY (alarm_id),
  constraint door_alarms_answered_by_request_id_key UNIQUE (answered_by, request_id),
  constraint door_alarms_follow_up_id_seen_at_point_id_key UNIQUE (follow_up_id, seen_at, point_id),
  constraint door_alarms_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES operators(operator_id),
  constraint door_alarms_follow_up_id_fkey FOREIGN KEY (follow_up_id) REFERENCES follow_ups(follow_up_id) ON DELETE CASCADE,
  constraint door_alarms_point_id_fkey FOREIGN KEY (point_id) REFERENCES venue_points(point_id),
  constraint door_alarms_answer_check CHECK ((answer = ANY (ARRAY['spoken'::text, 'allowed'::text, 'stays_there'::text]))),
  constraint door_alarms_check CHECK ((num_nonnulls(answer, answered_by, answered_at, request_id) = ANY (ARRAY[0, 4])))
);
CREATE INDEX door_alarms_open ON public.door_alarms USING btree (seen_at DESC) WHERE (answer IS NULL);

create table entry_current (
  person_id bigint not null,
  entry_id uuid not null,
  valid_until timestamp with time zone not null,
  valid_from timestamp with time zone not null,
  constraint entry_current_pkey PRIMARY KEY (person_id, entry_id),
  constraint entry_current_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry_registrations(entry_id) ON DELETE CASCADE,
  constraint entry_current_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint entry_current_check CHECK ((valid_from < valid_until))
);
CREATE INDEX entry_current_entry ON public.entry_current USING btree (entry_id);

create table entry_follow_ups (
  follow_up_id bigint generated always as identity not null,
  entry_id uuid not null,
  kind text not null,
  noted_at timestamp with time zone not null,
  operator_id bigint not null,
  request_id uuid not null,
  note_encrypted bytea not null,
  constraint entry_follow_ups_pkey PRIMARY KEY (follow_up_id),
  constraint entry_follow_ups_operator_id_request_id_key UNIQUE (operator_id, request_id),
  constraint entry_follow_ups_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry_registrations(entry_id) ON DELETE CASCADE,
  constraint entry_follow_ups_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint entry_follow_ups_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'visit'::text, 'note'::text, 'received'::text, 'closed'::text])))
);
CREATE INDEX entry_follow_ups_entry ON public.entry_follow_ups USING btree (entry_id, follow_up_id);
CREATE TRIGGER entry_follow_ups_field_versions_inserted AFTER INSERT OR DELETE ON public.entry_follow_ups FOR EACH ROW EXECUTE FUNCTION note_field_versions('follow_up_id', 'note_encrypted');
CREATE TRIGGER entry_follow_ups_field_versions_updated AFTER UPDATE OF follow_up_id, note_encrypted ON public.entry_follow_ups FOR EACH ROW WHEN (((old.follow_up_id IS DISTINCT FROM new.follow_up_id) OR (old.note_encrypted IS DISTINCT FROM new.note_encrypted))) EXECUTE FUNCTION note_field_versions('follow_up_id', 'note_encrypted');

create table entry_former (
  person_id bigint not null,
  entry_id uuid not null,
  version smallint not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone not null,
  declared_at timestamp with time zone not null,
  corrected_at timestamp with time zone not null,
  constraint entry_former_pkey PRIMARY KEY (person_id, entry_id, version),
  constraint entry_former_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry_registrations(entry_id) ON DELETE CASCADE,
  constraint entry_former_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id)
);
CREATE INDEX entry_former_entry ON public.entry_former USING btree (entry_id);

create table entry_marks (
  name text not null,
  reached_at timestamp with time zone not null,
  walked_to timestamp with time zone,
  walked_to_id uuid,
  constraint entry_marks_pkey PRIMARY KEY (name),
  constraint entry_marks_name_check CHECK ((name = 'arrivals'::text))
);

create table entry_persons (
  person_id bigint not null,
  entry_id uuid not null,
  member_id uuid,
  arrived_at timestamp with time zone,
  arrived_point_id integer,
  constraint entry_persons_pkey PRIMARY KEY (person_id, entry_id),
  constraint entry_persons_arrived_point_id_fkey FOREIGN KEY (arrived_point_id) REFERENCES venue_points(point_id),
  constraint entry_persons_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry_registrations(entry_id) ON DELETE CASCADE,
  constraint entry_persons_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(member_id),
  constraint entry_persons_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id)
);
CREATE INDEX entry_persons_entry ON public.entry_persons USING btree (entry_id);

create table entry_registrations (
  entry_id uuid not null,
  account_id bigint not null,
  version smallint not null,
  state text not null,
  arrival_mode text not null,
  planned_arrival_at timestamp with time zone not null,
  origin_code text not null,
  destination_code text not null,
  submitted_at timestamp with time zone not null,
  arrived_at timestamp with time zone,
  arrived_point_id integer,
  received_at timestamp with time zone,
  received_by bigint,
  closed_at timestamp with time zone,
  note text,
  arrival_number_index bytea,
  constraint entry_registrations_pkey PRIMARY KEY (entry_id),
  constraint entry_registrations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint entry_registrations_arrived_point_id_fkey FOREIGN KEY (arrived_point_id) REFERENCES venue_points(point_id),
  constraint entry_registrations_destination_code_fkey FOREIGN KEY (destination_code) REFERENCES divisions(code),
  constraint entry_registrations_received_by_fkey FOREIGN KEY (received_by) REFERENCES operators(operator_id),
  constraint entry_registrations_arrival_mode_check CHECK ((arrival_mode = ANY (ARRAY['train'::text, 'coach'::text, 'flight'::text, 'car'::text, 'ship'::text, 'other'::text]))),
  constraint entry_registrations_arrival_number_index_check CHECK ((octet_length(arrival_number_index) = 32)),
  constraint entry_registrations_check CHECK (((state <> 'received'::text) OR ((received_at IS NOT NULL) AND (received_by IS NOT NULL)))),
  constraint entry_registrations_check1 CHECK (((state <> 'arrived'::text) OR (arrived_at IS NOT NULL))),
  constraint entry_registrations_note_check CHECK ((length(note) <= 500)),
  constraint entry_registrations_origin_code_check CHECK ((origin_code ~ '^([0-9]{6}([0-9]{3}|[0-9]{6})?|[A-Z]{3})$'::text)),
  constraint entry_registrations_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'arrived'::text, 'received'::text, 'closed'::text, 'cancelled'::text, 'expired'::text])))
);
CREATE INDEX entry_registrations_account ON public.entry_registrations USING btree (account_id, submitted_at DESC);
CREATE INDEX entry_registrations_destination ON public.entry_registrations USING btree (destination_code text_pattern_ops, planned_arrival_at);
CREATE INDEX entry_registrations_number ON public.entry_registrations USING btree (arrival_number_index) WHERE (arrival_number_index IS NOT NULL);
CREATE INDEX entry_registrations_open ON public.entry_registrations USING btree (planned_arrival_at) WHERE (state = 'submitted'::text);
CREATE INDEX entry_registrations_planned ON public.entry_registrations USING btree (planned_arrival_at, entry_id);

create table exposures (
  exposure_id bigint generated always as identity not null,
  selection_id uuid not null,
  person_id bigint not null,
  case_id bigint not null,
  stay_id bigint not null,
  met_at timestamp with time zone not null,
  minutes integer not null,
  surety text not null,
  objection text,
  objected_at timestamp with time zone,
  due_at timestamp with time zone,
  statement_encrypted bytea,
  answer text,
  answered_by bigint,
  answered_at timestamp with time zone,
  dropped_by bigint,
  constraint exposures_pkey PRIMARY KEY (exposure_id),
  constraint exposures_selection_id_person_id_stay_id_key UNIQUE (selection_id, person_id, stay_id),
  constraint exposures_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES operators(operator_id),
  constraint exposures_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(case_id) ON DELETE CASCADE,
  constraint exposures_dropped_by_fkey FOREIGN KEY (dropped_by) REFERENCES proposals(proposal_id),
  constraint exposures_stay_id_fkey FOREIGN KEY (stay_id) REFERENCES case_stays(stay_id) ON DELETE CASCADE,
  constraint exposures_answer_check CHECK (((length(answer) >= 2) AND (length(answer) <= 500))),
  constraint exposures_check CHECK (((objection IS NULL) = (objected_at IS NULL))),
  constraint exposures_check1 CHECK (((objection IS NULL) = (due_at IS NULL))),
  constraint exposures_minutes_check CHECK ((minutes >= 0)),
  constraint exposures_objection_check CHECK ((objection = ANY (ARRAY['open'::text, 'upheld'::text, 'refused'::text])))
);
CREATE INDEX exposures_case ON public.exposures USING btree (case_id);
CREATE INDEX exposures_objected ON public.exposures USING btree (due_at) WHERE (objection = 'open'::text);
CREATE INDEX exposures_person ON public.exposures USING btree (person_id, exposure_id DESC);
CREATE TRIGGER exposures_field_versions_inserted AFTER INSERT OR DELETE ON public.exposures FOR EACH ROW EXECUTE FUNCTION note_field_versions('exposure_id', 'statement_encrypted');
CREATE TRIGGER exposures_field_versions_updated AFTER UPDATE OF exposure_id, statement_encrypted ON public.exposures FOR EACH ROW WHEN (((old.exposure_id IS DISTINCT FROM new.exposure_id) OR (old.statement_encrypted IS DISTINCT FROM new.statement_encrypted))) EXECUTE FUNCTION note_field_versions('exposure_id', 'statement_encrypted');

create table face_checks (
  face_check_id uuid not null,
  account_id bigint not null,
  verdict text not null,
  checked_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  session_id uuid,
  identity_index bytea,
  constraint face_checks_pkey PRIMARY KEY (face_check_id),
  constraint face_checks_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint face_checks_verdict_check CHECK ((verdict = ANY (ARRAY['pass'::text, 'fail'::text, 'unsure'::text, 'no_face'::text])))
);

create table family_requests (
  family_request_id uuid not null,
  account_id bigint not null,
  asker_person_id bigint not null,
  document_index bytea not null,
  identity_encrypted bytea not null,
  relation text not null,
  is_minor boolean not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  guardian_agreed_at timestamp with time zone,
  answer text,
  answered_at timestamp with time zone,
  answered_by bigint,
  withdrawn_at timestamp with time zone,
  request_id uuid not null,
  constraint family_requests_pkey PRIMARY KEY (family_request_id),
  constraint family_requests_account_id_request_id_key UNIQUE (account_id, request_id),
  constraint family_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint family_requests_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES accounts(account_id),
  constraint family_requests_asker_person_id_fkey FOREIGN KEY (asker_person_id) REFERENCES persons(person_id),
  constraint family_requests_answer_check CHECK ((answer = ANY (ARRAY['agreed'::text, 'refused'::text, 'reported'::text]))),
  constraint family_requests_check CHECK ((expires_at > created_at)),
  constraint family_requests_check1 CHECK (((answer IS NULL) = (answered_at IS NULL))),
  constraint family_requests_relation_check CHECK ((relation = ANY (ARRAY['child'::text, 'parent'::text, 'grandparent'::text, 'spouse'::text, 'ward'::text, 'other'::text])))
);
CREATE INDEX family_requests_asked ON public.family_requests USING btree (document_index);
CREATE INDEX family_requests_expiry ON public.family_requests USING btree (expires_at);
CREATE INDEX family_requests_reported ON public.family_requests USING btree (answered_at DESC) WHERE (answer = 'reported'::text);

create table findings (
  finding_id bigint generated always as identity not null,
  person_id bigint not null,
  category text not null,
  anchor_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  evidence text not null,
  source text not null,
  details jsonb default '{}'::jsonb not null,
  proposal_id bigint,
  entered_by bigint,
  approved_by bigint,
  created_at timestamp with time zone default now() not null,
  import_id bigint,
  zone_id bigint,
  contact_person_id bigint,
  lifted_by bigint,
  workplace_index bytea,
  workplace_encrypted bytea,
  end_evidence text,
  case_id bigint,
  constraint findings_pkey PRIMARY KEY (finding_id),
  constraint findings_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES operators(operator_id),
  constraint findings_contact_person_id_fkey FOREIGN KEY (contact_person_id) REFERENCES persons(person_id),
  constraint findings_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES operators(operator_id),
  constraint findings_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id),
  constraint findings_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES proposals(proposal_id),
  constraint findings_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint findings_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint findings_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(zone_id),
  constraint findings_check CHECK ((ended_at >= anchor_at)),
  constraint findings_check1 CHECK (((entered_by IS NULL) OR (entered_by IS DISTINCT FROM approved_by))),
  constraint findings_check2 CHECK ((contact_person_id <> person_id)),
  constraint findings_workplace CHECK ((num_nonnulls(workplace_index, workplace_encrypted) = ANY (ARRAY[0, 2]))),
  constraint findings_workplace_index_check CHECK ((octet_length(workplace_index) = 32))
);
CREATE UNIQUE INDEX findings_case ON public.findings USING btree (proposal_id, person_id, category) WHERE (case_id IS NOT NULL);
CREATE INDEX findings_contact ON public.findings USING btree (contact_person_id) WHERE (contact_person_id IS NOT NULL);
CREATE UNIQUE INDEX findings_declaration ON public.findings USING btree (person_id, category, ((details ->> 'declarationId'::text)), anchor_at) WHERE ((details ? 'declarationId'::text) AND (NOT (details ? 'stayId'::text)));
CREATE UNIQUE INDEX findings_import ON public.findings USING btree (import_id, person_id, category, anchor_at) WHERE (import_id IS NOT NULL);
CREATE INDEX findings_lifted ON public.findings USING btree (lifted_by) WHERE (lifted_by IS NOT NULL);
CREATE INDEX findings_person ON public.findings USING btree (person_id);
CREATE UNIQUE INDEX findings_pool ON public.findings USING btree (person_id, ((details ->> 'poolId'::text))) WHERE ((category = 'pool_positive'::text) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX findings_proposal ON public.findings USING btree (proposal_id) WHERE ((import_id IS NULL) AND (case_id IS NULL));
CREATE UNIQUE INDEX findings_provincial ON public.findings USING btree (person_id) WHERE ((category = 'provincial'::text) AND (ended_at IS NULL) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX findings_stay ON public.findings USING btree (person_id, category, ((details ->> 'stayId'::text))) WHERE (details ? 'stayId'::text);
CREATE INDEX findings_zone ON public.findings USING btree (zone_id) WHERE (zone_id IS NOT NULL);
CREATE TRIGGER findings_versions_deleted AFTER DELETE ON public.findings REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_deleted_versions();
CREATE TRIGGER findings_versions_inserted AFTER INSERT ON public.findings REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_finding_versions();
CREATE TRIGGER findings_versions_updated AFTER UPDATE ON public.findings REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_finding_versions();

create table follow_up_events (
  event_id bigint generated always as identity not null,
  follow_up_id bigint not null,
  at timestamp with time zone not null,
  event text not null,
  operator_id bigint,
  request_id uuid,
  note_encrypted bytea,
  details jsonb default '{}'::jsonb not null,
  constraint follow_up_events_pkey PRIMARY KEY (event_id),
  constraint follow_up_events_operator_id_request_id_follow_up_id_key UNIQUE (operator_id, request_id, follow_up_id),
  constraint follow_up_events_follow_up_id_fkey FOREIGN KEY (follow_up_id) REFERENCES follow_ups(follow_up_id) ON DELETE CASCADE,
  constraint follow_up_events_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint follow_up_events_check CHECK (((operator_id IS NULL) = (request_id IS NULL))),
  constraint follow_up_events_event_check CHECK ((event = ANY (ARRAY['begun'::text, 'extended'::text, 'shortened'::text, 'changed'::text, 'looked'::text, 'noted'::text, 'stay_set'::text, 'offered'::text, 'accepted'::text, 'refused'::text, 'taken_back'::text, 'ended'::text, 'resumed'::text])))
);
CREATE INDEX follow_up_events_of ON public.follow_up_events USING btree (follow_up_id, event_id);

create table follow_up_marks (
  name text not null,
  changes_to bigint not null,
  persons_to bigint not null,
  follow_ups_to bigint not null,
  constraint follow_up_marks_pkey PRIMARY KEY (name),
  constraint follow_up_marks_name_check CHECK ((name = 'follow_ups'::text))
);

create table follow_ups (
  follow_up_id bigint generated always as identity not null,
  person_id bigint not null,
  division_code text,
  unassigned_at timestamp with time zone,
  measure text not null,
  categories text[] not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  test_due_at timestamp with time zone,
  ruleset_id text not null,
  state text default 'open'::text not null,
  ended_at timestamp with time zone,
  version integer default 1 not null,
  stay text not null,
  stay_encrypted bytea,
  looked_at timestamp with time zone,
  look text,
  reached_at timestamp with time zone,
  declared_at timestamp with time zone,
  declared_ill boolean default false not null,
  temperature_encrypted bytea,
  tested_at timestamp with time zone,
  seen_at timestamp with time zone generated always as (GREATEST(reached_at, declared_at, tested_at)) stored,
  offered_to text,
  offered_at timestamp with time zone,
  isolated_at timestamp with time zone,
  stay_venue_id integer,
  constraint follow_ups_pkey PRIMARY KEY (follow_up_id),
  constraint follow_ups_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint follow_ups_offered_to_fkey FOREIGN KEY (offered_to) REFERENCES divisions(code),
  constraint follow_ups_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint follow_ups_stay_venue_id_fkey FOREIGN KEY (stay_venue_id) REFERENCES venues(venue_id),
  constraint follow_ups_categories_check CHECK ((cardinality(categories) > 0)),
  constraint follow_ups_check CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  constraint follow_ups_check1 CHECK (((division_code IS NULL) = (unassigned_at IS NOT NULL))),
  constraint follow_ups_check2 CHECK (((looked_at IS NULL) = (look IS NULL))),
  constraint follow_ups_check3 CHECK ((num_nonnulls(offered_to, offered_at) = ANY (ARRAY[0, 2]))),
  constraint follow_ups_check4 CHECK (((offered_to IS NULL) OR (state = 'open'::text))),
  constraint follow_ups_look_check CHECK ((look = ANY (ARRAY['well'::text, 'ill'::text, 'not_reached'::text, 'not_tried'::text]))),
  constraint follow_ups_measure_check CHECK ((measure = ANY (ARRAY['isolated'::text, 'monitored'::text]))),
  constraint follow_ups_state_check CHECK ((state = ANY (ARRAY['open'::text, 'completed'::text, 'overdue'::text, 'lost'::text, 'called_off'::text]))),
  constraint follow_ups_stay_check CHECK ((stay = ANY (ARRAY['home'::text, 'central'::text, 'hospital'::text, 'elsewhere'::text]))),
  constraint follow_ups_version_check CHECK ((version > 0))
);
CREATE INDEX follow_ups_age ON public.follow_ups USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX follow_ups_division ON public.follow_ups USING btree (division_code text_pattern_ops, starts_at DESC, follow_up_id DESC) WHERE (state = 'open'::text);
CREATE INDEX follow_ups_ended ON public.follow_ups USING btree (division_code text_pattern_ops, ended_at DESC) WHERE (state <> 'open'::text);
CREATE INDEX follow_ups_of_person ON public.follow_ups USING btree (person_id, follow_up_id DESC);
CREATE INDEX follow_ups_offered ON public.follow_ups USING btree (offered_to text_pattern_ops) WHERE (offered_to IS NOT NULL);
CREATE UNIQUE INDEX follow_ups_person ON public.follow_ups USING btree (person_id) WHERE (state = 'open'::text);
CREATE INDEX follow_ups_recent ON public.follow_ups USING btree (starts_at DESC, follow_up_id DESC) WHERE (state = 'open'::text);
CREATE INDEX follow_ups_unassigned ON public.follow_ups USING btree (unassigned_at) WHERE ((state = 'open'::text) AND (division_code IS NULL));

create table held_pushes (
  held_push_id bigint generated always as identity not null,
  partner_id bigint not null,
  batch_id text not null,
  kind text not null,
  held_for text not null,
  red integer not null,
  yellow integer not null,
  unregistered integer not null,
  held_at timestamp with time zone not null,
  alarmed_at timestamp with time zone not null,
  state text default 'held'::text not null,
  closed_at timestamp with time zone,
  decided_by bigint,
  decision_reason text,
  constraint held_pushes_pkey PRIMARY KEY (held_push_id),
  constraint held_pushes_partner_id_batch_id_key UNIQUE (partner_id, batch_id),
  constraint held_pushes_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint held_pushes_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint held_pushes_batch_id_check CHECK (((length(batch_id) >= 1) AND (length(batch_id) <= 64))),
  constraint held_pushes_check CHECK (((state = 'held'::text) = (closed_at IS NULL))),
  constraint held_pushes_check1 CHECK (((state = ANY (ARRAY['released'::text, 'refused'::text])) = (decided_by IS NOT NULL))),
  constraint held_pushes_check2 CHECK (((decided_by IS NULL) = (decision_reason IS NULL))),
  constraint held_pushes_decision_reason_check CHECK (((length(decision_reason) >= 2) AND (length(decision_reason) <= 500))),
  constraint held_pushes_held_for_check CHECK ((held_for = ANY (ARRAY['batch'::text, 'hour'::text, 'day'::text]))),
  constraint held_pushes_kind_check CHECK ((kind = ANY (ARRAY['test_results'::text, 'provincial_codes'::text]))),
  constraint held_pushes_red_check CHECK ((red >= 0)),
  constraint held_pushes_state_check CHECK ((state = ANY (ARRAY['held'::text, 'released'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint held_pushes_unregistered_check CHECK ((unregistered >= 0)),
  constraint held_pushes_yellow_check CHECK ((yellow >= 0))
);
CREATE INDEX held_pushes_closed ON public.held_pushes USING btree (closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX held_pushes_waiting ON public.held_pushes USING btree (alarmed_at) WHERE (state = 'held'::text);

create table held_rows (
  held_row_id bigint generated always as identity not null,
  held_push_id bigint not null,
  partner_id bigint not null,
  number text,
  content jsonb not null,
  document_indexes bytea[] not null,
  waiting boolean default true not null,
  constraint held_rows_pkey PRIMARY KEY (held_row_id),
  constraint held_rows_held_push_id_fkey FOREIGN KEY (held_push_id) REFERENCES held_pushes(held_push_id) ON DELETE CASCADE,
  constraint held_rows_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint held_rows_number_check CHECK (((length(number) >= 1) AND (length(number) <= 64)))
);
CREATE INDEX held_rows_documents ON public.held_rows USING gin (document_indexes) WHERE waiting;
CREATE UNIQUE INDEX held_rows_number ON public.held_rows USING btree (partner_id, number) WHERE (waiting AND (number IS NOT NULL));
CREATE INDEX held_rows_push ON public.held_rows USING btree (held_push_id, held_row_id);

create table history_seals (
  stream text not null,
  sequence bigint not null,
  from_id bigint not null,
  to_id bigint not null,
  row_count integer not null,
  leaves bytea not null,
  previous_hash bytea not null,
  sealed_at timestamp with time zone not null,
  constraint history_seals_pkey PRIMARY KEY (stream, sequence),
  constraint history_seals_stream_to_id_key UNIQUE (stream, to_id),
  constraint history_seals_check CHECK ((to_id >= from_id)),
  constraint history_seals_check1 CHECK ((octet_length(leaves) = (row_count * 40))),
  constraint history_seals_from_id_check CHECK ((from_id > 0)),
  constraint history_seals_previous_hash_check CHECK ((octet_length(previous_hash) = 32)),
  constraint history_seals_row_count_check CHECK ((row_count > 0)),
  constraint history_seals_sequence_check CHECK ((sequence > 0)),
  constraint history_seals_stream_check CHECK ((stream = ANY (ARRAY['status_changes'::text, 'test_results'::text, 'row_versions'::text])))
);

create table hotline_calls (
  call_id uuid not null,
  operator_id bigint not null,
  request_id uuid not null,
  began_at timestamp with time zone not null,
  rang_seconds smallint,
  ended_at timestamp with time zone,
  wrap_up text,
  ticket_id uuid,
  constraint hotline_calls_pkey PRIMARY KEY (call_id),
  constraint hotline_calls_operator_id_request_id_key UNIQUE (operator_id, request_id),
  constraint hotline_calls_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint hotline_calls_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(ticket_id) ON DELETE SET NULL,
  constraint hotline_calls_check CHECK ((ended_at >= began_at)),
  constraint hotline_calls_check1 CHECK ((num_nonnulls(ended_at, wrap_up) = ANY (ARRAY[0, 2]))),
  constraint hotline_calls_rang_seconds_check CHECK (((rang_seconds >= 0) AND (rang_seconds <= 3600))),
  constraint hotline_calls_wrap_up_check CHECK (((length(wrap_up) >= 2) AND (length(wrap_up) <= 30)))
);
CREATE INDEX hotline_calls_began ON public.hotline_calls USING btree (began_at);
CREATE INDEX hotline_calls_ended ON public.hotline_calls USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX hotline_calls_open ON public.hotline_calls USING btree (operator_id) WHERE (ended_at IS NULL);
CREATE INDEX hotline_calls_ticket ON public.hotline_calls USING btree (ticket_id) WHERE (ticket_id IS NOT NULL);

create table hotline_exchange (
  is_only boolean default true not null,
  asked_at timestamp with time zone,
  measured_at timestamp with time zone,
  waiting integer,
  longest_wait_seconds integer,
  agents integer,
  ready integer,
  offered integer,
  answered integer,
  answered_in_time integer,
  answer_seconds smallint,
  constraint hotline_exchange_pkey PRIMARY KEY (is_only),
  constraint hotline_exchange_agents_check CHECK ((agents >= 0)),
  constraint hotline_exchange_answer_seconds_check CHECK ((answer_seconds > 0)),
  constraint hotline_exchange_check CHECK (((ready >= 0) AND (ready <= agents))),
  constraint hotline_exchange_check1 CHECK (((answered >= 0) AND (answered <= offered))),
  constraint hotline_exchange_check2 CHECK (((answered_in_time >= 0) AND (answered_in_time <= answered))),
  constraint hotline_exchange_check3 CHECK ((num_nulls(measured_at, waiting, longest_wait_seconds, agents, ready, offered, answered, answered_in_time, answer_seconds) = ANY (ARRAY[0, 9]))),
  constraint hotline_exchange_is_only_check CHECK (is_only),
  constraint hotline_exchange_longest_wait_seconds_check CHECK ((longest_wait_seconds >= 0)),
  constraint hotline_exchange_offered_check CHECK ((offered >= 0)),
  constraint hotline_exchange_waiting_check CHECK ((waiting >= 0))
);

create table hotline_policies (
  version integer generated always as identity not null,
  state text not null,
  revision integer default 1 not null,
  policy jsonb not null,
  change_note text not null,
  edited_by bigint not null,
  edited_at timestamp with time zone not null,
  released_by bigint,
  released_at timestamp with time zone,
  constraint hotline_policies_pkey PRIMARY KEY (version),
  constraint hotline_policies_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES operators(operator_id),
  constraint hotline_policies_released_by_fkey FOREIGN KEY (released_by) REFERENCES operators(operator_id),
  constraint hotline_policies_change_note_check CHECK (((length(change_note) >= 2) AND (length(change_note) <= 300))),
  constraint hotline_policies_check CHECK (((state = 'released'::text) = (released_at IS NOT NULL))),
  constraint hotline_policies_check1 CHECK ((num_nonnulls(released_by, released_at) = ANY (ARRAY[0, 2]))),
  constraint hotline_policies_check2 CHECK (((released_by IS NULL) OR (released_by <> edited_by))),
  constraint hotline_policies_policy_check CHECK ((jsonb_typeof(policy) = 'object'::text)),
  constraint hotline_policies_revision_check CHECK ((revision > 0)),
  constraint hotline_policies_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'released'::text, 'dropped'::text])))
);
CREATE UNIQUE INDEX hotline_policies_open ON public.hotline_policies USING btree ((true)) WHERE (state = 'draft'::text);
CREATE INDEX hotline_policies_released ON public.hotline_policies USING btree (version DESC) WHERE (state = 'released'::text);

create table hotline_presence (
  operator_id bigint not null,
  seen_at timestamp with time zone not null,
  waiting integer,
  waiting_at timestamp with time zone,
  constraint hotline_presence_pkey PRIMARY KEY (operator_id),
  constraint hotline_presence_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint hotline_presence_check CHECK ((num_nonnulls(waiting, waiting_at) = ANY (ARRAY[0, 2]))),
  constraint hotline_presence_waiting_check CHECK (((waiting >= 0) AND (waiting <= 100000)))
);

create table identity_changes (
  change_id bigint generated always as identity not null,
  kind text not null,
  person_id bigint not null,
  other_person_id bigint,
  matter_id bigint,
  absence text,
  document_encrypted bytea,
  reason text not null,
  state text default 'open'::text not null,
  proposed_by bigint not null,
  proposed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  decision_reason text,
  alarms text[] default '{}'::text[] not null,
  request_id uuid not null,
  constraint identity_changes_pkey PRIMARY KEY (change_id),
  constraint identity_changes_request_id_key UNIQUE (request_id),
  constraint identity_changes_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint identity_changes_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES identity_matters(matter_id),
  constraint identity_changes_other_person_id_fkey FOREIGN KEY (other_person_id) REFERENCES persons(person_id),
  constraint identity_changes_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint identity_changes_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES operators(operator_id),
  constraint identity_changes_absence_check CHECK ((absence = ANY (ARRAY['deceased'::text, 'moved_away'::text]))),
  constraint identity_changes_check CHECK ((other_person_id <> person_id)),
  constraint identity_changes_check1 CHECK ((expires_at > proposed_at)),
  constraint identity_changes_check2 CHECK ((decided_by <> proposed_by)),
  constraint identity_changes_check3 CHECK (((kind = ANY (ARRAY['merge'::text, 'keep_apart'::text])) = (other_person_id IS NOT NULL))),
  constraint identity_changes_check4 CHECK (((kind = 'set_absence'::text) = (absence IS NOT NULL))),
  constraint identity_changes_check5 CHECK (((kind <> 'renew'::text) OR (state <> 'open'::text) OR (document_encrypted IS NOT NULL))),
  constraint identity_changes_check6 CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  constraint identity_changes_correction CHECK (((kind <> 'correct'::text) OR (state <> 'open'::text) OR (document_encrypted IS NOT NULL))),
  constraint identity_changes_decision_reason_check CHECK (((length(decision_reason) >= 1) AND (length(decision_reason) <= 500))),
  constraint identity_changes_kind_check CHECK ((kind = ANY (ARRAY['merge'::text, 'keep_apart'::text, 'unmerge'::text, 'set_absence'::text, 'end_absence'::text, 'renew'::text, 'correct'::text]))),
  constraint identity_changes_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint identity_changes_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'withdrawn'::text])))
);
CREATE INDEX identity_changes_matter ON public.identity_changes USING btree (matter_id) WHERE (matter_id IS NOT NULL);
CREATE UNIQUE INDEX identity_changes_open ON public.identity_changes USING btree (person_id) WHERE (state = 'open'::text);
CREATE INDEX identity_changes_person ON public.identity_changes USING btree (person_id);
CREATE TRIGGER identity_changes_field_versions_inserted AFTER INSERT OR DELETE ON public.identity_changes FOR EACH ROW EXECUTE FUNCTION note_field_versions('change_id', 'document_encrypted,kind,person_id,other_person_id,matter_id,absence,reason,state,proposed_by,decided_by,decided_at,decision_reason');
CREATE TRIGGER identity_changes_field_versions_updated AFTER UPDATE OF change_id, document_encrypted, kind, person_id, other_person_id, matter_id, absence, reason, state, proposed_by, decided_by, decided_at, decision_reason ON public.identity_changes FOR EACH ROW WHEN (((old.change_id IS DISTINCT FROM new.change_id) OR (old.document_encrypted IS DISTINCT FROM new.document_encrypted) OR (old.kind IS DISTINCT FROM new.kind) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.other_person_id IS DISTINCT FROM new.other_person_id) OR (old.matter_id IS DISTINCT FROM new.matter_id) OR (old.absence IS DISTINCT FROM new.absence) OR (old.reason IS DISTINCT FROM new.reason) OR (old.state IS DISTINCT FROM new.state) OR (old.proposed_by IS DISTINCT FROM new.proposed_by) OR (old.decided_by IS DISTINCT FROM new.decided_by) OR (old.decided_at IS DISTINCT FROM new.decided_at) OR (old.decision_reason IS DISTINCT FROM new.decision_reason))) EXECUTE FUNCTION note_field_versions('change_id', 'document_encrypted,kind,person_id,other_person_id,matter_id,absence,reason,state,proposed_by,decided_by,decided_at,decision_reason');

create table identity_documents (
  document_index bytea not null,
  person_id bigint not null,
  document_type text,
  likeness bigint,
  number_encrypted bytea,
  retired_at timestamp with time zone,
  constraint identity_documents_pkey PRIMARY KEY (document_index),
  constraint identity_documents_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint identity_documents_check CHECK (((retired_at IS NULL) = (number_encrypted IS NULL))),
  constraint identity_documents_document_type_check CHECK ((document_type = ANY (ARRAY['resident_id'::text, 'passport'::text, 'hk_macao_permit'::text, 'taiwan_permit'::text, 'foreign_permanent_resident'::text, 'birth_certificate'::text])))
);
CREATE INDEX identity_documents_likeness ON public.identity_documents USING btree (likeness) WHERE (likeness IS NOT NULL);
CREATE INDEX identity_documents_person ON public.identity_documents USING btree (person_id);
CREATE INDEX identity_documents_unread ON public.identity_documents USING btree (person_id) WHERE (document_type IS NULL);
CREATE TRIGGER identity_documents_field_versions_inserted AFTER INSERT OR DELETE ON public.identity_documents FOR EACH ROW EXECUTE FUNCTION note_field_versions('document_index', 'person_id,number_encrypted');
CREATE TRIGGER identity_documents_field_versions_updated AFTER UPDATE OF document_index, person_id, number_encrypted ON public.identity_documents FOR EACH ROW WHEN (((old.document_index IS DISTINCT FROM new.document_index) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.number_encrypted IS DISTINCT FROM new.number_encrypted))) EXECUTE FUNCTION note_field_versions('document_index', 'person_id,number_encrypted');

create table identity_matters (
  matter_id bigint generated always as identity not null,
  first_person_id bigint not null,
  second_person_id bigint not null,
  cause text not null,
  state text default 'open'::text not null,
  opened_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  alarmed_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint identity_matters_pkey PRIMARY KEY (matter_id),
  constraint identity_matters_first_person_id_second_person_id_key UNIQUE (first_person_id, second_person_id),
  constraint identity_matters_first_person_id_fkey FOREIGN KEY (first_person_id) REFERENCES persons(person_id),
  constraint identity_matters_second_person_id_fkey FOREIGN KEY (second_person_id) REFERENCES persons(person_id),
  constraint identity_matters_cause_check CHECK ((cause = ANY (ARRAY['likeness'::text, 'lifelong_number'::text, 'renewal'::text]))),
  constraint identity_matters_check CHECK ((due_at > opened_at)),
  constraint identity_matters_check1 CHECK ((first_person_id <> second_person_id)),
  constraint identity_matters_check2 CHECK (((state = 'open'::text) = (closed_at IS NULL))),
  constraint identity_matters_state_check CHECK ((state = ANY (ARRAY['open'::text, 'same'::text, 'different'::text])))
);
CREATE INDEX identity_matters_open ON public.identity_matters USING btree (due_at) WHERE (state = 'open'::text);
CREATE INDEX identity_matters_second ON public.identity_matters USING btree (second_person_id);
CREATE TRIGGER identity_matters_field_versions_inserted AFTER INSERT OR DELETE ON public.identity_matters FOR EACH ROW EXECUTE FUNCTION note_field_versions('matter_id', 'first_person_id,second_person_id,cause,state,opened_at,closed_at');
CREATE TRIGGER identity_matters_field_versions_updated AFTER UPDATE OF matter_id, first_person_id, second_person_id, cause, state, opened_at, closed_at ON public.identity_matters FOR EACH ROW WHEN (((old.matter_id IS DISTINCT FROM new.matter_id) OR (old.first_person_id IS DISTINCT FROM new.first_person_id) OR (old.second_person_id IS DISTINCT FROM new.second_person_id) OR (old.cause IS DISTINCT FROM new.cause) OR (old.state IS DISTINCT FROM new.state) OR (old.opened_at IS DISTINCT FROM new.opened_at) OR (old.closed_at IS DISTINCT FROM new.closed_at))) EXECUTE FUNCTION note_field_versions('matter_id', 'first_person_id,second_person_id,cause,state,opened_at,closed_at');

create table import_errors (
  import_id bigint not null,
  row_number integer not null,
  problems text[] not null,
  detail text,
  cells bytea not null,
  constraint import_errors_pkey PRIMARY KEY (import_id, row_number),
  constraint import_errors_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id) ON DELETE CASCADE
);

create table import_parts (
  import_id bigint not null,
  part integer not null,
  content bytea not null,
  constraint import_parts_pkey PRIMARY KEY (import_id, part),
  constraint import_parts_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id) ON DELETE CASCADE,
  constraint import_parts_part_check CHECK ((part >= 0))
);

create table import_rows (
  import_id bigint not null,
  row_number integer not null,
  row_key bytea not null,
  document_index bytea,
  person_id bigint,
  at timestamp with time zone,
  category text,
  evidence text,
  number text,
  result text,
  kind text,
  data jsonb,
  workplace_index bytea,
  workplace_encrypted bytea,
  zone_id bigint,
  contact_person_id bigint,
  constraint import_rows_pkey PRIMARY KEY (import_id, row_number),
  constraint import_rows_import_id_row_key_key UNIQUE (import_id, row_key),
  constraint import_rows_contact_person_id_fkey FOREIGN KEY (contact_person_id) REFERENCES persons(person_id),
  constraint import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id) ON DELETE CASCADE,
  constraint import_rows_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint import_rows_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(zone_id),
  constraint import_rows_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'pooled'::text, 'ended'::text, 'withdrawn'::text]))),
  constraint import_rows_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text]))),
  constraint import_rows_workplace CHECK ((num_nonnulls(workplace_index, workplace_encrypted) = ANY (ARRAY[0, 2]))),
  constraint import_rows_workplace_index_check CHECK ((octet_length(workplace_index) = 32))
);
CREATE INDEX import_rows_person ON public.import_rows USING btree (import_id, person_id);

create table imports (
  import_id bigint generated always as identity not null,
  kind text not null,
  state text default 'uploading'::text not null,
  file_name text not null,
  file_bytes bigint not null,
  file_sha256 bytea,
  sheet text,
  partner_id bigint,
  source text not null,
  evidence text not null,
  uploaded_by bigint not null,
  uploaded_at timestamp with time zone not null,
  division_code text not null,
  request_id uuid not null,
  failure text,
  failure_details text[] default '{}'::text[] not null,
  heading bytea,
  rows_read bigint default 0 not null,
  rows_good bigint default 0 not null,
  problem_counts jsonb default '{}'::jsonb not null,
  impact jsonb,
  progress_stage text default 'reading'::text not null,
  progress_done bigint default 0 not null,
  progress_total bigint default 0 not null,
  worked_at timestamp with time zone,
  attempts integer default 0 not null,
  cancel_requested boolean default false not null,
  proposal_id bigint,
  checked_at timestamp with time zone,
  applied_at timestamp with time zone,
  rows_applied bigint,
  sheets jsonb default '[]'::jsonb not null,
  recount_requested boolean default false not null,
  undo_effect jsonb,
  undo_counted_at timestamp with time zone,
  undo_proposal_id bigint,
  undone_at timestamp with time zone,
  rows_undone bigint,
  rows_left bigint,
  constraint imports_pkey PRIMARY KEY (import_id),
  constraint imports_uploaded_by_request_id_key UNIQUE (uploaded_by, request_id),
  constraint imports_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint imports_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint imports_proposal FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint imports_undo_proposal_id_fkey FOREIGN KEY (undo_proposal_id) REFERENCES proposals(proposal_id),
  constraint imports_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES operators(operator_id),
  constraint imports_evidence_check CHECK (((length(evidence) >= 4) AND (length(evidence) <= 500))),
  constraint imports_file_bytes_check CHECK (((file_bytes >= 1) AND (file_bytes <= 268435456))),
  constraint imports_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
  constraint imports_file_sha256_check CHECK ((octet_length(file_sha256) = 32)),
  constraint imports_kind_check CHECK ((kind ~ '^[a-z][a-z_]{1,39}$'::text)),
  constraint imports_progress_stage_check CHECK ((progress_stage = ANY (ARRAY['reading'::text, 'comparing'::text, 'applying'::text, 'undoing'::text]))),
  constraint imports_sheet_check CHECK ((length(sheet) <= 100)),
  constraint imports_source_check CHECK (((length(source) >= 2) AND (length(source) <= 100))),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['uploading'::text, 'waiting'::text, 'checking'::text, 'checked'::text, 'proposed'::text, 'applying'::text, 'applied'::text, 'undoing'::text, 'undone'::text, 'failed'::text, 'cancelled'::text, 'rejected'::text, 'expired'::text])))
);
CREATE INDEX imports_file ON public.imports USING btree (file_sha256, kind);
CREATE INDEX imports_recent ON public.imports USING btree (division_code text_pattern_ops, import_id DESC);
CREATE INDEX imports_work ON public.imports USING btree (import_id) WHERE ((state = ANY (ARRAY['waiting'::text, 'checking'::text, 'applying'::text, 'undoing'::text])) OR recount_requested);

create table incidents (
  incident_id bigint generated always as identity not null,
  kind text not null,
  subject text not null,
  division_code text not null,
  operator_id bigint,
  details jsonb default '{}'::jsonb not null,
  times integer default 1 not null,
  raised_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  acknowledged_by bigint,
  acknowledged_at timestamp with time zone,
  note text,
  constraint incidents_pkey PRIMARY KEY (incident_id),
  constraint incidents_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES operators(operator_id),
  constraint incidents_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint incidents_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint incidents_check CHECK ((last_at >= raised_at)),
  constraint incidents_check1 CHECK ((num_nonnulls(acknowledged_by, acknowledged_at, note) = ANY (ARRAY[0, 3]))),
  constraint incidents_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 60))),
  constraint incidents_note_check CHECK (((length(note) >= 2) AND (length(note) <= 300))),
  constraint incidents_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 200))),
  constraint incidents_times_check CHECK ((times > 0))
);
CREATE INDEX incidents_acknowledged ON public.incidents USING btree (acknowledged_at) WHERE (acknowledged_at IS NOT NULL);
CREATE UNIQUE INDEX incidents_open ON public.incidents USING btree (kind, subject) WHERE (acknowledged_at IS NULL);

create table job_runs (
  job text not null,
  watched_since timestamp with time zone not null,
  succeeded_at timestamp with time zone,
  failed_at timestamp with time zone,
  failures bigint default 0 not null,
  error_code text,
  constraint job_runs_pkey PRIMARY KEY (job),
  constraint job_runs_error_code_check CHECK ((length(error_code) <= 60)),
  constraint job_runs_failures_check CHECK ((failures >= 0)),
  constraint job_runs_job_check CHECK (((length(job) >= 1) AND (length(job) <= 60)))
);

create table key_fingerprints (
  kind text not null,
  key_id integer not null,
  fingerprint bytea not null,
  used_from timestamp with time zone,
  known_at timestamp with time zone default now() not null,
  retired_at timestamp with time zone,
  constraint key_fingerprints_pkey PRIMARY KEY (kind, key_id),
  constraint key_fingerprints_fingerprint_check CHECK ((octet_length(fingerprint) = 32)),
  constraint key_fingerprints_key_id_check CHECK (((key_id >= 0) AND (key_id <= 65535))),
  constraint key_fingerprints_kind_check CHECK ((kind = ANY (ARRAY['data'::text, 'blind_index'::text, 'venue_code'::text, 'token_secret'::text, 'signing'::text, 'audit'::text])))
);

create table key_holders (
  process_id uuid not null,
  server_id uuid not null,
  held text[] not null,
  writes_with text[] not null,
  seen_at timestamp with time zone not null,
  constraint key_holders_pkey PRIMARY KEY (process_id)
);

create table key_rotation_left (
  rotation_id bigint not null,
  field text not null,
  row_key text not null,
  why text not null,
  found_at timestamp with time zone not null,
  constraint key_rotation_left_pkey PRIMARY KEY (rotation_id, field, row_key),
  constraint key_rotation_left_rotation_id_fkey FOREIGN KEY (rotation_id) REFERENCES key_rotations(rotation_id),
  constraint key_rotation_left_why_check CHECK ((why = ANY (ARRAY['unreadable'::text, 'altered'::text, 'by_hand'::text])))
);

create table key_rotation_tables (
  rotation_id bigint not null,
  table_name text not null,
  rows_total bigint not null,
  rows_done bigint default 0 not null,
  "position" text[],
  is_through boolean default false not null,
  constraint key_rotation_tables_pkey PRIMARY KEY (rotation_id, table_name),
  constraint key_rotation_tables_rotation_id_fkey FOREIGN KEY (rotation_id) REFERENCES key_rotations(rotation_id)
);

create table key_rotations (
  rotation_id bigint generated always as identity not null,
  kind text not null,
  key_id integer not null,
  is_leaked boolean default false not null,
  begun_at timestamp with time zone not null,
  taken_up_at timestamp with time zone,
  advanced_at timestamp with time zone not null,
  rounds integer default 0 not null,
  found integer default 0 not null,
  ended_at timestamp with time zone,
  constraint key_rotations_pkey PRIMARY KEY (rotation_id),
  constraint key_rotations_kind_check CHECK ((kind = ANY (ARRAY['data'::text, 'token_secret'::text])))
);
CREATE UNIQUE INDEX key_rotations_running ON public.key_rotations USING btree (kind) WHERE (ended_at IS NULL);

create table known_devices (
  account_id bigint not null,
  device_hash bytea not null,
  person_id bigint not null,
  device_name text not null,
  known_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone default now() not null,
  constraint known_devices_pkey PRIMARY KEY (account_id, device_hash),
  constraint known_devices_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint known_devices_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id)
);
CREATE INDEX known_devices_age ON public.known_devices USING btree (last_used_at);

create table let_passes (
  let_pass_id bigint generated always as identity not null,
  caller text not null,
  request_id uuid not null,
  person_id bigint not null,
  point_id integer not null,
  operator_id bigint,
  device_id uuid,
  organisation text not null,
  passed_at timestamp with time zone not null,
  constraint let_passes_pkey PRIMARY KEY (let_pass_id),
  constraint let_passes_caller_request_id_key UNIQUE (caller, request_id),
  constraint let_passes_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices(device_id),
  constraint let_passes_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint let_passes_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint let_passes_point_id_fkey FOREIGN KEY (point_id) REFERENCES venue_points(point_id),
  constraint let_passes_check CHECK (((operator_id IS NULL) <> (device_id IS NULL)))
);
CREATE INDEX let_passes_age ON public.let_passes USING btree (passed_at);
CREATE INDEX let_passes_person ON public.let_passes USING btree (person_id, passed_at DESC);

create table listed_again (
  document_index bytea not null,
  category text not null,
  anchor_at timestamp with time zone not null,
  import_id bigint not null,
  constraint listed_again_pkey PRIMARY KEY (document_index, category, anchor_at, import_id),
  constraint listed_again_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id)
);
CREATE INDEX listed_again_import ON public.listed_again USING btree (import_id);

create table lookup_days (
  operator_id bigint not null,
  on_day date not null,
  looked integer default 0 not null,
  missed integer default 0 not null,
  outside integer default 0 not null,
  listed integer default 0 not null,
  constraint lookup_days_pkey PRIMARY KEY (operator_id, on_day),
  constraint lookup_days_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint lookup_days_listed_check CHECK ((listed >= 0)),
  constraint lookup_days_looked_check CHECK ((looked >= 0)),
  constraint lookup_days_missed_check CHECK ((missed >= 0)),
  constraint lookup_days_outside_check CHECK ((outside >= 0))
);
CREATE INDEX lookup_days_age ON public.lookup_days USING btree (on_day);

create table lookup_norms (
  role text not null,
  "least" integer not null,
  times_usual numeric(4,1) not null,
  most integer not null,
  constraint lookup_norms_pkey PRIMARY KEY (role),
  constraint lookup_norms_check CHECK ((most >= "least")),
  constraint lookup_norms_least_check CHECK (("least" > 0)),
  constraint lookup_norms_role_check CHECK ((role = ANY (ARRAY['hq'::text, 'office'::text, 'epidemiologist'::text, 'hotline'::text, 'auditor'::text]))),
  constraint lookup_norms_times_usual_check CHECK ((times_usual >= (1)::numeric))
);

create table lookups (
  lookup_id bigint generated always as identity not null,
  person_id bigint not null,
  looked_up_at timestamp with time zone default now() not null,
  means text not null,
  purpose text not null,
  operator_id bigint,
  device_id uuid,
  organisation text not null,
  point_id integer,
  constraint lookups_pkey PRIMARY KEY (lookup_id),
  constraint lookups_means_check CHECK ((means = ANY (ARRAY['personal_code'::text, 'numeric_code'::text, 'paper_code'::text, 'document'::text, 'console_search'::text, 'console_view'::text, 'unmasking'::text, 'companion'::text, 'tracing'::text])))
);
CREATE INDEX lookups_person ON public.lookups USING btree (person_id, lookup_id DESC);

create table members (
  member_id uuid not null,
  account_id bigint not null,
  person_id bigint not null,
  relation text not null,
  consent_means text not null,
  added_at timestamp with time zone default now() not null,
  removed_at timestamp with time zone,
  request_id uuid not null,
  code_allowed_at timestamp with time zone,
  constraint members_pkey PRIMARY KEY (member_id),
  constraint members_account_id_request_id_key UNIQUE (account_id, request_id),
  constraint members_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint members_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint members_consent_means_check CHECK ((consent_means = ANY (ARRAY['guardian'::text, 'own_phone'::text, 'face'::text, 'office'::text, 'given_in_person'::text, 'written'::text]))),
  constraint members_relation_check CHECK ((relation = ANY (ARRAY['child'::text, 'parent'::text, 'grandparent'::text, 'spouse'::text, 'ward'::text, 'other'::text])))
);
CREATE UNIQUE INDEX members_once ON public.members USING btree (account_id, person_id) WHERE (removed_at IS NULL);
CREATE INDEX members_person ON public.members USING btree (person_id) WHERE (removed_at IS NULL);
CREATE TRIGGER members_field_versions_inserted AFTER INSERT OR DELETE ON public.members FOR EACH ROW EXECUTE FUNCTION note_field_versions('member_id', 'account_id,person_id,relation,consent_means,removed_at,code_allowed_at');
CREATE TRIGGER members_field_versions_updated AFTER UPDATE OF member_id, account_id, person_id, relation, consent_means, removed_at, code_allowed_at ON public.members FOR EACH ROW WHEN (((old.member_id IS DISTINCT FROM new.member_id) OR (old.account_id IS DISTINCT FROM new.account_id) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.relation IS DISTINCT FROM new.relation) OR (old.consent_means IS DISTINCT FROM new.consent_means) OR (old.removed_at IS DISTINCT FROM new.removed_at) OR (old.code_allowed_at IS DISTINCT FROM new.code_allowed_at))) EXECUTE FUNCTION note_field_versions('member_id', 'account_id,person_id,relation,consent_means,removed_at,code_allowed_at');

create table notices (
  notice_id uuid not null,
  account_id bigint not null,
  kind text not null,
  details jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  read_at timestamp with time zone,
  constraint notices_pkey PRIMARY KEY (notice_id),
  constraint notices_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id)
);
CREATE INDEX notices_account ON public.notices USING btree (account_id, created_at DESC, notice_id DESC);
CREATE INDEX notices_unread ON public.notices USING btree (account_id) WHERE (read_at IS NULL);

create unlogged table numeric_codes (
  digits integer not null,
  person_id bigint not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint numeric_codes_pkey PRIMARY KEY (digits),
  constraint numeric_codes_digits_check CHECK (((digits >= 0) AND (digits <= 99999999)))
);

create table operator_activations (
  activation_id bigint generated always as identity not null,
  operator_id bigint not null,
  code_hash bytea not null,
  totp_secret_encrypted bytea not null,
  made_at timestamp with time zone not null,
  made_by bigint,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  constraint operator_activations_pkey PRIMARY KEY (activation_id),
  constraint operator_activations_code_hash_key UNIQUE (code_hash),
  constraint operator_activations_made_by_fkey FOREIGN KEY (made_by) REFERENCES operators(operator_id),
  constraint operator_activations_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint operator_activations_check CHECK ((expires_at > made_at)),
  constraint operator_activations_check1 CHECK (((used_at IS NULL) OR (withdrawn_at IS NULL))),
  constraint operator_activations_code_hash_check CHECK ((octet_length(code_hash) = 32))
);
CREATE UNIQUE INDEX operator_activations_open ON public.operator_activations USING btree (operator_id) WHERE ((used_at IS NULL) AND (withdrawn_at IS NULL));
CREATE TRIGGER operator_activations_field_versions_inserted AFTER INSERT OR DELETE ON public.operator_activations FOR EACH ROW EXECUTE FUNCTION note_field_versions('activation_id', 'totp_secret_encrypted');
CREATE TRIGGER operator_activations_field_versions_updated AFTER UPDATE OF activation_id, totp_secret_encrypted ON public.operator_activations FOR EACH ROW WHEN (((old.activation_id IS DISTINCT FROM new.activation_id) OR (old.totp_secret_encrypted IS DISTINCT FROM new.totp_secret_encrypted))) EXECUTE FUNCTION note_field_versions('activation_id', 'totp_secret_encrypted');

create table operator_browsers (
  operator_id bigint not null,
  browser_hash bytea not null,
  address text not null,
  used_at timestamp with time zone not null,
  constraint operator_browsers_pkey PRIMARY KEY (operator_id, browser_hash, address),
  constraint operator_browsers_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint operator_browsers_browser_hash_check CHECK ((octet_length(browser_hash) = 32))
);
CREATE INDEX operator_browsers_address ON public.operator_browsers USING btree (address);
CREATE INDEX operator_browsers_browser ON public.operator_browsers USING btree (browser_hash);
CREATE INDEX operator_browsers_used ON public.operator_browsers USING btree (used_at);

create table operator_changes (
  change_id bigint generated always as identity not null,
  kind text not null,
  operator_id bigint,
  username text not null,
  payload jsonb not null,
  reason text not null,
  state text default 'open'::text not null,
  proposed_by bigint not null,
  proposed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  decision_reason text,
  first_half_encrypted bytea,
  alarms text[] default '{}'::text[] not null,
  request_id uuid not null,
  phone_encrypted bytea,
  phone_index bytea,
  messaged_at timestamp with time zone,
  constraint operator_changes_pkey PRIMARY KEY (change_id),
  constraint operator_changes_request_id_key UNIQUE (request_id),
  constraint operator_changes_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint operator_changes_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint operator_changes_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES operators(operator_id),
  constraint operator_changes_check CHECK ((expires_at > proposed_at)),
  constraint operator_changes_check1 CHECK ((decided_by <> proposed_by)),
  constraint operator_changes_check2 CHECK (((kind = 'create'::text) OR (operator_id IS NOT NULL))),
  constraint operator_changes_check3 CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  constraint operator_changes_check4 CHECK (((state = 'open'::text) OR (first_half_encrypted IS NULL))),
  constraint operator_changes_decision_reason_check CHECK (((length(decision_reason) >= 1) AND (length(decision_reason) <= 500))),
  constraint operator_changes_kind_check CHECK ((kind = ANY (ARRAY['create'::text, 'change'::text, 'reset'::text]))),
  constraint operator_changes_one_way CHECK (((phone_index IS NULL) OR (first_half_encrypted IS NULL))),
  constraint operator_changes_phone_index_check CHECK ((octet_length(phone_index) = 32)),
  constraint operator_changes_phone_kept CHECK (((phone_encrypted IS NULL) OR (phone_index IS NOT NULL))),
  constraint operator_changes_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint operator_changes_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'withdrawn'::text])))
);
CREATE INDEX operator_changes_made ON public.operator_changes USING btree (operator_id, proposed_by) WHERE (state = 'approved'::text);
CREATE UNIQUE INDEX operator_changes_open_operator ON public.operator_changes USING btree (operator_id) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX operator_changes_open_username ON public.operator_changes USING btree (username) WHERE (state = 'open'::text);
CREATE INDEX operator_changes_phone ON public.operator_changes USING btree (phone_index) WHERE (phone_index IS NOT NULL);
CREATE INDEX operator_changes_phone_kept ON public.operator_changes USING btree (proposed_at) WHERE (phone_encrypted IS NOT NULL);

create table operator_sessions (
  session_hash bytea not null,
  operator_id bigint not null,
  csrf_token text not null,
  created_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  address text not null,
  session_id uuid default gen_random_uuid() not null,
  device_name text default ''::text not null,
  constraint operator_sessions_pkey PRIMARY KEY (session_hash),
  constraint operator_sessions_session_id_key UNIQUE (session_id),
  constraint operator_sessions_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint operator_sessions_device_name_check CHECK ((length(device_name) <= 80))
);
CREATE INDEX operator_sessions_operator ON public.operator_sessions USING btree (operator_id);

create table operators (
  operator_id bigint generated always as identity not null,
  username text not null,
  display_name text not null,
  organisation text not null,
  roles text[] not null,
  division_code text not null,
  password_hash text not null,
  totp_secret_encrypted bytea not null,
  totp_last_step bigint default 0 not null,
  must_change_password boolean default true not null,
  active boolean default true not null,
  created_at timestamp with time zone default now() not null,
  last_sign_in_at timestamp with time zone,
  request_id uuid,
  decides_from timestamp with time zone,
  constraint operators_pkey PRIMARY KEY (operator_id),
  constraint operators_request_id_key UNIQUE (request_id),
  constraint operators_username_key UNIQUE (username),
  constraint operators_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint operators_roles_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['hq'::text, 'office'::text, 'epidemiologist'::text, 'hotline'::text, 'auditor'::text, 'sysadmin'::text, 'venue_manager'::text, 'checker'::text, 'sampler'::text, 'lab'::text]))),
  constraint operators_roles_check1 CHECK ((NOT ((roles && ARRAY['sysadmin'::text]) AND (cardinality(roles) > 1)))),
  constraint operators_roles_check2 CHECK ((NOT ((roles && ARRAY['auditor'::text]) AND (cardinality(roles) > 1)))),
  constraint operators_username_check CHECK ((username ~ '^[a-z0-9][a-z0-9._-]{0,38}[a-z0-9]$'::text))
);
CREATE TRIGGER operators_ended AFTER UPDATE OF active, roles, division_code ON public.operators FOR EACH ROW WHEN (((old.active IS DISTINCT FROM new.active) OR (old.roles IS DISTINCT FROM new.roles) OR (old.division_code IS DISTINCT FROM new.division_code))) EXECUTE FUNCTION tell_checkers_changed();
CREATE TRIGGER operators_field_versions_inserted AFTER INSERT OR DELETE ON public.operators FOR EACH ROW EXECUTE FUNCTION note_field_versions('operator_id', 'totp_secret_encrypted,password_hash,roles,division_code');
CREATE TRIGGER operators_field_versions_updated AFTER UPDATE OF operator_id, totp_secret_encrypted, password_hash, roles, division_code ON public.operators FOR EACH ROW WHEN (((old.operator_id IS DISTINCT FROM new.operator_id) OR (old.totp_secret_encrypted IS DISTINCT FROM new.totp_secret_encrypted) OR (old.password_hash IS DISTINCT FROM new.password_hash) OR (old.roles IS DISTINCT FROM new.roles) OR (old.division_code IS DISTINCT FROM new.division_code))) EXECUTE FUNCTION note_field_versions('operator_id', 'totp_secret_encrypted,password_hash,roles,division_code');

create table outside_lookups (
  operator_id bigint not null,
  person_id bigint not null,
  opened_at timestamp with time zone not null,
  reason text not null,
  case_number text not null,
  constraint outside_lookups_pkey PRIMARY KEY (operator_id, person_id, opened_at),
  constraint outside_lookups_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint outside_lookups_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint outside_lookups_case_number_check CHECK (((length(case_number) >= 3) AND (length(case_number) <= 60))),
  constraint outside_lookups_reason_check CHECK (((length(reason) >= 4) AND (length(reason) <= 300)))
);
CREATE INDEX outside_lookups_age ON public.outside_lookups USING btree (opened_at);

create table partner_batches (
  partner_id bigint not null,
  batch_id text not null,
  body_hash bytea not null,
  answer jsonb,
  received_at timestamp with time zone not null,
  worsened integer default 0 not null,
  constraint partner_batches_pkey PRIMARY KEY (partner_id, batch_id),
  constraint partner_batches_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint partner_batches_batch_id_check CHECK (((length(batch_id) >= 1) AND (length(batch_id) <= 64))),
  constraint partner_batches_body_hash_check CHECK ((octet_length(body_hash) = 32)),
  constraint partner_batches_worsened_check CHECK ((worsened >= 0))
);
CREATE INDEX partner_batches_age ON public.partner_batches USING btree (received_at);
CREATE INDEX partner_batches_worsened ON public.partner_batches USING btree (partner_id, received_at) WHERE (worsened > 0);

create table partners (
  partner_id bigint generated always as identity not null,
  name text not null,
  kind text not null,
  key_hash bytea not null,
  pushes_per_minute integer default 120 not null,
  created_at timestamp with time zone default now() not null,
  revoked_at timestamp with time zone,
  constraint partners_pkey PRIMARY KEY (partner_id),
  constraint partners_key_hash_key UNIQUE (key_hash),
  constraint partners_name_key UNIQUE (name),
  constraint partners_key_hash_check CHECK ((octet_length(key_hash) = 32)),
  constraint partners_kind_check CHECK ((kind = ANY (ARRAY['province'::text, 'laboratory'::text]))),
  constraint partners_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint partners_pushes_per_minute_check CHECK ((pushes_per_minute > 0))
);

create table person_absences (
  person_id bigint not null,
  state text not null,
  since timestamp with time zone not null,
  constraint person_absences_pkey PRIMARY KEY (person_id),
  constraint person_absences_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint person_absences_state_check CHECK ((state = ANY (ARRAY['deceased'::text, 'moved_away'::text])))
);
CREATE TRIGGER person_absences_field_versions_inserted AFTER INSERT OR DELETE ON public.person_absences FOR EACH ROW EXECUTE FUNCTION note_field_versions('person_id', 'state,since');
CREATE TRIGGER person_absences_field_versions_updated AFTER UPDATE OF person_id, state, since ON public.person_absences FOR EACH ROW WHEN (((old.person_id IS DISTINCT FROM new.person_id) OR (old.state IS DISTINCT FROM new.state) OR (old.since IS DISTINCT FROM new.since))) EXECUTE FUNCTION note_field_versions('person_id', 'state,since');

create table person_codes (
  code_id bytea not null,
  person_id bigint not null,
  kind text not null,
  issued_at timestamp with time zone default now() not null,
  revoked_at timestamp with time zone,
  revoked_reason text,
  request_id uuid,
  member_id uuid,
  held_at timestamp with time zone,
  constraint person_codes_pkey PRIMARY KEY (code_id),
  constraint person_codes_person_id_request_id_key UNIQUE (person_id, request_id),
  constraint person_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint person_codes_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
  constraint person_codes_code_id_check CHECK ((octet_length(code_id) = 10)),
  constraint person_codes_held_check CHECK (((held_at IS NULL) OR (kind = 'live'::text))),
  constraint person_codes_kind_check CHECK ((kind = ANY (ARRAY['live'::text, 'paper'::text]))),
  constraint person_codes_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['reported_lost'::text, 'replaced'::text, 'person_removed'::text, 'link_ended'::text, 'objected'::text])))
);
CREATE UNIQUE INDEX person_codes_in_force ON public.person_codes USING btree (person_id, kind) WHERE (revoked_at IS NULL);
CREATE INDEX person_codes_member ON public.person_codes USING btree (member_id) WHERE ((member_id IS NOT NULL) AND (revoked_at IS NULL));
CREATE TRIGGER person_codes_field_versions_inserted AFTER INSERT OR DELETE ON public.person_codes FOR EACH ROW EXECUTE FUNCTION note_field_versions('code_id', 'person_id,kind,revoked_at,held_at,member_id');
CREATE TRIGGER person_codes_field_versions_updated AFTER UPDATE OF code_id, person_id, kind, revoked_at, held_at, member_id ON public.person_codes FOR EACH ROW WHEN (((old.code_id IS DISTINCT FROM new.code_id) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.kind IS DISTINCT FROM new.kind) OR (old.revoked_at IS DISTINCT FROM new.revoked_at) OR (old.held_at IS DISTINCT FROM new.held_at) OR (old.member_id IS DISTINCT FROM new.member_id))) EXECUTE FUNCTION note_field_versions('code_id', 'person_id,kind,revoked_at,held_at,member_id');

create table person_doubts (
  first_person_id bigint not null,
  second_person_id bigint not null,
  since timestamp with time zone not null,
  constraint person_doubts_pkey PRIMARY KEY (second_person_id, first_person_id),
  constraint person_doubts_first_person_id_fkey FOREIGN KEY (first_person_id) REFERENCES persons(person_id),
  constraint person_doubts_second_person_id_fkey FOREIGN KEY (second_person_id) REFERENCES persons(person_id),
  constraint person_doubts_check CHECK ((first_person_id <> second_person_id))
);
CREATE INDEX person_doubts_first ON public.person_doubts USING btree (first_person_id);
CREATE TRIGGER person_doubts_field_versions_inserted AFTER INSERT OR DELETE ON public.person_doubts FOR EACH ROW EXECUTE FUNCTION note_field_versions('second_person_id,first_person_id', 'since');
CREATE TRIGGER person_doubts_field_versions_updated AFTER UPDATE OF second_person_id, first_person_id, since ON public.person_doubts FOR EACH ROW WHEN (((old.second_person_id IS DISTINCT FROM new.second_person_id) OR (old.first_person_id IS DISTINCT FROM new.first_person_id) OR (old.since IS DISTINCT FROM new.since))) EXECUTE FUNCTION note_field_versions('second_person_id,first_person_id', 'since');

create table person_floors (
  person_id bigint not null,
  held_push_id bigint not null,
  colour smallint not null,
  since timestamp with time zone not null,
  constraint person_floors_pkey PRIMARY KEY (person_id, held_push_id),
  constraint person_floors_held_push_id_fkey FOREIGN KEY (held_push_id) REFERENCES held_pushes(held_push_id) ON DELETE CASCADE,
  constraint person_floors_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint person_floors_colour_check CHECK (((colour >= 0) AND (colour <= 3)))
);
CREATE INDEX person_floors_push ON public.person_floors USING btree (held_push_id);
CREATE TRIGGER person_floors_field_versions_inserted AFTER INSERT OR DELETE ON public.person_floors FOR EACH ROW EXECUTE FUNCTION note_field_versions('person_id,held_push_id', 'colour,since');
CREATE TRIGGER person_floors_field_versions_updated AFTER UPDATE OF person_id, held_push_id, colour, since ON public.person_floors FOR EACH ROW WHEN (((old.person_id IS DISTINCT FROM new.person_id) OR (old.held_push_id IS DISTINCT FROM new.held_push_id) OR (old.colour IS DISTINCT FROM new.colour) OR (old.since IS DISTINCT FROM new.since))) EXECUTE FUNCTION note_field_versions('person_id,held_push_id', 'colour,since');

create table person_unions (
  person_id bigint not null,
  kept_person_id bigint not null,
  since timestamp with time zone not null,
  constraint person_unions_pkey PRIMARY KEY (person_id),
  constraint person_unions_kept_person_id_fkey FOREIGN KEY (kept_person_id) REFERENCES persons(person_id),
  constraint person_unions_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id)
);
CREATE INDEX person_unions_kept ON public.person_unions USING btree (kept_person_id);
CREATE TRIGGER person_unions_field_versions_inserted AFTER INSERT OR DELETE ON public.person_unions FOR EACH ROW EXECUTE FUNCTION note_field_versions('person_id', 'kept_person_id,since');
CREATE TRIGGER person_unions_field_versions_updated AFTER UPDATE OF person_id, kept_person_id, since ON public.person_unions FOR EACH ROW WHEN (((old.person_id IS DISTINCT FROM new.person_id) OR (old.kept_person_id IS DISTINCT FROM new.kept_person_id) OR (old.since IS DISTINCT FROM new.since))) EXECUTE FUNCTION note_field_versions('person_id', 'kept_person_id,since');

create table persons (
  person_id bigint generated always as identity not null,
  document_type text not null,
  name_encrypted bytea not null,
  name_masked text not null,
  document_number_encrypted bytea not null,
  birth_on_encrypted bytea,
  country text,
  paper_code_granted_at timestamp with time zone,
  registered_at timestamp with time zone default now() not null,
  identity_stale boolean default false not null,
  constraint persons_pkey PRIMARY KEY (person_id),
  constraint persons_document_type_check CHECK ((document_type = ANY (ARRAY['resident_id'::text, 'passport'::text, 'hk_macao_permit'::text, 'taiwan_permit'::text, 'foreign_permanent_resident'::text, 'birth_certificate'::text])))
);
CREATE TRIGGER persons_field_versions_inserted AFTER INSERT OR DELETE ON public.persons FOR EACH ROW EXECUTE FUNCTION note_field_versions('person_id', 'name_encrypted,document_number_encrypted,birth_on_encrypted');
CREATE TRIGGER persons_field_versions_updated AFTER UPDATE OF person_id, name_encrypted, document_number_encrypted, birth_on_encrypted ON public.persons FOR EACH ROW WHEN (((old.person_id IS DISTINCT FROM new.person_id) OR (old.name_encrypted IS DISTINCT FROM new.name_encrypted) OR (old.document_number_encrypted IS DISTINCT FROM new.document_number_encrypted) OR (old.birth_on_encrypted IS DISTINCT FROM new.birth_on_encrypted))) EXECUTE FUNCTION note_field_versions('person_id', 'name_encrypted,document_number_encrypted,birth_on_encrypted');

create table proposals (
  proposal_id bigint generated always as identity not null,
  kind text not null,
  person_id bigint,
  payload jsonb not null,
  division_code text not null,
  state text default 'open'::text not null,
  proposed_by bigint,
  proposed_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  decision_reason text,
  request_id uuid not null,
  proposed_by_partner bigint,
  import_id bigint,
  draft_id bigint,
  needs_hq boolean default false not null,
  alarms jsonb default '[]'::jsonb not null,
  persons integer default 1 not null,
  seen_at_proposal jsonb,
  seen_at_decision jsonb,
  ruleset_id text,
  alarm_acknowledged_by bigint,
  alarm_acknowledged_at timestamp with time zone,
  alarm_note text,
  zone_id bigint,
  case_id bigint,
  announcement_id bigint,
  service_version integer,
  lookup_role text,
  constraint proposals_pkey PRIMARY KEY (proposal_id),
  constraint proposals_request_id_key UNIQUE (request_id),
  constraint proposals_alarm_acknowledged_by_fkey FOREIGN KEY (alarm_acknowledged_by) REFERENCES operators(operator_id),
  constraint proposals_announcement_id_fkey FOREIGN KEY (announcement_id) REFERENCES announcements(announcement_id),
  constraint proposals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint proposals_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint proposals_draft_fkey FOREIGN KEY (draft_id) REFERENCES ruleset_drafts(draft_id),
  constraint proposals_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id),
  constraint proposals_lookup_role_fkey FOREIGN KEY (lookup_role) REFERENCES lookup_norms(role),
  constraint proposals_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint proposals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES operators(operator_id),
  constraint proposals_proposed_by_partner_fkey FOREIGN KEY (proposed_by_partner) REFERENCES partners(partner_id),
  constraint proposals_ruleset_id_fkey FOREIGN KEY (ruleset_id) REFERENCES rulesets(ruleset_id),
  constraint proposals_service_version_fkey FOREIGN KEY (service_version) REFERENCES service_lists(version),
  constraint proposals_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(zone_id),
  constraint proposals_alarm_acknowledged CHECK ((num_nonnulls(alarm_acknowledged_by, alarm_acknowledged_at) = ANY (ARRAY[0, 2]))),
  constraint proposals_alarm_note_check CHECK (((length(alarm_note) >= 2) AND (length(alarm_note) <= 300))),
  constraint proposals_alarm_of_others CHECK ((alarm_acknowledged_by <> proposed_by)),
  constraint proposals_announcement CHECK (((announcement_id IS NOT NULL) = (kind = 'announcement.release'::text))),
  constraint proposals_case CHECK (((case_id IS NOT NULL) = ((kind ~~ 'case.%'::text) OR (kind = 'exposure.drop'::text)))),
  constraint proposals_check CHECK (((decided_by IS DISTINCT FROM proposed_by) OR (state <> ALL (ARRAY['approved'::text, 'rejected'::text])))),
  constraint proposals_check1 CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  constraint proposals_kind_check CHECK ((kind = ANY (ARRAY['finding.add'::text, 'finding.end'::text, 'zone.lift'::text, 'import.apply'::text, 'import.undo'::text, 'ruleset.publish'::text, 'ruleset.call_off'::text, 'case.open'::text, 'case.expose'::text, 'case.undo'::text, 'exposure.drop'::text, 'announcement.release'::text, 'services.release'::text, 'lookup_norm.change'::text]))),
  constraint proposals_lookup_norm CHECK (((lookup_role IS NOT NULL) = (kind = 'lookup_norm.change'::text))),
  constraint proposals_one_proposer CHECK ((num_nonnulls(proposed_by, proposed_by_partner) =
CASE
    WHEN ((zone_id IS NULL) OR (proposed_by IS NOT NULL)) THEN 1
    ELSE 0
END)),
  constraint proposals_one_subject CHECK ((num_nonnulls(person_id, zone_id, import_id, draft_id, ruleset_id, case_id, announcement_id, service_version, lookup_role) = 1)),
  constraint proposals_persons_check CHECK ((persons >= 0)),
  constraint proposals_services CHECK (((service_version IS NOT NULL) = (kind = 'services.release'::text))),
  constraint proposals_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'withdrawn'::text])))
);
CREATE INDEX proposals_alarm_open ON public.proposals USING btree (proposal_id) WHERE ((alarms <> '[]'::jsonb) AND (alarm_acknowledged_by IS NULL));
CREATE INDEX proposals_alarmed ON public.proposals USING btree (proposal_id DESC) WHERE (alarms <> '[]'::jsonb);
CREATE UNIQUE INDEX proposals_announcement ON public.proposals USING btree (announcement_id) WHERE ((state = 'open'::text) AND (announcement_id IS NOT NULL));
CREATE INDEX proposals_case ON public.proposals USING btree (case_id, proposal_id DESC) WHERE (case_id IS NOT NULL);
CREATE INDEX proposals_division ON public.proposals USING btree (division_code, proposed_at);
CREATE UNIQUE INDEX proposals_draft ON public.proposals USING btree (draft_id) WHERE (state = ANY (ARRAY['open'::text, 'approved'::text]));
CREATE UNIQUE INDEX proposals_import ON public.proposals USING btree (import_id) WHERE ((kind = 'import.apply'::text) AND (state = ANY (ARRAY['open'::text, 'approved'::text])));
CREATE INDEX proposals_lookup_role ON public.proposals USING btree (lookup_role) WHERE ((state = 'open'::text) AND (lookup_role IS NOT NULL));
CREATE INDEX proposals_open ON public.proposals USING btree (state, proposal_id DESC);
CREATE UNIQUE INDEX proposals_open_draft ON public.proposals USING btree (((payload ->> 'testId'::text)), kind) WHERE ((payload ? 'testId'::text) AND (state = 'open'::text));
CREATE INDEX proposals_person ON public.proposals USING btree (person_id, proposal_id DESC);
CREATE INDEX proposals_proposer ON public.proposals USING btree (proposed_by, proposed_at);
CREATE UNIQUE INDEX proposals_ruleset ON public.proposals USING btree (ruleset_id) WHERE (state = ANY (ARRAY['open'::text, 'approved'::text]));
CREATE UNIQUE INDEX proposals_services_open ON public.proposals USING btree (service_version) WHERE ((state = 'open'::text) AND (service_version IS NOT NULL));
CREATE INDEX proposals_test ON public.proposals USING btree (((payload ->> 'testId'::text))) WHERE (payload ? 'testId'::text);
CREATE INDEX proposals_zone ON public.proposals USING btree (zone_id, proposal_id DESC) WHERE (zone_id IS NOT NULL);
CREATE TRIGGER proposals_field_versions_inserted AFTER INSERT OR DELETE ON public.proposals FOR EACH ROW EXECUTE FUNCTION note_field_versions('proposal_id', 'kind,person_id,payload,division_code,state,proposed_by,proposed_by_partner,decided_by,decided_at,decision_reason,import_id,needs_hq,zone_id,case_id');
CREATE TRIGGER proposals_field_versions_updated AFTER UPDATE OF proposal_id, kind, person_id, payload, division_code, state, proposed_by, proposed_by_partner, decided_by, decided_at, decision_reason, import_id, needs_hq, zone_id, case_id ON public.proposals FOR EACH ROW WHEN (((old.proposal_id IS DISTINCT FROM new.proposal_id) OR (old.kind IS DISTINCT FROM new.kind) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.payload IS DISTINCT FROM new.payload) OR (old.division_code IS DISTINCT FROM new.division_code) OR (old.state IS DISTINCT FROM new.state) OR (old.proposed_by IS DISTINCT FROM new.proposed_by) OR (old.proposed_by_partner IS DISTINCT FROM new.proposed_by_partner) OR (old.decided_by IS DISTINCT FROM new.decided_by) OR (old.decided_at IS DISTINCT FROM new.decided_at) OR (old.decision_reason IS DISTINCT FROM new.decision_reason) OR (old.import_id IS DISTINCT FROM new.import_id) OR (old.needs_hq IS DISTINCT FROM new.needs_hq) OR (old.zone_id IS DISTINCT FROM new.zone_id) OR (old.case_id IS DISTINCT FROM new.case_id))) EXECUTE FUNCTION note_field_versions('proposal_id', 'kind,person_id,payload,division_code,state,proposed_by,proposed_by_partner,decided_by,decided_at,decision_reason,import_id,needs_hq,zone_id,case_id');

create table provider_days (
  provider text not null,
  day date not null,
  units bigint default 0 not null,
  cost bigint default 0 not null,
  took_over integer default 0 not null,
  took_over_at timestamp with time zone,
  delivered integer default 0 not null,
  undelivered integer default 0 not null,
  constraint provider_days_pkey PRIMARY KEY (provider, day),
  constraint provider_days_cost_check CHECK ((cost >= 0)),
  constraint provider_days_delivered_check CHECK ((delivered >= 0)),
  constraint provider_days_took_over_check CHECK ((took_over >= 0)),
  constraint provider_days_undelivered_check CHECK ((undelivered >= 0)),
  constraint provider_days_units_check CHECK ((units >= 0))
);

create table provincial_codes (
  person_id bigint not null,
  state text default 'waiting'::text not null,
  colour smallint,
  observed_at timestamp with time zone,
  asked_at timestamp with time zone,
  due_at timestamp with time zone not null,
  tries smallint default 0 not null,
  constraint provincial_codes_pkey PRIMARY KEY (person_id),
  constraint provincial_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint provincial_codes_check CHECK (((colour IS NULL) = (observed_at IS NULL))),
  constraint provincial_codes_colour_check CHECK (((colour >= 1) AND (colour <= 3))),
  constraint provincial_codes_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'known'::text, 'identity_stale'::text, 'not_found'::text])))
);
CREATE INDEX provincial_codes_due ON public.provincial_codes USING btree (due_at);
CREATE INDEX provincial_codes_observed ON public.provincial_codes USING btree (observed_at) WHERE (state = 'known'::text);
CREATE TRIGGER provincial_codes_stale_insert AFTER INSERT ON public.provincial_codes FOR EACH ROW WHEN ((new.state = 'identity_stale'::text)) EXECUTE FUNCTION copy_stale_identity();
CREATE TRIGGER provincial_codes_stale_update AFTER UPDATE ON public.provincial_codes FOR EACH ROW WHEN (((old.state = 'identity_stale'::text) IS DISTINCT FROM (new.state = 'identity_stale'::text))) EXECUTE FUNCTION copy_stale_identity();

create unlogged table rate_counters (
  key text not null,
  window_start timestamp with time zone not null,
  count integer not null,
  constraint rate_counters_pkey PRIMARY KEY (key, window_start)
);

create table request_digests (
  caller text not null,
  operation text not null,
  request_id uuid not null,
  digest bytea not null,
  made_at timestamp with time zone not null,
  constraint request_digests_pkey PRIMARY KEY (caller, operation, request_id),
  constraint request_digests_digest_check CHECK ((length(digest) = 32))
);
CREATE INDEX request_digests_age ON public.request_digests USING btree (made_at);

create table required_tests (
  required_test_id bigint generated always as identity not null,
  person_id bigint not null,
  rule text,
  round_id bigint,
  ruleset_id text,
  division_code text not null,
  single boolean not null,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  state text default 'open'::text not null,
  state_at timestamp with time zone not null,
  met_at timestamp with time zone,
  exempt_reason text,
  exempted_by bigint,
  proposal_id bigint,
  constraint required_tests_pkey PRIMARY KEY (required_test_id),
  constraint required_tests_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint required_tests_exempted_by_fkey FOREIGN KEY (exempted_by) REFERENCES operators(operator_id),
  constraint required_tests_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint required_tests_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint required_tests_round_id_fkey FOREIGN KEY (round_id) REFERENCES test_rounds(round_id) ON DELETE CASCADE,
  constraint required_tests_check CHECK ((num_nonnulls(rule, round_id) = 1)),
  constraint required_tests_check1 CHECK (((rule IS NULL) = (ruleset_id IS NULL))),
  constraint required_tests_check2 CHECK ((due_at >= asked_at)),
  constraint required_tests_check3 CHECK (((met_at IS NOT NULL) = (state = 'met'::text))),
  constraint required_tests_check4 CHECK (((exempt_reason IS NULL) OR (exempted_by IS NOT NULL))),
  constraint required_tests_exempt_reason_check CHECK (((length(exempt_reason) >= 2) AND (length(exempt_reason) <= 200))),
  constraint required_tests_rule_check CHECK (((length(rule) >= 2) AND (length(rule) <= 40))),
  constraint required_tests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'met'::text, 'exempt'::text, 'called_off'::text])))
);
CREATE INDEX required_tests_before ON public.required_tests USING btree (person_id, rule, required_test_id DESC) WHERE (state = ANY (ARRAY['met'::text, 'exempt'::text]));
CREATE INDEX required_tests_division ON public.required_tests USING btree (division_code text_pattern_ops, due_at, required_test_id) WHERE (state = 'open'::text);
CREATE INDEX required_tests_due ON public.required_tests USING btree (due_at);
CREATE INDEX required_tests_met ON public.required_tests USING btree (state_at) WHERE (state = 'met'::text);
CREATE UNIQUE INDEX required_tests_open ON public.required_tests USING btree (person_id, rule) WHERE ((state = 'open'::text) AND (rule IS NOT NULL));
CREATE UNIQUE INDEX required_tests_round ON public.required_tests USING btree (round_id, person_id) WHERE (round_id IS NOT NULL);

create table result_calls (
  call_id bigint generated always as identity not null,
  test_id bigint not null,
  revision integer not null,
  outcome text not null,
  note text,
  called_by bigint not null,
  called_at timestamp with time zone not null,
  request_id uuid not null,
  constraint result_calls_pkey PRIMARY KEY (call_id),
  constraint result_calls_request_id_key UNIQUE (request_id),
  constraint result_calls_called_by_fkey FOREIGN KEY (called_by) REFERENCES operators(operator_id),
  constraint result_calls_note_check CHECK (((length(note) >= 1) AND (length(note) <= 200))),
  constraint result_calls_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'not_reached'::text])))
);
CREATE INDEX result_calls_at ON public.result_calls USING btree (called_at);
CREATE INDEX result_calls_test ON public.result_calls USING btree (test_id, call_id DESC);

create table result_sheets (
  sheet_id bytea not null,
  test_id bigint not null,
  revision integer not null,
  person_id bigint not null,
  issued_at timestamp with time zone not null,
  constraint result_sheets_pkey PRIMARY KEY (sheet_id),
  constraint result_sheets_test_id_revision_key UNIQUE (test_id, revision),
  constraint result_sheets_sheet_id_check CHECK ((octet_length(sheet_id) = 10))
);
CREATE INDEX result_sheets_issued ON public.result_sheets USING btree (issued_at);

create table risk_area_feeds (
  version bigint generated always as identity not null,
  source text not null,
  etag text,
  fetched_at timestamp with time zone not null,
  checked_at timestamp with time zone not null,
  as_of timestamp with time zone not null,
  area_count integer not null,
  document jsonb not null,
  state text default 'applied'::text not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  constraint risk_area_feeds_pkey PRIMARY KEY (version),
  constraint risk_area_feeds_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint risk_area_feeds_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'held'::text, 'dropped'::text])))
);
CREATE UNIQUE INDEX risk_area_feeds_held ON public.risk_area_feeds USING btree (source) WHERE (state = 'held'::text);
CREATE INDEX risk_area_feeds_source ON public.risk_area_feeds USING btree (source, version DESC);

create table risk_areas (
  area_id bigint generated always as identity not null,
  division_code text not null,
  name text not null,
  level text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  source text not null,
  source_id text,
  created_at timestamp with time zone default now() not null,
  extent text default 'part'::text not null,
  placed_code text,
  placed_by bigint,
  placed_at timestamp with time zone,
  place_note text,
  constraint risk_areas_pkey PRIMARY KEY (area_id),
  constraint risk_areas_source_source_id_key UNIQUE (source, source_id),
  constraint risk_areas_placed_by_fkey FOREIGN KEY (placed_by) REFERENCES operators(operator_id),
  constraint risk_areas_check CHECK ((valid_to >= valid_from)),
  constraint risk_areas_check1 CHECK (((placed_at IS NULL) = (placed_by IS NULL))),
  constraint risk_areas_check2 CHECK (((placed_code IS NULL) OR (placed_at IS NOT NULL))),
  constraint risk_areas_extent_check CHECK ((extent = ANY (ARRAY['whole'::text, 'part'::text]))),
  constraint risk_areas_level_check CHECK ((level = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
  constraint risk_areas_place_note_check CHECK ((length(place_note) <= 400))
);
CREATE TRIGGER risk_areas_field_versions_inserted AFTER INSERT OR DELETE ON public.risk_areas FOR EACH ROW EXECUTE FUNCTION note_field_versions('area_id', 'division_code,name,level,valid_from,valid_to,source,extent,placed_code,placed_by');
CREATE TRIGGER risk_areas_field_versions_updated AFTER UPDATE OF area_id, division_code, name, level, valid_from, valid_to, source, extent, placed_code, placed_by ON public.risk_areas FOR EACH ROW WHEN (((old.area_id IS DISTINCT FROM new.area_id) OR (old.division_code IS DISTINCT FROM new.division_code) OR (old.name IS DISTINCT FROM new.name) OR (old.level IS DISTINCT FROM new.level) OR (old.valid_from IS DISTINCT FROM new.valid_from) OR (old.valid_to IS DISTINCT FROM new.valid_to) OR (old.source IS DISTINCT FROM new.source) OR (old.extent IS DISTINCT FROM new.extent) OR (old.placed_code IS DISTINCT FROM new.placed_code) OR (old.placed_by IS DISTINCT FROM new.placed_by))) EXECUTE FUNCTION note_field_versions('area_id', 'division_code,name,level,valid_from,valid_to,source,extent,placed_code,placed_by');

create table roster_absences (
  roster_id bigint not null,
  person_id bigint not null,
  on_date date not null,
  marked_by bigint not null,
  marked_at timestamp with time zone not null,
  constraint roster_absences_pkey PRIMARY KEY (roster_id, person_id, on_date),
  constraint roster_absences_marked_by_fkey FOREIGN KEY (marked_by) REFERENCES operators(operator_id),
  constraint roster_absences_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint roster_absences_roster_id_fkey FOREIGN KEY (roster_id) REFERENCES rosters(roster_id) ON DELETE CASCADE
);
CREATE INDEX roster_absences_person ON public.roster_absences USING btree (person_id, on_date);

create table roster_people (
  roster_id bigint not null,
  place integer not null,
  person_id bigint not null,
  home boolean not null,
  constraint roster_people_pkey PRIMARY KEY (roster_id, place),
  constraint roster_people_roster_id_person_id_key UNIQUE (roster_id, person_id),
  constraint roster_people_roster_id_fkey FOREIGN KEY (roster_id) REFERENCES rosters(roster_id) ON DELETE CASCADE,
  constraint roster_people_place_check CHECK (((place >= 1) AND (place <= 5000)))
);
CREATE UNIQUE INDEX roster_people_home ON public.roster_people USING btree (person_id) WHERE home;
CREATE INDEX roster_people_person ON public.roster_people USING btree (person_id);

create table rosters (
  roster_id bigint generated always as identity not null,
  division_code text not null,
  kind text not null,
  name text not null,
  saved_by bigint not null,
  saved_at timestamp with time zone not null,
  request_id uuid not null,
  post text,
  constraint rosters_pkey PRIMARY KEY (roster_id),
  constraint rosters_division_code_kind_name_key UNIQUE (division_code, kind, name),
  constraint rosters_request_id_key UNIQUE (request_id),
  constraint rosters_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint rosters_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES operators(operator_id),
  constraint rosters_check CHECK (((post IS NULL) OR ((post ~ '^[a-z][a-z_]{1,39}$'::text) AND (kind = 'workplace'::text)))),
  constraint rosters_kind_check CHECK ((kind = ANY (ARRAY['building'::text, 'class'::text, 'ward'::text, 'workplace'::text]))),
  constraint rosters_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);
CREATE INDEX rosters_post ON public.rosters USING btree (post) WHERE (post IS NOT NULL);

create table round_counts (
  round_id bigint not null,
  division_code text not null,
  roster_id bigint not null,
  expected integer not null,
  sampled integer not null,
  exempt integer not null,
  constraint round_counts_pkey PRIMARY KEY (round_id, division_code, roster_id),
  constraint round_counts_round_id_fkey FOREIGN KEY (round_id) REFERENCES test_rounds(round_id) ON DELETE CASCADE
);

create table round_demands (
  round_id bigint not null,
  person_id bigint not null,
  division_code text not null,
  due_at timestamp with time zone not null,
  state text default 'open'::text not null,
  state_at timestamp with time zone not null,
  exempt_reason text,
  exempted_by bigint,
  constraint round_demands_pkey PRIMARY KEY (round_id, person_id),
  constraint round_demands_exempted_by_fkey FOREIGN KEY (exempted_by) REFERENCES operators(operator_id),
  constraint round_demands_round_id_fkey FOREIGN KEY (round_id) REFERENCES test_rounds(round_id) ON DELETE CASCADE,
  constraint round_demands_check CHECK (((state = 'exempt'::text) = (exempt_reason IS NOT NULL))),
  constraint round_demands_check1 CHECK (((exempted_by IS NULL) = (exempt_reason IS NULL))),
  constraint round_demands_exempt_reason_check CHECK (((length(exempt_reason) >= 2) AND (length(exempt_reason) <= 200))),
  constraint round_demands_state_check CHECK ((state = ANY (ARRAY['open'::text, 'met'::text, 'exempt'::text])))
);
CREATE INDEX round_demands_open ON public.round_demands USING btree (round_id) WHERE (state = 'open'::text);
CREATE INDEX round_demands_person ON public.round_demands USING btree (person_id) WHERE (state = 'open'::text);

create table round_recipients (
  round_id bigint not null,
  account_id bigint not null,
  constraint round_recipients_pkey PRIMARY KEY (round_id, account_id),
  constraint round_recipients_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint round_recipients_round_id_fkey FOREIGN KEY (round_id) REFERENCES test_rounds(round_id) ON DELETE CASCADE
);

create table round_statements (
  round_id bigint not null,
  person_id bigint not null,
  reason text not null,
  note_encrypted bytea,
  said_by bigint not null,
  said_at timestamp with time zone not null,
  constraint round_statements_pkey PRIMARY KEY (round_id, person_id),
  constraint round_statements_round_id_fkey FOREIGN KEY (round_id) REFERENCES test_rounds(round_id) ON DELETE CASCADE,
  constraint round_statements_said_by_fkey FOREIGN KEY (said_by) REFERENCES accounts(account_id),
  constraint round_statements_reason_check CHECK ((reason = ANY (ARRAY['sampled_elsewhere'::text, 'away'::text, 'medical'::text, 'not_living_there'::text])))
);

create table round_tellings (
  round_id bigint not null,
  state text default 'running'::text not null,
  per_wave integer not null,
  every_minutes smallint not null,
  texts boolean not null,
  total integer,
  told integer default 0 not null,
  texts_sent integer default 0 not null,
  texts_failed integer default 0 not null,
  texts_on date,
  texts_that_day integer default 0 not null,
  waves integer default 0 not null,
  wave_left integer default 0 not null,
  wave_at timestamp with time zone,
  due_at timestamp with time zone not null,
  begun_by bigint not null,
  begun_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  stopped_by bigint,
  stop_reason text,
  constraint round_tellings_pkey PRIMARY KEY (round_id),
  constraint round_tellings_begun_by_fkey FOREIGN KEY (begun_by) REFERENCES operators(operator_id),
  constraint round_tellings_round_id_fkey FOREIGN KEY (round_id) REFERENCES test_rounds(round_id) ON DELETE CASCADE,
  constraint round_tellings_stopped_by_fkey FOREIGN KEY (stopped_by) REFERENCES operators(operator_id),
  constraint round_tellings_check CHECK (((state = 'running'::text) = (ended_at IS NULL))),
  constraint round_tellings_check1 CHECK (((stopped_by IS NULL) = (stop_reason IS NULL))),
  constraint round_tellings_check2 CHECK (((state <> 'stopped'::text) OR (stopped_by IS NOT NULL))),
  constraint round_tellings_every_minutes_check CHECK (((every_minutes >= 1) AND (every_minutes <= 120))),
  constraint round_tellings_per_wave_check CHECK (((per_wave >= 10) AND (per_wave <= 20000))),
  constraint round_tellings_state_check CHECK ((state = ANY (ARRAY['running'::text, 'stopped'::text, 'done'::text, 'dropped'::text]))),
  constraint round_tellings_stop_reason_check CHECK (((length(stop_reason) >= 2) AND (length(stop_reason) <= 300))),
  constraint round_tellings_told_check CHECK ((told >= 0)),
  constraint round_tellings_total_check CHECK ((total >= 0)),
  constraint round_tellings_wave_left_check CHECK ((wave_left >= 0))
);
CREATE INDEX round_tellings_due ON public.round_tellings USING btree (due_at) WHERE (state = 'running'::text);
CREATE INDEX round_tellings_texts ON public.round_tellings USING btree (texts_on) WHERE (texts_on IS NOT NULL);

create table row_versions (
  version_id bigint generated always as identity not null,
  kind text not null,
  row_id text not null,
  written_at timestamp with time zone default now() not null,
  written_by text default SESSION_USER not null,
  digest bytea,
  constraint row_versions_pkey PRIMARY KEY (version_id),
  constraint row_versions_digest_check CHECK ((octet_length(digest) = 32)),
  constraint row_versions_kind_check CHECK ((kind ~ '^[a-z_]+$'::text))
);
CREATE INDEX row_versions_by_hand ON public.row_versions USING btree (version_id) WHERE (written_by <> ALL (ARRAY['jkb_app'::text, 'migration'::text]));
CREATE INDEX row_versions_row ON public.row_versions USING btree (kind, row_id, version_id DESC);

create table ruleset_drafts (
  draft_id bigint generated always as identity not null,
  document jsonb not null,
  state text default 'draft'::text not null,
  created_by bigint not null,
  created_at timestamp with time zone not null,
  request_id uuid not null,
  run_started_at timestamp with time zone,
  run_compared_with text,
  run_cursor bigint default 0 not null,
  run_done bigint default 0 not null,
  run_total bigint default 0 not null,
  run_counts jsonb default '{}'::jsonb not null,
  run_sample jsonb default '[]'::jsonb not null,
  run_finished_at timestamp with time zone,
  run_failure text,
  run_attempt integer default 0 not null,
  run_tries integer default 0 not null,
  run_worked_at timestamp with time zone,
  effective_from timestamp with time zone,
  evidence text,
  proposal_id bigint,
  constraint ruleset_drafts_pkey PRIMARY KEY (draft_id),
  constraint ruleset_drafts_created_by_request_id_key UNIQUE (created_by, request_id),
  constraint ruleset_drafts_created_by_fkey FOREIGN KEY (created_by) REFERENCES operators(operator_id),
  constraint ruleset_drafts_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint ruleset_drafts_run_compared_with_fkey FOREIGN KEY (run_compared_with) REFERENCES rulesets(ruleset_id),
  constraint ruleset_drafts_check CHECK (((state <> ALL (ARRAY['dry_run_done'::text, 'proposed'::text, 'published'::text])) OR (run_finished_at IS NOT NULL))),
  constraint ruleset_drafts_check1 CHECK (((state <> ALL (ARRAY['proposed'::text, 'published'::text])) OR ((effective_from IS NOT NULL) AND (proposal_id IS NOT NULL)))),
  constraint ruleset_drafts_evidence_check CHECK (((length(evidence) >= 4) AND (length(evidence) <= 500))),
  constraint ruleset_drafts_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'dry_running'::text, 'dry_run_done'::text, 'proposed'::text, 'published'::text, 'rejected'::text, 'cancelled'::text])))
);
CREATE INDEX ruleset_drafts_work ON public.ruleset_drafts USING btree (draft_id) WHERE (state = 'dry_running'::text);

create table rulesets (
  ruleset_id text not null,
  document jsonb not null,
  effective_from timestamp with time zone not null,
  published_at timestamp with time zone default now() not null,
  published_by text not null,
  apply_started_at timestamp with time zone,
  apply_cursor bigint default 0 not null,
  apply_done bigint default 0 not null,
  apply_total bigint default 0 not null,
  applied_at timestamp with time zone,
  called_off_at timestamp with time zone,
  constraint rulesets_pkey PRIMARY KEY (ruleset_id),
  constraint rulesets_check CHECK ((called_off_at < effective_from))
);
CREATE UNIQUE INDEX rulesets_effective ON public.rulesets USING btree (effective_from) WHERE (called_off_at IS NULL);
CREATE TRIGGER rulesets_field_versions_inserted AFTER INSERT OR DELETE ON public.rulesets FOR EACH ROW EXECUTE FUNCTION note_field_versions('ruleset_id', 'document,effective_from,published_by,called_off_at');
CREATE TRIGGER rulesets_field_versions_updated AFTER UPDATE OF ruleset_id, document, effective_from, published_by, called_off_at ON public.rulesets FOR EACH ROW WHEN (((old.ruleset_id IS DISTINCT FROM new.ruleset_id) OR (old.document IS DISTINCT FROM new.document) OR (old.effective_from IS DISTINCT FROM new.effective_from) OR (old.published_by IS DISTINCT FROM new.published_by) OR (old.called_off_at IS DISTINCT FROM new.called_off_at))) EXECUTE FUNCTION note_field_versions('ruleset_id', 'document,effective_from,published_by,called_off_at');

create table sample_boxes (
  box_id bigint generated always as identity not null,
  barcode text not null,
  site_id integer not null,
  opened_by bigint not null,
  opened_at timestamp with time zone not null,
  handed_over_at timestamp with time zone,
  handed_over_by bigint,
  handed_over_tubes smallint,
  carrier text,
  partner_id bigint,
  received_at timestamp with time zone,
  received_by bigint,
  received_tubes smallint,
  request_id uuid not null,
  hand_over_request_id uuid,
  receipt_request_id uuid,
  constraint sample_boxes_pkey PRIMARY KEY (box_id),
  constraint sample_boxes_barcode_key UNIQUE (barcode),
  constraint sample_boxes_hand_over_request_id_key UNIQUE (hand_over_request_id),
  constraint sample_boxes_receipt_request_id_key UNIQUE (receipt_request_id),
  constraint sample_boxes_request_id_key UNIQUE (request_id),
  constraint sample_boxes_handed_over_by_fkey FOREIGN KEY (handed_over_by) REFERENCES operators(operator_id),
  constraint sample_boxes_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES operators(operator_id),
  constraint sample_boxes_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint sample_boxes_received_by_fkey FOREIGN KEY (received_by) REFERENCES operators(operator_id),
  constraint sample_boxes_site_id_fkey FOREIGN KEY (site_id) REFERENCES test_sites(site_id),
  constraint sample_boxes_barcode_check CHECK ((barcode ~ '^[0-9]{10,16}$'::text)),
  constraint sample_boxes_carrier_check CHECK (((length(carrier) >= 1) AND (length(carrier) <= 100))),
  constraint sample_boxes_check CHECK ((num_nonnulls(handed_over_at, handed_over_by, handed_over_tubes, carrier, partner_id, hand_over_request_id) = ANY (ARRAY[0, 6]))),
  constraint sample_boxes_check1 CHECK ((num_nonnulls(received_at, received_by, received_tubes, receipt_request_id) = ANY (ARRAY[0, 4]))),
  constraint sample_boxes_check2 CHECK (((received_at IS NULL) OR (handed_over_at IS NOT NULL)))
);
CREATE INDEX sample_boxes_on_the_way ON public.sample_boxes USING btree (partner_id, handed_over_at) WHERE (received_at IS NULL);
CREATE INDEX sample_boxes_site ON public.sample_boxes USING btree (site_id, opened_at);

create table sample_undos (
  undo_id bigint generated always as identity not null,
  tube_id bigint not null,
  sample_request_id uuid not null,
  person_id bigint,
  sampled_at timestamp with time zone not null,
  reason text not null,
  undone_by bigint not null,
  undone_at timestamp with time zone not null,
  constraint sample_undos_pkey PRIMARY KEY (undo_id),
  constraint sample_undos_tube_id_sample_request_id_key UNIQUE (tube_id, sample_request_id),
  constraint sample_undos_tube_id_fkey FOREIGN KEY (tube_id) REFERENCES tubes(tube_id),
  constraint sample_undos_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES operators(operator_id),
  constraint sample_undos_reason_check CHECK ((reason = ANY (ARRAY['wrong_person'::text, 'wrong_tube'::text, 'not_sampled'::text])))
);
CREATE INDEX sample_undos_at ON public.sample_undos USING btree (undone_at);
CREATE TRIGGER sample_undos_field_versions_inserted AFTER INSERT OR DELETE ON public.sample_undos FOR EACH ROW EXECUTE FUNCTION note_field_versions('undo_id', 'tube_id,sample_request_id,person_id,sampled_at,reason,undone_by,undone_at');
CREATE TRIGGER sample_undos_field_versions_updated AFTER UPDATE OF undo_id, tube_id, sample_request_id, person_id, sampled_at, reason, undone_by, undone_at ON public.sample_undos FOR EACH ROW WHEN (((old.undo_id IS DISTINCT FROM new.undo_id) OR (old.tube_id IS DISTINCT FROM new.tube_id) OR (old.sample_request_id IS DISTINCT FROM new.sample_request_id) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.sampled_at IS DISTINCT FROM new.sampled_at) OR (old.reason IS DISTINCT FROM new.reason) OR (old.undone_by IS DISTINCT FROM new.undone_by) OR (old.undone_at IS DISTINCT FROM new.undone_at))) EXECUTE FUNCTION note_field_versions('undo_id', 'tube_id,sample_request_id,person_id,sampled_at,reason,undone_by,undone_at');

create table samples (
  tube_id bigint not null,
  nth smallint not null,
  person_id bigint,
  sampled_at timestamp with time zone not null,
  sampled_window integer not null,
  site_id integer not null,
  means smallint not null,
  request_id uuid not null,
  document_index bytea,
  document_encrypted bytea,
  phone_encrypted bytea,
  constraint samples_pkey PRIMARY KEY (tube_id, nth),
  constraint samples_tube_id_fkey FOREIGN KEY (tube_id) REFERENCES tubes(tube_id),
  constraint samples_check CHECK (((person_id IS NULL) = (document_index IS NOT NULL))),
  constraint samples_check1 CHECK ((num_nonnulls(document_index, document_encrypted, phone_encrypted) = ANY (ARRAY[0, 3]))),
  constraint samples_document_index_check CHECK ((octet_length(document_index) = 32)),
  constraint samples_means_check CHECK (((means >= 1) AND (means <= 4))),
  constraint samples_nth_check CHECK (((nth >= 1) AND (nth <= 20)))
);
CREATE INDEX samples_document ON public.samples USING btree (document_index) WHERE (document_index IS NOT NULL);
CREATE UNIQUE INDEX samples_person ON public.samples USING btree (person_id, sampled_window);
CREATE INDEX samples_sampled ON public.samples USING brin (sampled_at);
CREATE TRIGGER samples_noted_deleted AFTER DELETE ON public.samples REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_changed_samples();
CREATE TRIGGER samples_noted_updated AFTER UPDATE ON public.samples REFERENCING OLD TABLE AS gone NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_changed_samples();

create table sampling_shifts (
  shift_id bigint generated always as identity not null,
  site_id integer not null,
  operator_id bigint not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  request_id uuid not null,
  constraint sampling_shifts_pkey PRIMARY KEY (shift_id),
  constraint sampling_shifts_request_id_key UNIQUE (request_id),
  constraint sampling_shifts_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint sampling_shifts_site_id_fkey FOREIGN KEY (site_id) REFERENCES test_sites(site_id),
  constraint sampling_shifts_check CHECK ((ended_at >= started_at))
);
CREATE INDEX sampling_shifts_operator ON public.sampling_shifts USING btree (operator_id, shift_id DESC);
CREATE INDEX sampling_shifts_site ON public.sampling_shifts USING btree (site_id) WHERE (ended_at IS NULL);

create table schema_migrations (
  version integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  stops_older boolean default true not null,
  constraint schema_migrations_pkey PRIMARY KEY (version)
);

create table service_checks (
  service_key text not null,
  url text not null,
  failures integer default 0 not null,
  checked_at timestamp with time zone not null,
  working_at timestamp with time zone,
  constraint service_checks_pkey PRIMARY KEY (service_key),
  constraint service_checks_failures_check CHECK ((failures >= 0)),
  constraint service_checks_service_key_check CHECK (((length(service_key) >= 2) AND (length(service_key) <= 40)))
);

create table service_grants (
  grant_id uuid not null,
  account_id bigint not null,
  person_id bigint not null,
  service_key text not null,
  scopes text[] not null,
  granted_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  redeemed_at timestamp with time zone,
  request_id uuid not null,
  constraint service_grants_pkey PRIMARY KEY (grant_id),
  constraint service_grants_account_id_request_id_key UNIQUE (account_id, request_id),
  constraint service_grants_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint service_grants_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint service_grants_check CHECK ((expires_at > granted_at)),
  constraint service_grants_service_key_check CHECK (((length(service_key) >= 2) AND (length(service_key) <= 40)))
);
CREATE INDEX service_grants_granted ON public.service_grants USING btree (granted_at);
CREATE INDEX service_grants_of_person ON public.service_grants USING btree (account_id, granted_at DESC);

create table service_lists (
  version integer generated always as identity not null,
  state text not null,
  revision integer default 1 not null,
  services jsonb not null,
  change_note text,
  edited_by bigint not null,
  edited_at timestamp with time zone not null,
  proposal_id bigint,
  released_by bigint,
  released_at timestamp with time zone,
  constraint service_lists_pkey PRIMARY KEY (version),
  constraint service_lists_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES operators(operator_id),
  constraint service_lists_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint service_lists_released_by_fkey FOREIGN KEY (released_by) REFERENCES operators(operator_id),
  constraint service_lists_change_note_check CHECK (((length(change_note) >= 2) AND (length(change_note) <= 300))),
  constraint service_lists_check CHECK (((state = 'released'::text) = (released_at IS NOT NULL))),
  constraint service_lists_check1 CHECK ((num_nonnulls(released_by, released_at) = ANY (ARRAY[0, 2]))),
  constraint service_lists_check2 CHECK (((released_by IS NULL) OR (released_by <> edited_by))),
  constraint service_lists_revision_check CHECK ((revision > 0)),
  constraint service_lists_services_check CHECK ((jsonb_typeof(services) = 'array'::text)),
  constraint service_lists_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'released'::text, 'dropped'::text])))
);
CREATE UNIQUE INDEX service_lists_open ON public.service_lists USING btree ((true)) WHERE (state = ANY (ARRAY['draft'::text, 'proposed'::text]));
CREATE INDEX service_lists_released ON public.service_lists USING btree (version DESC) WHERE (state = 'released'::text);

create table service_stops (
  service_key text not null,
  reason text not null,
  stopped_by bigint not null,
  stopped_at timestamp with time zone not null,
  constraint service_stops_pkey PRIMARY KEY (service_key),
  constraint service_stops_stopped_by_fkey FOREIGN KEY (stopped_by) REFERENCES operators(operator_id),
  constraint service_stops_reason_check CHECK (((length(reason) >= 2) AND (length(reason) <= 300))),
  constraint service_stops_service_key_check CHECK (((length(service_key) >= 2) AND (length(service_key) <= 40)))
);

create table sessions (
  session_id uuid not null,
  account_id bigint not null,
  refresh_hash bytea not null,
  device_name text not null,
  created_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_reason text,
  proved_at timestamp with time zone,
  device_hash bytea,
  constraint sessions_pkey PRIMARY KEY (session_id),
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint sessions_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
  constraint sessions_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['signed_out'::text, 'revoked'::text, 'refresh_reused'::text, 'identity_taken_over'::text, 'restored'::text, 'number_left'::text])))
);
CREATE INDEX sessions_account ON public.sessions USING btree (account_id, last_used_at DESC);
CREATE INDEX sessions_ended ON public.sessions USING btree (LEAST(expires_at, COALESCE(revoked_at, expires_at)));
CREATE INDEX sessions_revoked ON public.sessions USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);

create table sign_in_proofs (
  proof_id uuid not null,
  session_id uuid not null,
  account_id bigint not null,
  proof_code text not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  asked_devices_at timestamp with time zone,
  proposed_by bigint,
  proposed_at timestamp with time zone,
  reason text,
  request_id uuid,
  state text default 'open'::text not null,
  means text,
  decided_at timestamp with time zone,
  decided_by bigint,
  constraint sign_in_proofs_pkey PRIMARY KEY (proof_id),
  constraint sign_in_proofs_proof_code_key UNIQUE (proof_code),
  constraint sign_in_proofs_request_id_key UNIQUE (request_id),
  constraint sign_in_proofs_session_id_key UNIQUE (session_id),
  constraint sign_in_proofs_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint sign_in_proofs_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint sign_in_proofs_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES operators(operator_id),
  constraint sign_in_proofs_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(session_id) ON DELETE CASCADE,
  constraint sign_in_proofs_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint sign_in_proofs_check1 CHECK (((proposed_by IS NULL) = (proposed_at IS NULL))),
  constraint sign_in_proofs_check2 CHECK (((means IS DISTINCT FROM 'hotline'::text) OR (decided_by IS DISTINCT FROM proposed_by))),
  constraint sign_in_proofs_means_check CHECK ((means = ANY (ARRAY['face'::text, 'device'::text, 'office'::text, 'hotline'::text]))),
  constraint sign_in_proofs_proof_code_check CHECK ((proof_code ~ '^[0-9]{8}$'::text)),
  constraint sign_in_proofs_state_check CHECK ((state = ANY (ARRAY['open'::text, 'proved'::text, 'refused'::text])))
);
CREATE INDEX sign_in_proofs_account ON public.sign_in_proofs USING btree (account_id) WHERE (state = 'open'::text);
CREATE INDEX sign_in_proofs_proposed ON public.sign_in_proofs USING btree (proposed_at) WHERE ((state = 'open'::text) AND (proposed_at IS NOT NULL));

create table sms_challenges (
  challenge_id uuid not null,
  phone_index bytea not null,
  address_index bytea not null,
  code_hash bytea not null,
  tries_left smallint not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint sms_challenges_pkey PRIMARY KEY (challenge_id),
  constraint sms_challenges_tries_left_check CHECK ((tries_left >= 0))
);
CREATE INDEX sms_challenges_address ON public.sms_challenges USING btree (address_index, created_at);
CREATE INDEX sms_challenges_age ON public.sms_challenges USING btree (created_at);
CREATE INDEX sms_challenges_phone ON public.sms_challenges USING btree (phone_index, created_at DESC);

create table status_changes (
  change_id bigint generated always as identity not null,
  person_id bigint not null,
  changed_at timestamp with time zone default now() not null,
  from_colour smallint,
  to_colour smallint not null,
  reasons jsonb not null,
  cause text not null,
  ruleset_id text not null,
  constraint status_changes_pkey PRIMARY KEY (change_id),
  constraint status_changes_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id)
);
CREATE INDEX status_changes_person ON public.status_changes USING btree (person_id, change_id DESC);
CREATE TRIGGER status_changes_transaction_id BEFORE INSERT ON public.status_changes FOR EACH STATEMENT EXECUTE FUNCTION take_transaction_id();

create table status_current (
  person_id bigint not null,
  colour smallint not null,
  reasons jsonb not null,
  evaluated_at timestamp with time zone not null,
  next_change_at timestamp with time zone,
  latest_test_at timestamp with time zone,
  latest_test_negative boolean,
  latest_negative_at timestamp with time zone,
  ruleset_id text not null,
  constraint status_current_pkey PRIMARY KEY (person_id),
  constraint status_current_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint status_current_colour_check CHECK (((colour >= 0) AND (colour <= 3)))
) with (fillfactor=80);
CREATE INDEX status_current_due ON public.status_current USING btree (next_change_at) WHERE (next_change_at IS NOT NULL);

create table stays (
  stay_id bigint generated always as identity not null,
  person_id bigint not null,
  declaration_id uuid not null,
  version smallint not null,
  division_code text collate "C" not null,
  from_on date not null,
  to_on date not null,
  own_word boolean not null,
  office_code text not null,
  source text not null,
  superseded_at timestamp with time zone,
  constraint stays_pkey PRIMARY KEY (person_id, stay_id),
  constraint stays_declaration_id_version_fkey FOREIGN KEY (declaration_id, version) REFERENCES declaration_versions(declaration_id, version),
  constraint stays_office_code_fkey FOREIGN KEY (office_code) REFERENCES divisions(code),
  constraint stays_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint stays_check CHECK ((to_on >= from_on)),
  constraint stays_division_code_check CHECK ((division_code ~ '^([0-9]{6}([0-9]{3}|[0-9]{6})?|[A-Z]{3})$'::text)),
  constraint stays_source_check CHECK ((source = ANY (ARRAY['entry_registration'::text, 'exposure_declaration'::text])))
);
CREATE INDEX stays_declaration ON public.stays USING btree (declaration_id);
CREATE INDEX stays_place ON public.stays USING btree (division_code, to_on) WHERE (superseded_at IS NULL);

create table take_overs (
  take_over_id uuid default gen_random_uuid() not null,
  person_id bigint not null,
  from_account_id bigint not null,
  to_account_id bigint not null,
  consent_version text,
  taken_at timestamp with time zone not null,
  object_until timestamp with time zone not null,
  state text default 'moved'::text not null,
  objected_at timestamp with time zone,
  due_at timestamp with time zone,
  alarmed_at timestamp with time zone,
  decided_at timestamp with time zone,
  decided_by bigint,
  reason text,
  constraint take_overs_pkey PRIMARY KEY (take_over_id),
  constraint take_overs_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint take_overs_from_account_id_fkey FOREIGN KEY (from_account_id) REFERENCES accounts(account_id),
  constraint take_overs_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint take_overs_to_account_id_fkey FOREIGN KEY (to_account_id) REFERENCES accounts(account_id),
  constraint take_overs_check CHECK (((state = 'moved'::text) = (objected_at IS NULL))),
  constraint take_overs_check1 CHECK (((objected_at IS NULL) = (due_at IS NULL))),
  constraint take_overs_check2 CHECK (((state = ANY (ARRAY['kept'::text, 'returned'::text])) = (decided_at IS NOT NULL))),
  constraint take_overs_check3 CHECK ((((decided_at IS NULL) = (decided_by IS NULL)) AND ((decided_at IS NULL) = (reason IS NULL)))),
  constraint take_overs_state_check CHECK ((state = ANY (ARRAY['moved'::text, 'objected'::text, 'kept'::text, 'returned'::text])))
);
CREATE INDEX take_overs_age ON public.take_overs USING btree (taken_at);
CREATE INDEX take_overs_due ON public.take_overs USING btree (due_at) WHERE (state = 'objected'::text);
CREATE INDEX take_overs_from ON public.take_overs USING btree (from_account_id, taken_at DESC);
CREATE UNIQUE INDEX take_overs_open ON public.take_overs USING btree (person_id) WHERE (state = 'objected'::text);
CREATE INDEX take_overs_to ON public.take_overs USING btree (to_account_id, taken_at DESC);
CREATE TRIGGER take_overs_field_versions_inserted AFTER INSERT OR DELETE ON public.take_overs FOR EACH ROW EXECUTE FUNCTION note_field_versions('take_over_id', 'person_id,from_account_id,to_account_id,state,objected_at,decided_at,decided_by,reason');
CREATE TRIGGER take_overs_field_versions_updated AFTER UPDATE OF take_over_id, person_id, from_account_id, to_account_id, state, objected_at, decided_at, decided_by, reason ON public.take_overs FOR EACH ROW WHEN (((old.take_over_id IS DISTINCT FROM new.take_over_id) OR (old.person_id IS DISTINCT FROM new.person_id) OR (old.from_account_id IS DISTINCT FROM new.from_account_id) OR (old.to_account_id IS DISTINCT FROM new.to_account_id) OR (old.state IS DISTINCT FROM new.state) OR (old.objected_at IS DISTINCT FROM new.objected_at) OR (old.decided_at IS DISTINCT FROM new.decided_at) OR (old.decided_by IS DISTINCT FROM new.decided_by) OR (old.reason IS DISTINCT FROM new.reason))) EXECUTE FUNCTION note_field_versions('take_over_id', 'person_id,from_account_id,to_account_id,state,objected_at,decided_at,decided_by,reason');

create table test_bookings (
  booking_id bigint generated always as identity not null,
  site_id integer not null,
  person_id bigint not null,
  account_id bigint not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  booked_for date not null,
  held_until timestamp with time zone not null,
  place smallint,
  state text default 'booked'::text not null,
  booked_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  reminded_at timestamp with time zone,
  request_id uuid not null,
  constraint test_bookings_pkey PRIMARY KEY (booking_id),
  constraint test_bookings_request_id_person_id_key UNIQUE (request_id, person_id),
  constraint test_bookings_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint test_bookings_site_id_fkey FOREIGN KEY (site_id) REFERENCES test_sites(site_id),
  constraint test_bookings_check CHECK ((ends_at > starts_at)),
  constraint test_bookings_check1 CHECK ((held_until > starts_at)),
  constraint test_bookings_check2 CHECK (((state <> 'booked'::text) OR (place IS NOT NULL))),
  constraint test_bookings_check3 CHECK (((state <> ALL (ARRAY['missed'::text, 'cancelled'::text, 'called_off'::text])) OR (place IS NULL))),
  constraint test_bookings_check4 CHECK (((state = 'booked'::text) = (ended_at IS NULL))),
  constraint test_bookings_place_check CHECK (((place >= 1) AND (place <= 2000))),
  constraint test_bookings_state_check CHECK ((state = ANY (ARRAY['booked'::text, 'kept'::text, 'missed'::text, 'cancelled'::text, 'called_off'::text])))
);
CREATE UNIQUE INDEX test_bookings_day ON public.test_bookings USING btree (person_id, booked_for) WHERE (state = 'booked'::text);
CREATE INDEX test_bookings_open ON public.test_bookings USING btree (held_until) WHERE (state = 'booked'::text);
CREATE INDEX test_bookings_person ON public.test_bookings USING btree (person_id, starts_at DESC);
CREATE UNIQUE INDEX test_bookings_place ON public.test_bookings USING btree (site_id, starts_at, place);
CREATE INDEX test_bookings_starts ON public.test_bookings USING btree (starts_at);

create table test_results (
  test_id bigint generated always as identity not null,
  person_id bigint not null,
  sampled_at timestamp with time zone not null,
  reported_at timestamp with time zone default now() not null,
  result text not null,
  kind text not null,
  source text not null,
  withdrawn_at timestamp with time zone,
  partner_id bigint,
  laboratory_number text,
  revision integer default 1 not null,
  reviewed_at timestamp with time zone,
  verdict text,
  import_id bigint,
  import_revision integer,
  undone_by bigint,
  constraint test_results_pkey PRIMARY KEY (test_id),
  constraint test_results_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id),
  constraint test_results_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint test_results_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint test_results_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES proposals(proposal_id),
  constraint test_results_check CHECK (((partner_id IS NULL) = (laboratory_number IS NULL))),
  constraint test_results_import CHECK (((import_id IS NULL) = (import_revision IS NULL))),
  constraint test_results_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'pooled'::text]))),
  constraint test_results_laboratory_number_check CHECK (((length(laboratory_number) >= 1) AND (length(laboratory_number) <= 64))),
  constraint test_results_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text]))),
  constraint test_results_undone CHECK (((undone_by IS NULL) OR (withdrawn_at IS NOT NULL))),
  constraint test_results_verdict CHECK ((((verdict IS NULL) = (reviewed_at IS NULL)) AND ((verdict IS NULL) OR (result = 'positive'::text)))),
  constraint test_results_verdict_check CHECK ((verdict = ANY (ARRAY['approved'::text, 'rejected'::text])))
);
CREATE INDEX test_results_import ON public.test_results USING btree (import_id, person_id) WHERE (import_id IS NOT NULL);
CREATE UNIQUE INDEX test_results_laboratory ON public.test_results USING btree (partner_id, laboratory_number, person_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX test_results_person ON public.test_results USING btree (person_id, sampled_at DESC);
CREATE INDEX test_results_positive ON public.test_results USING btree (reported_at) WHERE ((result = 'positive'::text) AND (withdrawn_at IS NULL));
CREATE INDEX test_results_standing ON public.test_results USING btree (test_id) WHERE ((result = 'positive'::text) AND (kind = 'single'::text) AND (verdict IS NULL) AND (withdrawn_at IS NULL));
CREATE TRIGGER test_results_field_versions_deleted AFTER DELETE ON public.test_results FOR EACH ROW EXECUTE FUNCTION note_field_versions('test_id', 'result,withdrawn_at,revision,reviewed_at,verdict,undone_by');
CREATE TRIGGER test_results_field_versions_updated AFTER UPDATE OF test_id, result, withdrawn_at, revision, reviewed_at, verdict, undone_by ON public.test_results FOR EACH ROW WHEN (((old.test_id IS DISTINCT FROM new.test_id) OR (old.result IS DISTINCT FROM new.result) OR (old.withdrawn_at IS DISTINCT FROM new.withdrawn_at) OR (old.revision IS DISTINCT FROM new.revision) OR (old.reviewed_at IS DISTINCT FROM new.reviewed_at) OR (old.verdict IS DISTINCT FROM new.verdict) OR (old.undone_by IS DISTINCT FROM new.undone_by))) EXECUTE FUNCTION note_field_versions('test_id', 'result,withdrawn_at,revision,reviewed_at,verdict,undone_by');
CREATE TRIGGER test_results_transaction_id BEFORE INSERT ON public.test_results FOR EACH STATEMENT EXECUTE FUNCTION take_transaction_id();

create table test_rounds (
  round_id bigint generated always as identity not null,
  name text not null,
  division_code text not null,
  division_codes text[] default '{}'::text[] not null,
  roster_ids bigint[] default '{}'::bigint[] not null,
  kind text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  times smallint default 1 not null,
  every_days smallint,
  state text default 'made'::text not null,
  made_by bigint not null,
  made_at timestamp with time zone not null,
  begun_by bigint,
  begun_at timestamp with time zone,
  ended_at timestamp with time zone,
  counted_at timestamp with time zone,
  after_round bigint,
  request_id uuid,
  zone_ids bigint[] default '{}'::bigint[] not null,
  constraint test_rounds_pkey PRIMARY KEY (round_id),
  constraint test_rounds_request_id_key UNIQUE (request_id),
  constraint test_rounds_after_round_fkey FOREIGN KEY (after_round) REFERENCES test_rounds(round_id),
  constraint test_rounds_begun_by_fkey FOREIGN KEY (begun_by) REFERENCES operators(operator_id),
  constraint test_rounds_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint test_rounds_made_by_fkey FOREIGN KEY (made_by) REFERENCES operators(operator_id),
  constraint test_rounds_check CHECK (((until_at > from_at) AND (until_at <= (from_at + '7 days'::interval)))),
  constraint test_rounds_check1 CHECK ((due_at >= until_at)),
  constraint test_rounds_check3 CHECK (((times > 1) = (every_days IS NOT NULL))),
  constraint test_rounds_check4 CHECK ((num_nonnulls(begun_by, begun_at) = ANY (ARRAY[0, 2]))),
  constraint test_rounds_check5 CHECK (((begun_by IS NULL) OR (begun_by <> made_by))),
  constraint test_rounds_check6 CHECK (((state <> ALL (ARRAY['begun'::text, 'closed'::text])) OR (begun_by IS NOT NULL))),
  constraint test_rounds_check7 CHECK (((state = ANY (ARRAY['closed'::text, 'called_off'::text])) = (ended_at IS NOT NULL))),
  constraint test_rounds_every_days_check CHECK (((every_days >= 1) AND (every_days <= 30))),
  constraint test_rounds_kind_check CHECK ((kind = ANY (ARRAY['pooled'::text, 'single'::text]))),
  constraint test_rounds_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint test_rounds_one_who CHECK ((((((cardinality(division_codes) > 0))::integer + ((cardinality(roster_ids) > 0))::integer) + ((cardinality(zone_ids) > 0))::integer) = 1)),
  constraint test_rounds_state_check CHECK ((state = ANY (ARRAY['made'::text, 'begun'::text, 'closed'::text, 'called_off'::text]))),
  constraint test_rounds_times_check CHECK (((times >= 1) AND (times <= 30)))
);
CREATE INDEX test_rounds_begun ON public.test_rounds USING btree (from_at) WHERE (state = 'begun'::text);
CREATE INDEX test_rounds_recent ON public.test_rounds USING btree (from_at DESC);

create table test_site_days (
  site_id integer not null,
  on_date date not null,
  closed boolean not null,
  hours jsonb,
  slot_capacity smallint,
  reason text not null,
  set_by bigint not null,
  set_at timestamp with time zone not null,
  constraint test_site_days_pkey PRIMARY KEY (site_id, on_date),
  constraint test_site_days_set_by_fkey FOREIGN KEY (set_by) REFERENCES operators(operator_id),
  constraint test_site_days_site_id_fkey FOREIGN KEY (site_id) REFERENCES test_sites(site_id),
  constraint test_site_days_check CHECK (((NOT closed) OR (num_nonnulls(hours, slot_capacity) = 0))),
  constraint test_site_days_check1 CHECK ((closed OR (num_nonnulls(hours, slot_capacity) > 0))),
  constraint test_site_days_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 100))),
  constraint test_site_days_slot_capacity_check CHECK (((slot_capacity >= 1) AND (slot_capacity <= 2000)))
);

create table test_sites (
  site_id integer generated always as identity not null,
  name text not null,
  division_code text not null,
  address text not null,
  hours jsonb not null,
  audience text not null,
  price_cents integer not null,
  telephone text,
  latitude double precision,
  longitude double precision,
  walk_in boolean not null,
  slot_minutes smallint,
  slot_capacity smallint,
  state text default 'active'::text not null,
  waiting smallint,
  waiting_at timestamp with time zone,
  revision integer default 1 not null,
  made_by bigint not null,
  made_at timestamp with time zone not null,
  request_id uuid not null,
  constraint test_sites_pkey PRIMARY KEY (site_id),
  constraint test_sites_request_id_key UNIQUE (request_id),
  constraint test_sites_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint test_sites_made_by_fkey FOREIGN KEY (made_by) REFERENCES operators(operator_id),
  constraint test_sites_address_check CHECK (((length(address) >= 1) AND (length(address) <= 200))),
  constraint test_sites_audience_check CHECK ((audience = ANY (ARRAY['everybody'::text, 'yellow'::text, 'fever_clinic'::text]))),
  constraint test_sites_check CHECK ((num_nonnulls(latitude, longitude) = ANY (ARRAY[0, 2]))),
  constraint test_sites_check1 CHECK ((num_nonnulls(slot_minutes, slot_capacity) = ANY (ARRAY[0, 2]))),
  constraint test_sites_check2 CHECK ((walk_in OR (slot_minutes IS NOT NULL))),
  constraint test_sites_check3 CHECK ((num_nonnulls(waiting, waiting_at) = ANY (ARRAY[0, 2]))),
  constraint test_sites_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint test_sites_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
  constraint test_sites_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint test_sites_price_cents_check CHECK (((price_cents >= 0) AND (price_cents <= 100000))),
  constraint test_sites_slot_capacity_check CHECK (((slot_capacity >= 1) AND (slot_capacity <= 2000))),
  constraint test_sites_slot_minutes_check CHECK ((slot_minutes = ANY (ARRAY[15, 20, 30, 60]))),
  constraint test_sites_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'closed'::text]))),
  constraint test_sites_telephone_check CHECK (((length(telephone) >= 3) AND (length(telephone) <= 24))),
  constraint test_sites_waiting_check CHECK (((waiting >= 0) AND (waiting <= 9999)))
);
CREATE INDEX test_sites_division ON public.test_sites USING btree (division_code, site_id);

create table ticket_entries (
  entry_id bigint generated always as identity not null,
  ticket_id uuid not null,
  at timestamp with time zone not null,
  step text not null,
  operator_id bigint,
  text_encrypted bytea,
  from_code text,
  to_code text,
  request_id uuid,
  constraint ticket_entries_pkey PRIMARY KEY (entry_id),
  constraint ticket_entries_ticket_id_request_id_key UNIQUE (ticket_id, request_id),
  constraint ticket_entries_from_code_fkey FOREIGN KEY (from_code) REFERENCES divisions(code),
  constraint ticket_entries_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint ticket_entries_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(ticket_id) ON DELETE CASCADE,
  constraint ticket_entries_to_code_fkey FOREIGN KEY (to_code) REFERENCES divisions(code),
  constraint ticket_entries_step_check CHECK ((step = ANY (ARRAY['submitted'::text, 'recorded'::text, 'dispatched'::text, 'signed'::text, 'sent_back'::text, 'arbitrated'::text, 'noted'::text, 'replied'::text, 'wrote'::text, 'paused'::text, 'resumed'::text, 'answered'::text, 'tried'::text, 'closed'::text, 'reopened'::text, 'withdrawn'::text, 'overdue'::text, 'merged'::text, 'unmerged'::text, 'linked'::text, 'unlinked'::text])))
);
CREATE INDEX ticket_entries_answered ON public.ticket_entries USING btree (at) WHERE (step = 'answered'::text);
CREATE INDEX ticket_entries_ticket ON public.ticket_entries USING btree (ticket_id, entry_id);

create table ticket_pauses (
  ticket_id uuid not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone,
  constraint ticket_pauses_pkey PRIMARY KEY (ticket_id, from_at),
  constraint ticket_pauses_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(ticket_id) ON DELETE CASCADE,
  constraint ticket_pauses_check CHECK ((to_at >= from_at))
);
CREATE UNIQUE INDEX ticket_pauses_open ON public.ticket_pauses USING btree (ticket_id) WHERE (to_at IS NULL);

create table ticket_pictures (
  ticket_id uuid not null,
  number smallint not null,
  media_type text not null,
  content_encrypted bytea not null,
  constraint ticket_pictures_pkey PRIMARY KEY (ticket_id, number),
  constraint ticket_pictures_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(ticket_id) ON DELETE CASCADE,
  constraint ticket_pictures_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
  constraint ticket_pictures_number_check CHECK (((number >= 1) AND (number <= 3)))
);

create table tickets (
  ticket_id uuid not null,
  number text not null,
  kind text not null,
  channel text not null,
  account_id bigint,
  person_id bigint,
  made_by bigint,
  request_id uuid not null,
  statement_encrypted bytea not null,
  form_encrypted bytea not null,
  caller_name_encrypted bytea,
  phone_encrypted bytea not null,
  phone_index bytea not null,
  division_code text not null,
  assigned_code text,
  state text not null,
  submitted_at timestamp with time zone not null,
  signed_by bigint,
  returns smallint default 0 not null,
  settled boolean default false not null,
  rounds smallint default 1 not null,
  clock_from timestamp with time zone,
  due_at timestamp with time zone,
  overdue_told_at timestamp with time zone,
  answer_encrypted bytea,
  closed_at timestamp with time zone,
  closing text,
  merged_into uuid,
  merged_at timestamp with time zone,
  merge_paused boolean default false not null,
  appeal_id uuid,
  member_id uuid,
  constraint tickets_pkey PRIMARY KEY (ticket_id),
  constraint tickets_account_id_request_id_key UNIQUE (account_id, request_id),
  constraint tickets_made_by_request_id_key UNIQUE (made_by, request_id),
  constraint tickets_number_key UNIQUE (number),
  constraint tickets_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint tickets_appeal_id_fkey FOREIGN KEY (appeal_id) REFERENCES appeals(appeal_id) ON DELETE SET NULL,
  constraint tickets_assigned_code_fkey FOREIGN KEY (assigned_code) REFERENCES divisions(code),
  constraint tickets_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint tickets_made_by_fkey FOREIGN KEY (made_by) REFERENCES operators(operator_id),
  constraint tickets_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(member_id),
  constraint tickets_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES tickets(ticket_id) ON DELETE CASCADE,
  constraint tickets_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint tickets_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES operators(operator_id),
  constraint tickets_channel_check CHECK ((channel = ANY (ARRAY['app'::text, 'call'::text]))),
  constraint tickets_check CHECK (((channel = 'app'::text) = (made_by IS NULL))),
  constraint tickets_check1 CHECK (((channel = 'call'::text) OR (account_id IS NOT NULL))),
  constraint tickets_check2 CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint tickets_check3 CHECK (((state = 'closed'::text) = (closing IS NOT NULL))),
  constraint tickets_check4 CHECK (((state <> ALL (ARRAY['dispatched'::text, 'signed'::text])) OR (assigned_code IS NOT NULL))),
  constraint tickets_check5 CHECK (((state <> 'signed'::text) OR (signed_by IS NOT NULL))),
  constraint tickets_closing_check CHECK ((closing = ANY (ARRAY['word'::text, 'call_back'::text, 'unreached'::text, 'withdrawn'::text]))),
  constraint tickets_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'call_back'::text, 'cannot_register'::text, 'wrong_data'::text, 'paper_code'::text, 'venue'::text, 'rude_check'::text, 'praise'::text]))),
  constraint tickets_merge_paused CHECK (((merged_into IS NOT NULL) OR (NOT merge_paused))),
  constraint tickets_merged CHECK ((num_nonnulls(merged_into, merged_at) = ANY (ARRAY[0, 2]))),
  constraint tickets_not_into_itself CHECK ((merged_into <> ticket_id)),
  constraint tickets_number_check CHECK ((number ~ '^[0-9]{8}-[0-9]{6,}$'::text)),
  constraint tickets_returns_check CHECK ((returns >= 0)),
  constraint tickets_rounds_check CHECK ((rounds > 0)),
  constraint tickets_state_check CHECK ((state = ANY (ARRAY['new'::text, 'dispatched'::text, 'signed'::text, 'returned'::text, 'arbitration'::text, 'answered'::text, 'closed'::text])))
);
CREATE INDEX tickets_account ON public.tickets USING btree (account_id, submitted_at DESC) WHERE (account_id IS NOT NULL);
CREATE INDEX tickets_appeal ON public.tickets USING btree (appeal_id) WHERE (appeal_id IS NOT NULL);
CREATE INDEX tickets_assigned ON public.tickets USING btree (assigned_code text_pattern_ops, submitted_at DESC, ticket_id DESC);
CREATE INDEX tickets_closed ON public.tickets USING btree (closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX tickets_division ON public.tickets USING btree (division_code text_pattern_ops, submitted_at DESC, ticket_id DESC);
CREATE INDEX tickets_due ON public.tickets USING btree (due_at) WHERE ((state <> ALL (ARRAY['answered'::text, 'closed'::text])) AND (overdue_told_at IS NULL));
CREATE INDEX tickets_hotline ON public.tickets USING btree (division_code text_pattern_ops) WHERE (state = ANY (ARRAY['new'::text, 'returned'::text]));
CREATE INDEX tickets_late ON public.tickets USING btree (due_at) WHERE (state <> ALL (ARRAY['answered'::text, 'closed'::text]));
CREATE INDEX tickets_member ON public.tickets USING btree (member_id) WHERE (member_id IS NOT NULL);
CREATE INDEX tickets_merged ON public.tickets USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX tickets_person ON public.tickets USING btree (person_id, submitted_at DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX tickets_phone ON public.tickets USING btree (phone_index, submitted_at DESC);
CREATE INDEX tickets_submitted ON public.tickets USING btree (submitted_at);

create table tube_moves (
  move_id bigint generated always as identity not null,
  tube_id bigint not null,
  to_barcode text not null,
  to_tube_id bigint,
  reason text not null,
  count smallint not null,
  state text default 'open'::text not null,
  proposed_by bigint not null,
  proposed_at timestamp with time zone not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  request_id uuid not null,
  constraint tube_moves_pkey PRIMARY KEY (move_id),
  constraint tube_moves_request_id_key UNIQUE (request_id),
  constraint tube_moves_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint tube_moves_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES operators(operator_id),
  constraint tube_moves_to_tube_id_fkey FOREIGN KEY (to_tube_id) REFERENCES tubes(tube_id),
  constraint tube_moves_tube_id_fkey FOREIGN KEY (tube_id) REFERENCES tubes(tube_id),
  constraint tube_moves_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint tube_moves_check1 CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
  constraint tube_moves_check2 CHECK (((state = 'confirmed'::text) = (to_tube_id IS NOT NULL))),
  constraint tube_moves_check3 CHECK (((state <> 'confirmed'::text) OR (decided_by <> proposed_by))),
  constraint tube_moves_count_check CHECK (((count >= 1) AND (count <= 20))),
  constraint tube_moves_reason_check CHECK ((reason = ANY (ARRAY['broken'::text, 'mislabelled'::text]))),
  constraint tube_moves_state_check CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'refused'::text]))),
  constraint tube_moves_to_barcode_check CHECK ((to_barcode ~ '^[0-9]{10,16}$'::text))
);
CREATE UNIQUE INDEX tube_moves_open ON public.tube_moves USING btree (tube_id) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX tube_moves_to ON public.tube_moves USING btree (to_barcode) WHERE (state <> 'refused'::text);
CREATE INDEX tube_moves_to_tube ON public.tube_moves USING btree (to_tube_id) WHERE (to_tube_id IS NOT NULL);
CREATE INDEX tube_moves_tube ON public.tube_moves USING btree (tube_id);
CREATE TRIGGER tube_moves_field_versions_inserted AFTER INSERT OR DELETE ON public.tube_moves FOR EACH ROW EXECUTE FUNCTION note_field_versions('move_id', 'tube_id,to_barcode,to_tube_id,reason,count,state,proposed_by,decided_by,decided_at');
CREATE TRIGGER tube_moves_field_versions_updated AFTER UPDATE OF move_id, tube_id, to_barcode, to_tube_id, reason, count, state, proposed_by, decided_by, decided_at ON public.tube_moves FOR EACH ROW WHEN (((old.move_id IS DISTINCT FROM new.move_id) OR (old.tube_id IS DISTINCT FROM new.tube_id) OR (old.to_barcode IS DISTINCT FROM new.to_barcode) OR (old.to_tube_id IS DISTINCT FROM new.to_tube_id) OR (old.reason IS DISTINCT FROM new.reason) OR (old.count IS DISTINCT FROM new.count) OR (old.state IS DISTINCT FROM new.state) OR (old.proposed_by IS DISTINCT FROM new.proposed_by) OR (old.decided_by IS DISTINCT FROM new.decided_by) OR (old.decided_at IS DISTINCT FROM new.decided_at))) EXECUTE FUNCTION note_field_versions('move_id', 'tube_id,to_barcode,to_tube_id,reason,count,state,proposed_by,decided_by,decided_at');

create table tube_results (
  tube_result_id bigint generated always as identity not null,
  partner_id bigint not null,
  barcode text not null,
  action text not null,
  result text,
  told_at timestamp with time zone not null,
  state text not null,
  held_for text,
  told_by bigint,
  decided_by bigint,
  decided_at timestamp with time zone,
  decision_reason text,
  constraint tube_results_pkey PRIMARY KEY (tube_result_id),
  constraint tube_results_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(operator_id),
  constraint tube_results_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint tube_results_told_by_fkey FOREIGN KEY (told_by) REFERENCES operators(operator_id),
  constraint tube_results_action_check CHECK ((action = ANY (ARRAY['report'::text, 'correct'::text, 'withdraw'::text]))),
  constraint tube_results_barcode_check CHECK (((length(barcode) >= 1) AND (length(barcode) <= 64))),
  constraint tube_results_check CHECK (((action = 'withdraw'::text) = (result IS NULL))),
  constraint tube_results_check1 CHECK (((state <> 'held'::text) OR (held_for IS NOT NULL))),
  constraint tube_results_check2 CHECK ((num_nonnulls(decided_by, decided_at, decision_reason) = ANY (ARRAY[0, 3]))),
  constraint tube_results_check3 CHECK (((decided_by IS NULL) OR (decided_by IS DISTINCT FROM told_by))),
  constraint tube_results_decision_reason_check CHECK (((length(decision_reason) >= 1) AND (length(decision_reason) <= 500))),
  constraint tube_results_held_for_check CHECK ((held_for = ANY (ARRAY['unknown_tube'::text, 'not_sealed'::text, 'count_differs'::text, 'not_received'::text, 'other_laboratory'::text, 'sudden_rate'::text]))),
  constraint tube_results_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text, 'unclear'::text]))),
  constraint tube_results_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'held'::text, 'dropped'::text])))
);
CREATE INDEX tube_results_barcode ON public.tube_results USING btree (barcode, tube_result_id);
CREATE INDEX tube_results_held ON public.tube_results USING btree (tube_result_id) WHERE (state = 'held'::text);
CREATE INDEX tube_results_told ON public.tube_results USING btree (partner_id, told_at);
CREATE TRIGGER tube_results_field_versions_inserted AFTER INSERT OR DELETE ON public.tube_results FOR EACH ROW EXECUTE FUNCTION note_field_versions('tube_result_id', 'partner_id,barcode,action,result,state,held_for,told_by,decided_by,decided_at,decision_reason');
CREATE TRIGGER tube_results_field_versions_updated AFTER UPDATE OF tube_result_id, partner_id, barcode, action, result, state, held_for, told_by, decided_by, decided_at, decision_reason ON public.tube_results FOR EACH ROW WHEN (((old.tube_result_id IS DISTINCT FROM new.tube_result_id) OR (old.partner_id IS DISTINCT FROM new.partner_id) OR (old.barcode IS DISTINCT FROM new.barcode) OR (old.action IS DISTINCT FROM new.action) OR (old.result IS DISTINCT FROM new.result) OR (old.state IS DISTINCT FROM new.state) OR (old.held_for IS DISTINCT FROM new.held_for) OR (old.told_by IS DISTINCT FROM new.told_by) OR (old.decided_by IS DISTINCT FROM new.decided_by) OR (old.decided_at IS DISTINCT FROM new.decided_at) OR (old.decision_reason IS DISTINCT FROM new.decision_reason))) EXECUTE FUNCTION note_field_versions('tube_result_id', 'partner_id,barcode,action,result,state,held_for,told_by,decided_by,decided_at,decision_reason');

create table tubes (
  tube_id bigint generated always as identity not null,
  barcode text not null,
  kind text not null,
  capacity smallint not null,
  shift_id bigint not null,
  site_id integer not null,
  opened_by bigint not null,
  opened_at timestamp with time zone not null,
  sealed_at timestamp with time zone,
  sealed_count smallint,
  box_id bigint,
  received_at timestamp with time zone,
  result text,
  resulted_at timestamp with time zone,
  partner_id bigint,
  request_id uuid not null,
  seal_request_id uuid,
  missed_at timestamp with time zone,
  moved_to bigint,
  constraint tubes_pkey PRIMARY KEY (tube_id),
  constraint tubes_barcode_key UNIQUE (barcode),
  constraint tubes_request_id_key UNIQUE (request_id),
  constraint tubes_seal_request_id_key UNIQUE (seal_request_id),
  constraint tubes_box_id_fkey FOREIGN KEY (box_id) REFERENCES sample_boxes(box_id),
  constraint tubes_moved_to_fkey FOREIGN KEY (moved_to) REFERENCES tubes(tube_id),
  constraint tubes_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES operators(operator_id),
  constraint tubes_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint tubes_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES sampling_shifts(shift_id),
  constraint tubes_site_id_fkey FOREIGN KEY (site_id) REFERENCES test_sites(site_id),
  constraint tubes_barcode_check CHECK ((barcode ~ '^[0-9]{10,16}$'::text)),
  constraint tubes_capacity_check CHECK (((capacity >= 1) AND (capacity <= 20))),
  constraint tubes_check CHECK ((num_nonnulls(sealed_at, sealed_count, seal_request_id) = ANY (ARRAY[0, 3]))),
  constraint tubes_check1 CHECK (((box_id IS NULL) OR (sealed_at IS NOT NULL))),
  constraint tubes_check2 CHECK ((num_nonnulls(result, resulted_at, partner_id) = ANY (ARRAY[0, 3]))),
  constraint tubes_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'five'::text, 'ten'::text, 'twenty'::text, 'household'::text]))),
  constraint tubes_moved CHECK (((moved_to IS NULL) OR ((result IS NULL) AND (received_at IS NULL)))),
  constraint tubes_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text, 'unclear'::text]))),
  constraint tubes_sealed_count_check CHECK (((sealed_count >= 1) AND (sealed_count <= 20)))
);
CREATE INDEX tubes_box ON public.tubes USING btree (box_id) WHERE (box_id IS NOT NULL);
CREATE INDEX tubes_callback ON public.tubes USING btree (site_id, resulted_at) WHERE (result = ANY (ARRAY['positive'::text, 'unclear'::text]));
CREATE INDEX tubes_moved_to ON public.tubes USING btree (moved_to) WHERE (moved_to IS NOT NULL);
CREATE INDEX tubes_not_arrived ON public.tubes USING btree (sealed_at) WHERE ((received_at IS NULL) AND (missed_at IS NULL) AND (sealed_at IS NOT NULL));
CREATE INDEX tubes_opened ON public.tubes USING btree (opened_at);
CREATE INDEX tubes_shift ON public.tubes USING btree (shift_id, tube_id DESC);
CREATE INDEX tubes_site ON public.tubes USING btree (site_id, opened_at);
CREATE TRIGGER tubes_field_versions_inserted AFTER INSERT OR DELETE ON public.tubes FOR EACH ROW EXECUTE FUNCTION note_field_versions('tube_id', 'barcode,kind,sealed_at,sealed_count,result,resulted_at,partner_id,moved_to');
CREATE TRIGGER tubes_field_versions_updated AFTER UPDATE OF tube_id, barcode, kind, sealed_at, sealed_count, result, resulted_at, partner_id, moved_to ON public.tubes FOR EACH ROW WHEN (((old.tube_id IS DISTINCT FROM new.tube_id) OR (old.barcode IS DISTINCT FROM new.barcode) OR (old.kind IS DISTINCT FROM new.kind) OR (old.sealed_at IS DISTINCT FROM new.sealed_at) OR (old.sealed_count IS DISTINCT FROM new.sealed_count) OR (old.result IS DISTINCT FROM new.result) OR (old.resulted_at IS DISTINCT FROM new.resulted_at) OR (old.partner_id IS DISTINCT FROM new.partner_id) OR (old.moved_to IS DISTINCT FROM new.moved_to))) EXECUTE FUNCTION note_field_versions('tube_id', 'barcode,kind,sealed_at,sealed_count,result,resulted_at,partner_id,moved_to');
CREATE TRIGGER tubes_samples_deleted AFTER DELETE ON public.tubes FOR EACH ROW WHEN ((old.sealed_at IS NOT NULL)) EXECUTE FUNCTION note_tube_samples();
CREATE TRIGGER tubes_samples_sealed AFTER UPDATE OF sealed_at ON public.tubes FOR EACH ROW WHEN ((old.sealed_at IS DISTINCT FROM new.sealed_at)) EXECUTE FUNCTION note_tube_samples();

create table unclaimed_findings (
  unclaimed_id bigint generated always as identity not null,
  document_index bytea not null,
  category text not null,
  anchor_at timestamp with time zone not null,
  evidence text not null,
  source text not null,
  import_id bigint not null,
  proposal_id bigint not null,
  entered_by bigint not null,
  approved_by bigint not null,
  workplace_index bytea,
  workplace_encrypted bytea,
  zone_id bigint,
  contact_person_id bigint,
  ended_at timestamp with time zone,
  lifted_by bigint,
  end_evidence text,
  constraint unclaimed_findings_pkey PRIMARY KEY (unclaimed_id),
  constraint unclaimed_findings_document_index_category_anchor_at_key UNIQUE (document_index, category, anchor_at),
  constraint unclaimed_findings_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES operators(operator_id),
  constraint unclaimed_findings_contact_person_id_fkey FOREIGN KEY (contact_person_id) REFERENCES persons(person_id),
  constraint unclaimed_findings_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES operators(operator_id),
  constraint unclaimed_findings_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id),
  constraint unclaimed_findings_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES proposals(proposal_id),
  constraint unclaimed_findings_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(proposal_id),
  constraint unclaimed_findings_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(zone_id),
  constraint unclaimed_findings_check CHECK ((ended_at >= anchor_at)),
  constraint unclaimed_findings_workplace CHECK ((num_nonnulls(workplace_index, workplace_encrypted) = ANY (ARRAY[0, 2]))),
  constraint unclaimed_findings_workplace_index_check CHECK ((octet_length(workplace_index) = 32))
);
CREATE INDEX unclaimed_findings_import ON public.unclaimed_findings USING btree (import_id);
CREATE INDEX unclaimed_findings_workplace ON public.unclaimed_findings USING btree (import_id) WHERE (workplace_index IS NOT NULL);
CREATE INDEX unclaimed_findings_zone ON public.unclaimed_findings USING btree (zone_id) WHERE (zone_id IS NOT NULL);
CREATE TRIGGER unclaimed_findings_versions_deleted AFTER DELETE ON public.unclaimed_findings REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_deleted_versions();
CREATE TRIGGER unclaimed_findings_versions_inserted AFTER INSERT ON public.unclaimed_findings REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_unclaimed_versions();
CREATE TRIGGER unclaimed_findings_versions_updated AFTER UPDATE ON public.unclaimed_findings REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_unclaimed_versions();

create table unclaimed_results (
  partner_id bigint not null,
  laboratory_number text not null,
  document_index bytea not null,
  sampled_at timestamp with time zone not null,
  reported_at timestamp with time zone not null,
  result text not null,
  kind text not null,
  created_at timestamp with time zone default now() not null,
  import_id bigint,
  constraint unclaimed_results_pkey PRIMARY KEY (partner_id, laboratory_number, document_index),
  constraint unclaimed_results_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(import_id),
  constraint unclaimed_results_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners(partner_id),
  constraint unclaimed_results_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'pooled'::text]))),
  constraint unclaimed_results_result_check CHECK ((result = ANY (ARRAY['negative'::text, 'positive'::text])))
);
CREATE INDEX unclaimed_results_age ON public.unclaimed_results USING btree (sampled_at);
CREATE INDEX unclaimed_results_created ON public.unclaimed_results USING btree (created_at);
CREATE INDEX unclaimed_results_document ON public.unclaimed_results USING btree (document_index);
CREATE INDEX unclaimed_results_import ON public.unclaimed_results USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE TRIGGER unclaimed_results_field_versions_inserted AFTER INSERT OR DELETE ON public.unclaimed_results FOR EACH ROW EXECUTE FUNCTION note_field_versions('partner_id,laboratory_number,document_index', 'sampled_at,reported_at,result,kind');
CREATE TRIGGER unclaimed_results_field_versions_updated AFTER UPDATE OF partner_id, laboratory_number, document_index, sampled_at, reported_at, result, kind ON public.unclaimed_results FOR EACH ROW WHEN (((old.partner_id IS DISTINCT FROM new.partner_id) OR (old.laboratory_number IS DISTINCT FROM new.laboratory_number) OR (old.document_index IS DISTINCT FROM new.document_index) OR (old.sampled_at IS DISTINCT FROM new.sampled_at) OR (old.reported_at IS DISTINCT FROM new.reported_at) OR (old.result IS DISTINCT FROM new.result) OR (old.kind IS DISTINCT FROM new.kind))) EXECUTE FUNCTION note_field_versions('partner_id,laboratory_number,document_index', 'sampled_at,reported_at,result,kind');

create table upstream_figures (
  provider text not null,
  slot_at timestamp with time zone not null,
  succeeded integer default 0 not null,
  failed integer default 0 not null,
  milliseconds bigint default 0 not null,
  constraint upstream_figures_pkey PRIMARY KEY (provider, slot_at)
);
CREATE INDEX upstream_figures_age ON public.upstream_figures USING btree (slot_at);

create table upstream_state (
  provider text not null,
  breaker text default 'closed'::text not null,
  last_success_at timestamp with time zone,
  last_failure_at timestamp with time zone,
  data_as_of timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint upstream_state_pkey PRIMARY KEY (provider),
  constraint upstream_state_breaker_check CHECK ((breaker = ANY (ARRAY['closed'::text, 'open'::text, 'half_open'::text])))
);

create table venue_codes (
  code_id text not null,
  point_id integer not null,
  issued_at timestamp with time zone default now() not null,
  retired_at timestamp with time zone,
  retired_reason text,
  request_id uuid,
  constraint venue_codes_pkey PRIMARY KEY (code_id),
  constraint venue_codes_request_id_key UNIQUE (request_id),
  constraint venue_codes_point_id_fkey FOREIGN KEY (point_id) REFERENCES venue_points(point_id),
  constraint venue_codes_code_id_check CHECK ((code_id ~ '^[0-9A-HJKMNP-TV-Z]{10}$'::text))
);
CREATE UNIQUE INDEX venue_codes_posted ON public.venue_codes USING btree (point_id) WHERE (retired_at IS NULL);

create table venue_managers (
  venue_id integer not null,
  operator_id bigint not null,
  added_at timestamp with time zone default now() not null,
  constraint venue_managers_pkey PRIMARY KEY (operator_id, venue_id),
  constraint venue_managers_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(operator_id),
  constraint venue_managers_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues(venue_id)
);
CREATE TRIGGER venue_managers_removed AFTER DELETE ON public.venue_managers FOR EACH STATEMENT EXECUTE FUNCTION tell_checkers_changed();

create table venue_offers (
  offer_id uuid not null,
  venue_id integer not null,
  kind text not null,
  phone_encrypted bytea not null,
  phone_index bytea not null,
  offered_by_person bigint,
  offered_by bigint,
  offered_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  state text default 'open'::text not null,
  answered_at timestamp with time zone,
  constraint venue_offers_pkey PRIMARY KEY (offer_id),
  constraint venue_offers_offered_by_fkey FOREIGN KEY (offered_by) REFERENCES operators(operator_id),
  constraint venue_offers_offered_by_person_fkey FOREIGN KEY (offered_by_person) REFERENCES persons(person_id),
  constraint venue_offers_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues(venue_id),
  constraint venue_offers_check CHECK ((num_nonnulls(offered_by_person, offered_by) = 1)),
  constraint venue_offers_check1 CHECK (((state = 'open'::text) = (answered_at IS NULL))),
  constraint venue_offers_kind_check CHECK ((kind = ANY (ARRAY['transfer'::text, 'staff'::text]))),
  constraint venue_offers_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text])))
);
CREATE INDEX venue_offers_age ON public.venue_offers USING btree (offered_at);
CREATE INDEX venue_offers_phone ON public.venue_offers USING btree (phone_index) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX venue_offers_staff ON public.venue_offers USING btree (venue_id, phone_index) WHERE ((kind = 'staff'::text) AND (state = 'open'::text));
CREATE UNIQUE INDEX venue_offers_transfer ON public.venue_offers USING btree (venue_id) WHERE ((kind = 'transfer'::text) AND (state = 'open'::text));

create table venue_points (
  point_id integer generated always as identity not null,
  venue_id integer not null,
  name text not null,
  state text default 'active'::text not null,
  created_at timestamp with time zone default now() not null,
  request_id uuid,
  constraint venue_points_pkey PRIMARY KEY (point_id),
  constraint venue_points_request_id_key UNIQUE (request_id),
  constraint venue_points_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues(venue_id),
  constraint venue_points_state_check CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text])))
);
CREATE INDEX venue_points_venue ON public.venue_points USING btree (venue_id);
CREATE TRIGGER venue_points_closed AFTER UPDATE OF state ON public.venue_points FOR EACH ROW WHEN (((old.state = 'active'::text) AND (new.state <> 'active'::text))) EXECUTE FUNCTION tell_checkers_changed();

create table venue_staff (
  staff_id uuid default gen_random_uuid() not null,
  venue_id integer not null,
  person_id bigint not null,
  added_at timestamp with time zone not null,
  constraint venue_staff_pkey PRIMARY KEY (staff_id),
  constraint venue_staff_venue_id_person_id_key UNIQUE (venue_id, person_id),
  constraint venue_staff_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(person_id),
  constraint venue_staff_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues(venue_id)
);
CREATE INDEX venue_staff_person ON public.venue_staff USING btree (person_id);

create table venues (
  venue_id integer generated always as identity not null,
  name text not null,
  kind text not null,
  division_code text not null,
  address text not null,
  credit_code text,
  responsible_name_encrypted bytea not null,
  responsible_phone_encrypted bytea not null,
  latitude double precision,
  longitude double precision,
  state text not null,
  state_reason text,
  pending_change jsonb,
  applied_by bigint,
  applied_at timestamp with time zone default now() not null,
  request_id uuid not null,
  applied_by_person bigint,
  owner_person_id bigint,
  credit_code_encrypted bytea,
  credit_code_index bytea,
  name_key text generated always as (plain_text_key(name)) stored,
  address_key text generated always as (plain_text_key(address)) stored,
  constraint venues_pkey PRIMARY KEY (venue_id),
  constraint venues_request_id_key UNIQUE (request_id),
  constraint venues_applied_by_fkey FOREIGN KEY (applied_by) REFERENCES operators(operator_id),
  constraint venues_applied_by_person_fkey FOREIGN KEY (applied_by_person) REFERENCES persons(person_id),
  constraint venues_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint venues_kind_fkey FOREIGN KEY (kind) REFERENCES admission_policies(kind),
  constraint venues_owner_person_id_fkey FOREIGN KEY (owner_person_id) REFERENCES persons(person_id),
  constraint venues_applied CHECK ((num_nonnulls(applied_by, applied_by_person) = 1)),
  constraint venues_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint venues_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
  constraint venues_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'rejected'::text, 'active'::text, 'suspended'::text, 'closed'::text])))
);
CREATE INDEX venues_address_key ON public.venues USING btree (address_key);
CREATE INDEX venues_applied_by_person ON public.venues USING btree (applied_by_person) WHERE (applied_by_person IS NOT NULL);
CREATE INDEX venues_clear_licences ON public.venues USING btree (venue_id) WHERE (credit_code IS NOT NULL);
CREATE INDEX venues_credit_code ON public.venues USING btree (credit_code_index) WHERE (credit_code_index IS NOT NULL);
CREATE INDEX venues_division ON public.venues USING btree (division_code, venue_id);
CREATE INDEX venues_name_key ON public.venues USING btree (name_key);
CREATE INDEX venues_owner ON public.venues USING btree (owner_person_id) WHERE (owner_person_id IS NOT NULL);
CREATE INDEX venues_waiting ON public.venues USING btree (venue_id) WHERE ((state = 'applied'::text) OR (pending_change IS NOT NULL));
CREATE TRIGGER venues_ended AFTER UPDATE OF state, division_code ON public.venues FOR EACH ROW WHEN (((old.state = 'active'::text) AND ((new.state <> 'active'::text) OR (old.division_code <> new.division_code)))) EXECUTE FUNCTION tell_checkers_changed();
CREATE TRIGGER venues_field_versions_inserted AFTER INSERT OR DELETE ON public.venues FOR EACH ROW EXECUTE FUNCTION note_field_versions('venue_id', 'responsible_name_encrypted,responsible_phone_encrypted');
CREATE TRIGGER venues_field_versions_updated AFTER UPDATE OF venue_id, responsible_name_encrypted, responsible_phone_encrypted ON public.venues FOR EACH ROW WHEN (((old.venue_id IS DISTINCT FROM new.venue_id) OR (old.responsible_name_encrypted IS DISTINCT FROM new.responsible_name_encrypted) OR (old.responsible_phone_encrypted IS DISTINCT FROM new.responsible_phone_encrypted))) EXECUTE FUNCTION note_field_versions('venue_id', 'responsible_name_encrypted,responsible_phone_encrypted');

create table visit_parties (
  person_id bigint not null,
  request_key bigint not null,
  visited_on date not null,
  content_hash bigint not null,
  person_ids bigint[] not null,
  member_count smallint not null,
  constraint visit_parties_pkey PRIMARY KEY (person_id, request_key)
);
CREATE INDEX visit_parties_day ON public.visit_parties USING btree (visited_on);

create table visit_positions (
  person_id bigint not null,
  visited_on date not null,
  request_key bigint not null,
  is_far boolean not null,
  located_at timestamp with time zone not null,
  constraint visit_positions_pkey PRIMARY KEY (person_id, visited_on, request_key)
);
CREATE INDEX visit_positions_day ON public.visit_positions USING btree (visited_on);

create table visit_withdrawals (
  person_id bigint not null,
  visited_on date not null,
  request_key bigint not null,
  withdrawn_at timestamp with time zone not null,
  withdrawn_by bigint not null,
  constraint visit_withdrawals_pkey PRIMARY KEY (person_id, visited_on, request_key)
);
CREATE INDEX visit_withdrawals_day ON public.visit_withdrawals USING btree (visited_on);

create table visits (
  person_id bigint not null,
  request_key bigint not null,
  visited_on date not null,
  visited_ms integer not null,
  point_id integer not null,
  reason_bits smallint not null,
  answer smallint not null,
  constraint visits_visited_ms_check CHECK (((visited_ms >= 0) AND (visited_ms <= 86399999)))
) partition by RANGE (visited_on);
CREATE INDEX visits_point ON ONLY public.visits USING btree (point_id, ((visited_ms / 3600000)));

create table zones (
  zone_id bigint generated always as identity not null,
  division_code text not null,
  name text not null,
  area_id bigint,
  created_at timestamp with time zone not null,
  constraint zones_pkey PRIMARY KEY (zone_id),
  constraint zones_division_code_name_key UNIQUE (division_code, name),
  constraint zones_area_id_fkey FOREIGN KEY (area_id) REFERENCES risk_areas(area_id),
  constraint zones_division_code_fkey FOREIGN KEY (division_code) REFERENCES divisions(code),
  constraint zones_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);
CREATE INDEX zones_area ON public.zones USING btree (area_id) WHERE (area_id IS NOT NULL);
CREATE TRIGGER zones_field_versions_inserted AFTER INSERT OR DELETE ON public.zones FOR EACH ROW EXECUTE FUNCTION note_field_versions('zone_id', 'division_code,name,area_id');
CREATE TRIGGER zones_field_versions_updated AFTER UPDATE OF zone_id, division_code, name, area_id ON public.zones FOR EACH ROW WHEN (((old.zone_id IS DISTINCT FROM new.zone_id) OR (old.division_code IS DISTINCT FROM new.division_code) OR (old.name IS DISTINCT FROM new.name) OR (old.area_id IS DISTINCT FROM new.area_id))) EXECUTE FUNCTION note_field_versions('zone_id', 'division_code,name,area_id');

create view traced_visits as
 SELECT v.person_id,
    v.request_key,
    v.visited_on,
    visit_instant(v.visited_on, v.visited_ms) AS visited_at,
    v.point_id,
    ((v.answer)::integer & 3) AS colour,
    (((v.answer >> 2))::integer & 3) AS decision,
    (((v.answer)::integer & 16) <> 0) AS is_late,
    (((v.answer)::integer & 192) <> 0) AS is_stated_by_another,
    ((((v.answer)::integer & 32) <> 0) OR COALESCE(p.is_far, false)) AS is_far,
    ((((v.answer)::integer & 512) <> 0) AND (p.person_id IS NULL)) AS is_unlocated,
    w.withdrawn_at
   FROM ((visits v
     LEFT JOIN visit_withdrawals w ON (((w.person_id = v.person_id) AND (w.visited_on = v.visited_on) AND (w.request_key = v.request_key))))
     LEFT JOIN visit_positions p ON (((p.person_id = v.person_id) AND (p.visited_on = v.visited_on) AND (p.request_key = v.request_key))));

CREATE OR REPLACE FUNCTION public.accept_restored_database(why text, seen_restore bigint)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  number bigint;
begin
  update public.database_state set suspended_at = null, suspended_why = null, epoch = gen_random_uuid(), renewals = renewals + 1,
    restore_epoch = gen_random_uuid(), lineage = database_lineage(), gap_from = null, gap_to = null,
    -- Above every number of a history that is lost, also where nobody remembers it.
    restore_number = greatest(restore_number + 1, seen_restore + 1,
      floor(extract(epoch from clock_timestamp() - timestamptz '2020-01-01 00:00:00+00') / 60)::bigint)
  returning restore_number into number;
  delete from public.database_witnesses;
  perform public.advance_sequences(true);
  -- What was signed out, revoked or used up after the backup would be good again.
  update public.sessions set revoked_at = clock_timestamp(), revoked_reason = 'restored' where revoked_at is null;
  delete from public.operator_sessions;
  delete from public.sms_challenges;
  delete from public.face_checks;
  delete from public.numeric_codes;
  insert into public.audit_entries (actor_kind, action, object_kind, purpose, details)
  values ('command', 'database.restore_accepted', 'database', why, jsonb_build_object('number', number));
  return number;
end $function$
;

CREATE OR REPLACE FUNCTION public.advance_sequences(after_restore boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  one record;
  minutes bigint := floor(extract(epoch from clock_timestamp() - timestamptz '2020-01-01 00:00:00+00') / 60);
  target bigint;
begin
  for one in
    select format('%I.%I', schemaname, sequencename) as name, coalesce(last_value, 0) as last, max_value,
      max_value > 2147483647 as is_big
    from pg_sequences where schemaname = 'public'
  loop
    target := one.last + case when one.is_big then 10000000 else 1000000 end;
    if after_restore then
      target := greatest(target, minutes * case when one.is_big then 1000000000 else 100 end);
    end if;
    perform setval(one.name, least(target, one.max_value));
  end loop;
end $function$
;

CREATE OR REPLACE FUNCTION public.attend_database(server uuid, seen_database uuid, seen_restore bigint, seen_mark bigint, seen_at timestamp with time zone, seen_lineage text, starting boolean, loss_seconds integer)
 RETURNS TABLE(database_id uuid, epoch uuid, renewals integer, restore_epoch uuid, restore_number bigint, lineage text, mark bigint, marked_at timestamp with time zone, suspended_why text, gap_from timestamp with time zone, gap_to timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
#variable_conflict use_column
declare
  state public.database_state;
  mine public.database_witnesses;
  line text := database_lineage();
  last_mark timestamptz;
  is_promoted boolean;
  why text;
begin
  select s.* into state from public.database_state s for update;
  select w.* into mine from public.database_witnesses w where w.server_id = server;
  last_mark := (select max(w.marked_at) from public.database_witnesses w);
  -- A restore that was accepted after what this server has seen is known to it from here on.
  if state.suspended_why is null and seen_database is not null and seen_restore >= state.restore_number then
    is_promoted := split_part(line, ':', 1) = split_part(seen_lineage, ':', 1) and line > seen_lineage;
    if seen_database <> state.database_id then
      why := 'other';
    elsif seen_restore > state.restore_number then
      why := 'older';
    elsif mine.mark is null or mine.mark < seen_mark then
      if not (coalesce(is_promoted, false) and mine.marked_at is not null
          and seen_at - mine.marked_at <= make_interval(secs => loss_seconds)) then
        why := 'older';
      end if;
    end if;
  end if;
  if why is not null then
    update public.database_state set suspended_at = clock_timestamp(), suspended_why = why returning * into state;
    insert into public.audit_entries (actor_kind, action, object_kind, details)
    values ('system', 'database.restore_noticed', 'database', jsonb_build_object('why', why, 'server', server));
  elsif state.suspended_why is null then
    if state.lineage <> line then
      -- The last moments of the former server may be lost, and with them ids that tokens name.
      perform public.advance_sequences(false);
      update public.database_state set epoch = gen_random_uuid(), renewals = renewals + 1 returning * into state;
      insert into public.audit_entries (actor_kind, action, object_kind, details)
      values ('system', 'database.promoted', 'database', jsonb_build_object('from', state.lineage, 'to', line));
    end if;
    if line is not null and state.lineage is distinct from line then
      update public.database_state set lineage = line returning * into state;
    end if;
    if starting and last_mark < clock_timestamp() - interval '8 seconds' then
      -- Two pauses shortly after each other are one: tokens of the first are still alive.
      update public.database_state set gap_to = clock_timestamp(),
        gap_from = case when gap_to > last_mark - interval '15 minutes' then least(gap_from, last_mark) else last_mark end
      returning * into state;
    end if;
    insert into public.database_witnesses as w (server_id, mark, marked_at) values (server, 1, clock_timestamp())
    on conflict (server_id) do update set mark = w.mark + 1, marked_at = clock_timestamp()
    returning * into mine;
  end if;
  return query select state.database_id, state.epoch, state.renewals, state.restore_epoch, state.restore_number, line,
    mine.mark, mine.marked_at, state.suspended_why, state.gap_from, state.gap_to;
end $function$
;

CREATE OR REPLACE FUNCTION public.copy_stale_identity()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  update public.persons set identity_stale = (new.state = 'identity_stale') where person_id = new.person_id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.database_lineage()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  return (select system_identifier from pg_control_system())::text || ':' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
exception when insufficient_privilege or feature_not_supported or object_not_in_prerequisite_state then
  -- A service that hides it: then only the marks tell.
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.day_partitions()
 RETURNS TABLE(parent text, partition regclass, from_day date, until_day date, takes_rest boolean)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public'
 SET "DateStyle" TO 'ISO, YMD'
AS $function$
  -- `substring` gives null for whatever is no day, and null is no day either: the order of evaluation does not matter.
  select p.relname::text, c.oid::regclass,
    coalesce(substring(bound from '^FOR VALUES FROM \(''([0-9]{4,7}-[0-9]{2}-[0-9]{2})''\)')::date, '-infinity'),
    coalesce(substring(bound from ' TO \(''([0-9]{4,7}-[0-9]{2}-[0-9]{2})''\)$')::date, 'infinity'),
    bound = 'DEFAULT'
  from pg_class p
  join pg_inherits i on i.inhparent = p.oid
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
  where p.oid in ('public.visits'::regclass, 'public.checks'::regclass)
$function$
;

CREATE OR REPLACE FUNCTION public.drop_day_partitions(before_day date)
 RETURNS text[]
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  one record;
  removed bigint;
  dropped text[] := '{}';
begin
  if before_day > current_date - 7 then
    raise exception 'dropping partitions of the last week refused' using errcode = '22023';
  end if;
  for one in
    select d.partition, d.partition::text as name, d.until_day <= before_day and not d.takes_rest as whole,
      case d.parent when 'visits' then 'visited_on' else 'checked_on' end as day_column
    from public.day_partitions() d
    where d.takes_rest or d.from_day < before_day
    order by 2
  loop
    -- One that can not be dropped (another owner, held by a dump) leaves the others to go.
    begin
      if one.whole then
        execute format('drop table %s', one.partition);
        dropped := dropped || one.name;
      else
        execute format('delete from %s where %I < $1', one.partition, one.day_column) using before_day;
        get diagnostics removed = row_count;
        if removed > 0 then
          dropped := dropped || format('%s (%s rows)', one.name, removed);
        end if;
      end if;
    exception when insufficient_privilege or lock_not_available or dependent_objects_still_exist or wrong_object_type then
      raise warning 'partition % stays: %', one.name, sqlerrm;
    end;
  end loop;
  return dropped;
end $function$
;

CREATE OR REPLACE FUNCTION public.ensure_day_partitions(from_day date, to_day date)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  parent_name text;
  partition_name text;
  day date;
  made integer := 0;
begin
  if to_day - from_day > 400 or from_day < current_date - 60 or to_day > current_date + 60 then
    raise exception 'partition range % to % refused', from_day, to_day using errcode = '22023';
  end if;
  foreach parent_name in array array['visits', 'checks'] loop
    for day in
      select g::date from generate_series(from_day, to_day, interval '1 day') g
      where not exists (select from public.day_partitions() d
        where d.parent = parent_name and not d.takes_rest and d.from_day <= g::date and g::date < d.until_day)
    loop
      partition_name := parent_name || '_' || to_char(day, 'YYYYMMDD');
      -- Something else has that name, which must not keep the day from getting its place.
      while to_regclass(format('public.%I', partition_name)) is not null loop
        partition_name := partition_name || '_day';
      end loop;
      -- Another process may make it in the same moment; then it is there, which is all that is wanted. Rows of that day in
      -- a default partition have their place already.
      begin
        execute format('create table public.%I partition of public.%I for values from (%L) to (%L)',
          partition_name, parent_name, day, day + 1);
        -- The day is the partition: leaving it out of the key saves 12 bytes of each visit.
        if parent_name = 'visits' then
          execute format('create unique index %I on public.%I (person_id, request_key)', partition_name || '_request', partition_name);
        end if;
        made := made + 1;
      exception when duplicate_table or unique_violation or invalid_object_definition or check_violation then null;
      end;
    end loop;
  end loop;
  return made;
end $function$
;

CREATE OR REPLACE FUNCTION public.fields_digest(row_fields jsonb, columns text[])
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select sha256(convert_to(array_agg(row_fields ->> c order by place)::text, 'UTF8')) from unnest(columns) with ordinality as u(c, place)
$function$
;

CREATE OR REPLACE FUNCTION public.finding_digest(f findings)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select sha256(convert_to(array[f.finding_id::text, f.person_id::text, f.category, extract(epoch from f.anchor_at)::text,
    extract(epoch from f.ended_at)::text, extract(epoch from f.withdrawn_at)::text, f.evidence, f.source, f.details::text,
    f.proposal_id::text, f.entered_by::text, f.approved_by::text, extract(epoch from f.created_at)::text, f.import_id::text,
    f.zone_id::text, f.contact_person_id::text, f.lifted_by::text, encode(f.workplace_index, 'hex'), f.end_evidence,
    f.case_id::text]::text, 'UTF8'))
$function$
;

CREATE OR REPLACE FUNCTION public.has_day_partition(of_parent text, day date)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select exists (select from public.day_partitions() d
    where d.parent = of_parent and (d.takes_rest or (d.from_day <= day and day < d.until_day)))
$function$
;

CREATE OR REPLACE FUNCTION public.note_backups(info jsonb)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  noted integer;
begin
  if jsonb_typeof(info) is distinct from 'array' or not info @? '$[*].backup' then
    raise exception 'this is not what "pgbackrest --output=json info" says' using errcode = '22023';
  end if;
  delete from backups;
  insert into backups (label, kind, started_at, ended_at, bytes, is_faulty)
  select b ->> 'label', b ->> 'type', to_timestamp((b #>> '{timestamp,start}')::float8),
    to_timestamp((b #>> '{timestamp,stop}')::float8), (b #>> '{info,size}')::bigint, coalesce((b ->> 'error')::boolean, false)
  from jsonb_path_query(info, '$[*].backup[*]') b;
  get diagnostics noted = row_count;
  return noted;
end $function$
;

CREATE OR REPLACE FUNCTION public.note_changed_samples()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  if tg_op = 'DELETE' then
    insert into public.row_versions (kind, row_id, digest)
    select 'tube_samples', t.tube_id::text, public.tube_samples_digest(t.tube_id) from public.tubes t
    where t.sealed_at is not null and t.tube_id in (select tube_id from gone) order by t.tube_id;
  else
    insert into public.row_versions (kind, row_id, digest)
    select 'tube_samples', t.tube_id::text, public.tube_samples_digest(t.tube_id) from public.tubes t
    where t.sealed_at is not null and t.tube_id in (select tube_id from written union select tube_id from gone) order by t.tube_id;
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.note_deleted_versions()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  if tg_table_name = 'findings' then
    insert into public.row_versions (kind, row_id) select 'finding', to_jsonb(f) ->> 'finding_id' from gone f;
  else
    insert into public.row_versions (kind, row_id) select 'unclaimed_finding', to_jsonb(f) ->> 'unclaimed_id' from gone f;
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.note_field_versions()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
 SET bytea_output TO 'hex'
 SET "TimeZone" TO 'UTC'
AS $function$
declare
  key_columns text[] := string_to_array(tg_argv[0], ',');
  row_fields jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  insert into public.row_versions (kind, row_id, digest)
  select tg_table_name, string_agg(row_fields ->> c, ':' order by place),
    case when tg_op <> 'DELETE' then public.fields_digest(row_fields, key_columns || string_to_array(tg_argv[1], ',')) end
  from unnest(key_columns) with ordinality as u(c, place);
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.note_finding_versions()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  insert into public.row_versions (kind, row_id, digest)
  select 'finding', f.finding_id::text, public.finding_digest(f) from written f order by f.finding_id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.note_tube_samples()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  if tg_op = 'DELETE' then
    insert into public.row_versions (kind, row_id) values ('tube_samples', old.tube_id::text);
  else
    insert into public.row_versions (kind, row_id, digest) values ('tube_samples', new.tube_id::text, public.tube_samples_digest(new.tube_id));
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.note_unclaimed_versions()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  insert into public.row_versions (kind, row_id, digest)
  select 'unclaimed_finding', f.unclaimed_id::text, public.unclaimed_finding_digest(f) from written f order by f.unclaimed_id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.oldest_day_before(of_parent text, before_day date)
 RETURNS date
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  one record;
  oldest date;
  found_day date;
begin
  for one in
    select d.partition, case d.parent when 'visits' then 'visited_on' else 'checked_on' end as day_column
    from public.day_partitions() d
    where d.parent = of_parent and (d.takes_rest or d.from_day < before_day)
  loop
    execute format('select min(%I) from %s where %I < $1', one.day_column, one.partition, one.day_column)
      into found_day using before_day;
    oldest := least(oldest, found_day);
  end loop;
  return oldest;
end $function$
;

CREATE OR REPLACE FUNCTION public.plain_text_key(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog'
AS $function$
  select lower(translate(normalize(written, nfkc), E' \t\r\n\u00b7\u2022\u30fb.\u3002,\u3001;:|/\\_-\u2014\u2013\u2010\uff5e~()[]{}\u3010\u3011\u300c\u300d\u300a\u300b<>\u201c\u201d\u2018\u2019"''`#*+&@!?', ''))
$function$
;

CREATE OR REPLACE FUNCTION public.purge_sealed_audit_entries(before_time timestamp with time zone, max_seals integer)
 RETURNS TABLE(first_sequence bigint, last_sequence bigint, last_id bigint, removed bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  seal record;
begin
  if before_time > now() - interval '365 days' then
    raise exception 'purging audit entries of the last year refused' using errcode = '22023';
  end if;
  perform pg_advisory_xact_lock(hashtext('jiankangbao audit seals'));
  removed := 0;
  for seal in
    select s.sequence, s.from_id, s.to_id from public.audit_seals s
    where s.sequence >= (select min(l.sequence) from public.audit_seal_leaves l)
    order by s.sequence limit max_seals
  loop
    exit when exists (
      select from public.audit_entries e
      where e.audit_id between seal.from_id and seal.to_id and e.occurred_at >= before_time);
    with gone as (
      delete from public.audit_entries e where e.audit_id between seal.from_id and seal.to_id returning 1)
    select removed + count(*) into removed from gone;
    delete from public.audit_seal_leaves l where l.sequence = seal.sequence;
    first_sequence := coalesce(first_sequence, seal.sequence);
    last_sequence := seal.sequence;
    last_id := seal.to_id;
  end loop;
  if last_sequence is not null then
    return next;
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION public.request_key(request_id uuid)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$ select uuid_hash_extended(request_id, 0) $function$
;

CREATE OR REPLACE FUNCTION public.take_transaction_id()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform pg_current_xact_id();
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.tell_checkers_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform pg_notify('checkers_changed', '');
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.tube_samples_digest(of_tube bigint)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select sha256(convert_to(coalesce(string_agg(array[s.nth::text, s.person_id::text, extract(epoch from s.sampled_at)::text,
    s.site_id::text, s.means::text, s.request_id::text, encode(s.document_index, 'hex'), encode(s.document_encrypted, 'hex'),
    encode(s.phone_encrypted, 'hex')]::text, ';' order by s.nth), ''), 'UTF8'))
  from public.samples s where s.tube_id = of_tube
$function$
;

CREATE OR REPLACE FUNCTION public.unclaimed_finding_digest(f unclaimed_findings)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select sha256(convert_to(array[f.unclaimed_id::text, encode(f.document_index, 'hex'), f.category,
    extract(epoch from f.anchor_at)::text, extract(epoch from f.ended_at)::text, f.evidence, f.source, f.proposal_id::text,
    f.entered_by::text, f.approved_by::text, f.import_id::text, f.zone_id::text,
    f.contact_person_id::text, f.lifted_by::text, encode(f.workplace_index, 'hex'), f.end_evidence]::text, 'UTF8'))
$function$
;

CREATE OR REPLACE FUNCTION public.visit_instant(visited_on date, visited_ms integer)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select (visited_on + visited_ms * interval '1 millisecond') at time zone 'Asia/Shanghai'
$function$
;

comment on column accounts.number_left_at is 'Since when the number is somebody else''s: phone_encrypted and phone_index hold a word that is no number';
comment on column admission_policies.asks_position is 'Whether the phone is asked where it is, so that a door scanned from far away is noticed';
comment on column case_stays.person_id is 'By whose document it was scanned; null for stays of before, which are those of the case''s own person';
comment on column declaration_matters.area_ids is 'The areas a stay might have been in, so that the same question is asked once';
comment on column declaration_matters.proposal_id is 'What it became; none where it was proposed before this was kept, or where it waits again';
comment on column declaration_versions.office_code is 'The division the person named as looking after them';
comment on column devices.revoked_by is 'The operator who ended it; null where the phone itself did';
comment on column dirty_persons.priority is '0: somebody waits for it; 1: one of very many, after all others';
comment on column dirty_persons.retry_at is 'Not before; set where an evaluation failed, unset by whatever marks the person again';
comment on column entry_registrations.note is 'The last note of follow-ups before there was entry_follow_ups; no longer written';
comment on column entry_registrations.origin_code is 'Where the journey begins: a division, or a country (ISO 3166-1 alpha-3)';
comment on column face_checks.identity_index is 'Keyed hash of the name and document that the face was compared with';
comment on column face_checks.session_id is 'The session that asked; null of version 0.2.0, which counts for nothing';
comment on column findings.case_id is 'The case whose proposal made it; the case itself may be gone';
comment on column findings.contact_person_id is 'Secondary contact: whose contact; details.contactPositiveAt follows that person''s confirmed findings';
comment on column findings.end_evidence is 'What the list that ended it says of why; of other ends the proposal knows';
comment on column findings.workplace_index is 'People with one workplace are counted by it (alarm shared_workplace)';
comment on column follow_ups.division_code is 'The responsible division, which is not where somebody stays; null: none is known yet, and the city has to give them to one';
comment on column follow_ups.isolated_at is 'Since when they have to stay where they are: a scan before it is no alarm';
comment on column follow_ups.offered_to is 'Another division is to take them: until it agrees, the one that offers looks after them';
comment on column follow_ups.seen_at is 'Last time that anybody knew of them: a look that reached them, a declaration, a test';
comment on column follow_ups.stay_venue_id is 'The venue in which they stay, such as a hotel: scans there are no alarm';
comment on column identity_documents.document_type is 'Null of documents registered with version 0.2.0 until a job has read them anew';
comment on column identity_documents.likeness is 'Keyed hash of region and birth date (of the mainland with the name): the same for every document of one human';
comment on column identity_documents.number_encrypted is 'The number of a document that was replaced; the one in use stands with the person';
comment on column key_fingerprints.retired_at is 'What it encrypted or signed is not read any more';
comment on column key_fingerprints.used_from is 'From when on it is used; infinity while it is published and not every process is known to hold it';
comment on column members.code_allowed_at is 'Since when somebody with an account of their own lets this account show their code; null: they do not';
comment on column operator_changes.phone_encrypted is 'Where the activation code goes; gone a day after the decision';
comment on column operator_changes.phone_index is 'One number belongs to one operator';
comment on column operator_sessions.device_name is 'Browser and system as the browser said them; empty where it said nothing known';
comment on column operators.decides_from is 'Decides no proposal before; null: always may';
comment on column partner_batches.worsened is 'Persons whom the batch turned red or yellow: counted against the limits of the hour and the day';
comment on column person_codes.held_at is 'A live code that is shown to nobody: it keeps its place, so that no other one comes into force until an office has decided';
comment on column person_codes.member_id is 'The link by which a paper code was handed out: it ends with the link';
comment on column persons.identity_stale is 'The province wants the identity data renewed: a copy of provincial_codes.state for the statements of the door';
comment on column risk_area_feeds.state is 'held: it would lift so many areas that headquarters, or the same list again later, has to confirm it';
comment on column risk_areas.extent is 'Whether the area is the whole division of its code, or a street or village in it: nobody has a finding for having been elsewhere in the same county';
comment on column risk_areas.placed_code is 'The place that a person named for an area whose code is none; with placed_at and without it: it concerns nobody here';
comment on column rulesets.called_off_at is 'Never came into force';
comment on column samples.document_encrypted is 'Of somebody not registered: type, number and country as JSON, until the result is theirs';
comment on column sessions.device_hash is 'SHA-256 of the secret that the device keeps';
comment on column sessions.proved_at is 'Since when it is known that the person of the account, or nobody yet, holds this device; null shows nothing personal';
comment on column stays.division_code is 'The place: a division (GB/T 2260, GB/T 10114) in its one form, or a country (ISO 3166-1 alpha-3)';
comment on column test_results.laboratory_number is 'Number of the result at its laboratory, by which it is corrected or withdrawn; a pool is one number and one row per person';
comment on column test_results.reviewed_at is 'When a person approved or rejected the draft that a positive result made; it no longer stands alone then';
comment on column test_results.verdict is 'What a person decided about a positive: an approved one has its confirmed finding, a rejected one counts for nothing';
comment on column tickets.member_id is 'Of whom in their care the author writes; person_id is that person then';
comment on column tubes.missed_at is 'When the alarm was raised that it had not arrived';
comment on column tubes.moved_to is 'Broken or mislabelled: everybody is in this one now';
comment on column venues.pending_change is 'Requested change of name, kind, division, address or responsible person, in force only once approved; personal fields encrypted, base64';
comment on function accept_restored_database(text,bigint) is 'Makes a restored database one to be served: ids of the lost history are left out, and every token and session of it is over';
comment on function advance_sequences(boolean) is 'Leaves out the ids that a lost history may have handed out';
comment on function attend_database(uuid,uuid,bigint,bigint,timestamp with time zone,text,boolean,integer) is 'A server says what it has seen, raises its mark and hears which history this is; a database that lacks what was seen is suspended';
comment on function copy_stale_identity() is 'Keeps persons.identity_stale as provincial_codes.state says';
comment on function database_lineage() is 'System identifier and timeline: the first changes with the cluster, the second with each promotion';
comment on function day_partitions() is 'The partitions of visits and checks with the days they hold, from_day included, until_day not; takes_rest: the default partition, where there is one';
comment on function drop_day_partitions(date) is 'Drops partitions whose days are all before the given one, and deletes such days from those that hold others too; returns what went';
comment on function ensure_day_partitions(date,date) is 'Makes the missing daily partitions of visits and checks in the range, both days included; returns how many';
comment on function fields_digest(jsonb,text[]) is 'Of these columns of a row, in this order';
comment on function finding_digest(findings) is 'Of the text that a verification makes of the row by itself';
comment on function has_day_partition(text,date) is 'Whether rows of the day have a place, under whatever name';
comment on function note_backups(jsonb) is 'Takes what pgBackRest says of its backups';
comment on function note_changed_samples() is 'Notes sealed tubes whose samples the statement changed';
comment on function note_deleted_versions() is 'Notes which findings of the statement are gone';
comment on function note_field_versions() is 'Notes what the encrypted fields of the row say now';
comment on function note_finding_versions() is 'Notes what the findings of the statement say now';
comment on function note_tube_samples() is 'Notes whose samples are in a tube that was sealed';
comment on function note_unclaimed_versions() is 'Notes what the waiting findings of the statement say now';
comment on function oldest_day_before(text,date) is 'The oldest day of visits or checks of which there are rows, if it is before the given one; looks only into partitions that may hold such days';
comment on function plain_text_key(text) is 'A name or an address without what is written differently each time';
comment on function purge_sealed_audit_entries(timestamp with time zone,integer) is 'Deletes the entries of the oldest seals, whole seals only, never of the last year; no row when there is nothing to delete';
comment on function request_key(uuid) is 'A request id in 64 bits; unique among the requests of one person on one day';
comment on function take_transaction_id() is 'Gives the transaction its id before any row of the statement takes an identity value';
comment on function tell_checkers_changed() is 'Tells the processes to ask again who may check where';
comment on function tube_samples_digest(bigint) is 'Of the text that a verification makes of the samples of a tube by itself';
comment on function unclaimed_finding_digest(unclaimed_findings) is 'Of the text that a verification makes of the row by itself';
comment on function visit_instant(date,integer) is 'The instant of a visit from its day and its milliseconds of that day, Asia/Shanghai';
comment on table accounts is 'A phone number that signs in; holds at most one person';
comment on table admission_policies is 'What each venue kind asks of a visitor; resolved along the kind tree, one row per kind';
comment on table announcement_files is 'Pictures, drawn anew, and PDF files without anything that runs, of an announcement';
comment on table announcement_texts is 'The wave of text messages of a release, and how far it is';
comment on table announcement_versions is 'The texts of an announcement, one open version at most; a released one never changes';
comment on table announcements is 'A notice, policy, guide, or question with its answer. Withdrawn ones stay and say why';
comment on table appeal_pictures is 'Evidence of an appeal, without metadata; deleted with it';
comment on table appeal_steps is 'What happened to an appeal, shown to its author without names';
comment on table appeals is 'Appeals against a reason of a colour: submitted → in_progress → proposed → upheld or refused, or answered, withdrawn; one open per person and reason';
comment on table audit_entries is 'Who did what and why, written in the transaction of the act; ids only, no names; append only';
comment on table audit_seal_leaves is 'Per entry of a seal: id (8 bytes, big endian) and SHA-256; says which entry was altered, proves nothing by itself';
comment on table audit_seals is 'Signed hash chain over batches of audit entries; kept for ever, also when the entries are purged';
comment on table audit_verifications is 'Verifications of the chain asked for in the console, with their progress; one at a time';
comment on table backups is 'Backups in the repository, as pgBackRest told last';
comment on table board_days is 'Counts of people at the end of each day, of the city by colour and of each district by measure; kept for 40 days';
comment on table board_marks is 'How far the visits of a day were read for the board; kept for an hour, the last one until there is another';
comment on table board_pictures is 'What the board of an area shows, written whole once a minute; a look reads this one row and nothing else';
comment on table board_scans is 'Scans of each minute by district and kind of venue, without anybody in it; kept for 50 hours';
comment on table board_walls is 'Walls that show the board of a division under a key of their own';
comment on table case_changes is 'What was changed in a case, by whom and why; notes are among them';
comment on table case_contacts is 'People proposed as contacts of a case, each once in a proposal';
comment on table case_paper_people is 'Who was with a case by a list on paper; counts once the person is registered. Kept as long as the case is';
comment on table case_readers is 'Who may open a case; nobody else, whatever their rights';
comment on table case_stays is 'The visits of a case with the time it stayed, kept as long as the case is. Far away and withdrawn ones are there and never count';
comment on table cases is 'A patient being traced. Opened by an approved finding or a positive result, or by hand: then nobody is shown before a second person agreed';
comment on table checks is 'Staff looked at a person''s status. means: 1 personal code, 2 numeric code, 3 paper code, 4 document. caller: operator or device id, so that nobody replays another''s request';
comment on table city is 'The one city of this database; a demonstration never becomes a real one, nor the other way round';
comment on table code_echoes is 'Checks whose live code was shown at another venue within its minute; forgotten after a day';
comment on table colour_texts is 'Accounts that want a text message when a colour they hold changes, and when the next one is due';
comment on table companion_requests is 'Companions named at a door: each look-up once, and what people with a phone of their own answer; a day long';
comment on table corrections is 'What is put right about a person: before and after, masked; deleted after 180 days';
comment on table counter_acts is 'Registrations and family links made at the counter of an office: one operator sees the documents, another one decides';
comment on table database_state is 'Which history this database is: epochs of the tokens, lineage of the server, whether it waits for `jkb restore accept`';
comment on table database_witnesses is 'Each data directory raises its own mark every few seconds and remembers it outside: one that is lower than remembered is an older database';
comment on table declaration_matters is 'Declared facts that become a finding only by an office''s proposal and a second operator: waiting → proposed → approved or rejected, or dismissed';
comment on table declaration_versions is 'Everything ever declared, version by version, with its hash, time and device; append only';
comment on table device_enrolments is 'Codes by which an enrolled phone gets another key for the same door; the code is kept as a hash, forgotten after a day';
comment on table devices is 'Checkpoint devices, each bound to one point';
comment on table directory_places is 'Hospitals, fever clinics, vaccination sites and community contacts, as offices keep them; kept for good';
comment on table dirty_persons is 'Persons to evaluate again; marked in the transaction that changed an input';
comment on table divisions is 'Administrative divisions (GB/T 2260, GB/T 10114) of the city; scope of operators and venues';
comment on table door_alarms is 'Isolated people scanned or checked elsewhere, and what their community did about it; deleted with the follow-up';
comment on table entry_current is 'The entry registrations that count at the door, each from valid_from until valid_until';
comment on table entry_follow_ups is 'What the community did about an arrival, and when; never edited, deleted with the registration';
comment on table entry_former is 'Who a version of an entry registration let in and when, until it was corrected; read for scans sent late only, deleted with the registration';
comment on table entry_marks is 'How far the visits at entry channels have been read, and how far registrations have been gone through for scans sent late';
comment on table entry_persons is 'Who comes with an entry registration, and who was scanned at an entry channel';
comment on table entry_registrations is 'Journeys to the city: submitted → arrived → received → closed, or cancelled, expired. The content is in declaration_versions';
comment on table exposures is 'One stay together of a contact and a case';
comment on table face_checks is 'Verdicts only; the picture is dropped as soon as the verdict is there';
comment on table family_requests is 'Somebody asks to look after somebody else; who is asked answers, or it expires';
comment on table findings is 'Dated facts about a person that the rules turn into a colour';
comment on table follow_up_events is 'What happened to a follow-up and what was done: never altered, deleted with it. Without operator: by itself';
comment on table follow_up_marks is 'How far changes of colour, persons and open follow-ups have been gone through';
comment on table follow_ups is 'People isolated or monitored, and who looks after them; deleted some months after their end';
comment on table held_pushes is 'Parts of partners'' batches that would turn many people red or yellow: headquarters releases or refuses them; withdrawn where the partner took all of it back';
comment on table held_rows is 'The rows of a held push, as they are taken when it is released';
comment on table history_seals is 'Hash chain over rows that are only added, one chain a stream; each seal is told to the audit log, under whose seals it is; kept for ever';
comment on table hotline_calls is 'Calls of the hotline: how long they rang and what they were about, never who called; deleted after 400 days';
comment on table hotline_exchange is 'What the telephone exchange of the hotline told last: calls that wait, operators, calls of the day; no caller';
comment on table hotline_policies is 'Norms, what the hotline decides alone, wrap-up codes and ready answers, all in one version; the last released one counts. Kept for good';
comment on table hotline_presence is 'Who was at the desk of the hotline last, and what its exchange showed; deleted after a day';
comment on table identity_changes is 'Who is who, each proposed by one operator and decided by another';
comment on table identity_documents is 'Blind index of type, country and the lifelong part of the number to person: one human, one person';
comment on table identity_matters is 'Possible same persons: an office answers within two hours';
comment on table import_errors is 'Refused rows as their author wrote them, encrypted, for the list of errors';
comment on table import_parts is 'The uploaded file in encrypted parts, until its rows are read';
comment on table import_rows is 'Rows that passed the check, until they are applied or given up';
comment on table imports is 'Lists uploaded by operators, from the first part of the file to their effect';
comment on table incidents is 'What the watch of the system found and somebody has to look at';
comment on table job_runs is 'When each job last succeeded and failed, over all processes; the alerts read it';
comment on table key_fingerprints is 'Fingerprints of the keys that this database belongs to; a server whose keys are others does not start';
comment on table key_holders is 'Which keys each running process has, told every few seconds';
comment on table key_rotation_left is 'Values that an exchange left as they are, because they are not known to be those that were written for their row';
comment on table key_rotation_tables is 'How far an exchange of the data key is in each table';
comment on table key_rotations is 'Exchanges of a key, under way and done';
comment on table known_devices is 'Devices on which the person of an account has proved to be it: they sign in again with an SMS code alone. The secret is kept as a hash';
comment on table let_passes is 'People whose identity waits for an office and who were let pass at a door after staff compared both documents; as long as checks';
comment on table listed_again is 'Rows of applied lists that were there already from another list, by blind index; who inherits when that one is undone';
comment on table lookup_days is 'How many people each operator looked up on each day; the auditor sees them as a chart';
comment on table lookup_norms is 'How many look-ups a day are usual for a role; above them the auditor is told. Changed by two people of headquarters';
comment on table lookups is 'Who looked a person up, when and why; shown to that person';
comment on table members is 'Persons looked after by an account, with the relation and how consent was given';
comment on table notices is 'Messages to an account, worded by the client from the kind';
comment on table numeric_codes is 'Eight digits that stand for a live personal code, single use';
comment on table operator_activations is 'One-time codes by which an operator sets their own password and second factor; only the hash of the code is kept';
comment on table operator_browsers is 'Browsers and addresses by which operators signed in; kept for a week';
comment on table operator_changes is 'Accounts and rights of operators, each proposed by one and decided by another';
comment on table operator_sessions is 'Cookie sessions of the console; the cookie value is kept as a hash';
comment on table operators is 'People who work in the console';
comment on table outside_lookups is 'Why an operator opened somebody who does not belong to the operator''s division or work; good for a day, kept as long as look-ups are shown';
comment on table partner_batches is 'Batches taken, with the answer, so that a repeat is answered like the first time';
comment on table partners is 'Systems that push data, each with a key of its own that is kept as a hash';
comment on table person_absences is 'The dead and those who moved away: no live code, no reminders';
comment on table person_codes is 'Random ids inside personal and paper codes; replacing the id revokes the code';
comment on table person_doubts is 'Persons that may be one human and wait for an office: the second one is not green meanwhile';
comment on table person_floors is 'The colour than which nobody turns greener while something about them waits for headquarters';
comment on table person_unions is 'Persons that are one human, by the decision of two operators: all facts of all of them colour each. The kept one has a row too';
comment on table persons is 'People with a verified identity; personal fields are ciphertext';
comment on table proposals is 'Acts that change a colour, waiting for a second operator';
comment on table provider_days is 'Each provider by Shanghai day: units billed, their cost, how often it took over, receipts';
comment on table provincial_codes is 'The provincial code as given, its age, and when the province is asked again; the finding `provincial` follows it';
comment on table rate_counters is 'Counts per key and window for everything that can be guessed or spammed';
comment on table request_digests is 'Keyed digests of requests by their ids; nothing of a request can be read from them. Forgotten after a week';
comment on table required_tests is 'Tests that rules and rounds ask of somebody, each with its deadline; a missed one is proposed by people, never by itself';
comment on table result_calls is 'Telephone calls to people with a positive result: who called, and whether they were reached';
comment on table result_sheets is 'Printed results: which result, as it was then, a code stands for';
comment on table risk_area_feeds is 'Every version of the list of risk areas as it was fetched; checked_at moves while the feed says it is unchanged';
comment on table risk_areas is 'Areas with a risk level and the dates between which it stands';
comment on table roster_absences is 'Whoever was called at a sampling table and was not there; taken back where they came after all';
comment on table roster_people is 'Who is on a roster; deleted with it';
comment on table rosters is 'A group of people in the order in which they are called: a building, class, ward or workplace; kept until its office replaces it';
comment on table round_counts is 'How far a round is, counted for everybody at once each minute, never for one who looks';
comment on table round_demands is 'What a round asks of somebody: whoever it missed has to be tested by a time. An exemption may come before';
comment on table round_recipients is 'Accounts that a round has still to be told to; gone once told';
comment on table round_tellings is 'How far a round is told to the phones of its people, in waves';
comment on table row_versions is 'What each finding and each encrypted field said after each change, as a digest, and by which role; written by triggers, never altered';
comment on table ruleset_drafts is 'Rulesets before they are published, with what they would do to everybody';
comment on table rulesets is 'Versioned rules that turn findings into colours; the one in force is the latest effective_from not in the future';
comment on table sample_boxes is 'Transport boxes: packed at a site, handed to a carrier, received by a laboratory, each with who and when';
comment on table sample_undos is 'Samples that were taken out again before their tube was sealed';
comment on table samples is 'Who is in which tube, since when; one row a swab. means: 1 personal code, 2 numeric code, 3 paper code, 4 document';
comment on table sampling_shifts is 'A sampler at a site with one phone';
comment on table schema_migrations is 'Migrations applied to this database, with the SHA-256 of each file, and whether older programs must not go on beside it';
comment on table service_checks is 'How the own check of each service ended last; a row is gone with its service';
comment on table service_grants is 'What a person let a module of others have, and whether it was fetched; kept for 180 days';
comment on table service_lists is 'The services of the app, all in one version; the last released one counts. Kept for good';
comment on table service_stops is 'Services that one person took out at once; gone when somebody lets them in again, the audit log keeps both';
comment on table sessions is 'Signed-in devices of citizens; the refresh token is kept as a hash and rotates at each use';
comment on table sign_in_proofs is 'The second proof of a sign-in on a new device: by face, by a device of the account, by an office, or by the hotline and a second person. Goes with its session';
comment on table sms_challenges is 'SMS sign-in codes, hashed; purged after ten minutes beyond the limit windows';
comment on table status_changes is 'Every change of a colour, never altered';
comment on table status_current is 'The colour now; written by the evaluator only';
comment on table stays is 'Places stayed, one row a person, as declared; matched against risk areas when declared and when the areas change';
comment on table take_overs is 'Identities that moved to another phone by a face check, the objection of the old phone, and what an office decided';
comment on table test_bookings is 'Who comes to a testing site in which slot; nobody twice on a day, no slot above its capacity';
comment on table test_results is 'Nucleic acid tests; the time of sampling decides, not of the report';
comment on table test_rounds is 'Campaigns of testing, made by one and begun by a second person';
comment on table test_site_days is 'Days on which a testing site is closed, or open otherwise than in its week';
comment on table test_sites is 'Where people are swabbed, kept by the offices of its division';
comment on table ticket_entries is 'Everything that happened to a ticket, with what was written; deleted with it';
comment on table ticket_pauses is 'When the clock of a ticket stood still; kept through every change of hands, deleted with it';
comment on table ticket_pictures is 'Pictures that came with a ticket, drawn anew; deleted with it';
comment on table tickets is 'What people write or call about: new → dispatched → signed → answered → closed, by way of returned and arbitration; deleted 180 days after the end';
comment on table tube_moves is 'People of one tube moved together into another; deleted with the tube';
comment on table tube_results is 'All that laboratories said of tubes, in order; what waits for a person is held';
comment on table tubes is 'A tube and where it is; a laboratory knows its number and nothing else';
comment on table unclaimed_findings is 'Approved findings about people who have not registered yet, by blind index only; they move to the person at registration';
comment on table unclaimed_results is 'Results of people who have not registered yet, by blind index only; they move to the person at registration';
comment on table upstream_figures is 'Requests to each provider by slots of ten minutes, for a day';
comment on table upstream_state is 'Each provider: breaker, age of the last success and of the last failure';
comment on table venue_codes is 'Random part of every venue code ever posted; retired ones stay so that an old poster can say why';
comment on table venue_managers is 'Operators with the role venue_manager or checker act only on these venues';
comment on table venue_offers is 'A shop handed over, or help in it, offered to a telephone number until somebody answers';
comment on table venue_points is 'Entrance, floor or vehicle of a venue; each has one posted code at a time';
comment on table venue_staff is 'Citizens who help the owner of a shop from their own phones';
comment on table venues is 'Places with posted codes';
comment on table visit_parties is 'Scans for several people by the holder who stated them; kept for four days, longer than a scan can be sent again';
comment on table visit_positions is 'Whether the phone was at the door, for visits whose position came after the answer. The position itself is not kept; kept as long as visits are';
comment on table visit_withdrawals is 'Visits of others that the account which stated them took back: the person was not there. The visit stays; kept as long as visits are';
comment on table visits is 'A person was at a point at a time, with the colour and decision given. Once per person and request within a day: a unique index on each partition';
comment on table zones is 'Controlled places whose people are lifted together; standing as long as findings in it are';
comment on view traced_visits is 'Visits as whoever traces has to read them: withdrawn, far away and unlocated ones are there and say so';

grant execute on function attend_database(uuid,uuid,bigint,bigint,timestamp with time zone,text,boolean,integer) to jkb_app;
grant execute on function copy_stale_identity() to public;
grant execute on function day_partitions() to jkb_app;
grant execute on function day_partitions() to jkb_readonly;
grant execute on function drop_day_partitions(date) to jkb_app;
grant execute on function ensure_day_partitions(date,date) to jkb_app;
grant execute on function fields_digest(jsonb,text[]) to public;
grant execute on function finding_digest(findings) to public;
grant execute on function has_day_partition(text,date) to jkb_app;
grant execute on function has_day_partition(text,date) to jkb_readonly;
grant execute on function note_changed_samples() to public;
grant execute on function note_deleted_versions() to public;
grant execute on function note_field_versions() to public;
grant execute on function note_finding_versions() to public;
grant execute on function note_tube_samples() to public;
grant execute on function note_unclaimed_versions() to public;
grant execute on function oldest_day_before(text,date) to jkb_app;
grant execute on function plain_text_key(text) to public;
grant execute on function purge_sealed_audit_entries(timestamp with time zone,integer) to jkb_app;
grant execute on function request_key(uuid) to public;
grant execute on function tell_checkers_changed() to public;
grant execute on function tube_samples_digest(bigint) to public;
grant execute on function unclaimed_finding_digest(unclaimed_findings) to public;
grant execute on function visit_instant(date,integer) to public;
grant usage on schema public to jkb_app;
grant usage on schema public to jkb_readonly;
grant usage on schema public to public;
grant usage on sequence accounts_account_id_seq to jkb_app;
grant usage on sequence announcements_announcement_id_seq to jkb_app;
grant usage on sequence appeal_steps_step_id_seq to jkb_app;
grant select, usage on sequence audit_entries_audit_id_seq to jkb_app;
grant usage on sequence case_changes_change_id_seq to jkb_app;
grant usage on sequence case_paper_people_paper_id_seq to jkb_app;
grant usage on sequence case_stays_stay_id_seq to jkb_app;
grant usage on sequence cases_case_id_seq to jkb_app;
grant usage on sequence declaration_matters_matter_id_seq to jkb_app;
grant usage on sequence door_alarms_alarm_id_seq to jkb_app;
grant usage on sequence entry_follow_ups_follow_up_id_seq to jkb_app;
grant usage on sequence exposures_exposure_id_seq to jkb_app;
grant usage on sequence findings_finding_id_seq to jkb_app;
grant usage on sequence follow_up_events_event_id_seq to jkb_app;
grant usage on sequence follow_ups_follow_up_id_seq to jkb_app;
grant usage on sequence held_pushes_held_push_id_seq to jkb_app;
grant usage on sequence held_rows_held_row_id_seq to jkb_app;
grant usage on sequence identity_changes_change_id_seq to jkb_app;
grant usage on sequence identity_matters_matter_id_seq to jkb_app;
grant usage on sequence imports_import_id_seq to jkb_app;
grant usage on sequence incidents_incident_id_seq to jkb_app;
grant usage on sequence lookups_lookup_id_seq to jkb_app;
grant usage on sequence operator_activations_activation_id_seq to jkb_app;
grant usage on sequence operator_changes_change_id_seq to jkb_app;
grant usage on sequence operators_operator_id_seq to jkb_app;
grant usage on sequence partners_partner_id_seq to jkb_app;
grant usage on sequence persons_person_id_seq to jkb_app;
grant usage on sequence proposals_proposal_id_seq to jkb_app;
grant usage on sequence result_calls_call_id_seq to jkb_app;
grant usage on sequence risk_area_feeds_version_seq to jkb_app;
grant usage on sequence risk_areas_area_id_seq to jkb_app;
grant usage on sequence rosters_roster_id_seq to jkb_app;
grant select, usage on sequence row_versions_version_id_seq to jkb_app;
grant usage on sequence ruleset_drafts_draft_id_seq to jkb_app;
grant usage on sequence sample_boxes_box_id_seq to jkb_app;
grant usage on sequence sample_undos_undo_id_seq to jkb_app;
grant usage on sequence sampling_shifts_shift_id_seq to jkb_app;
grant select, usage on sequence status_changes_change_id_seq to jkb_app;
grant usage on sequence stays_stay_id_seq to jkb_app;
grant usage on sequence test_bookings_booking_id_seq to jkb_app;
grant select, usage on sequence test_results_test_id_seq to jkb_app;
grant usage on sequence test_rounds_round_id_seq to jkb_app;
grant usage on sequence test_sites_site_id_seq to jkb_app;
grant usage on sequence ticket_entries_entry_id_seq to jkb_app;
grant usage on sequence ticket_numbers to jkb_app;
grant usage on sequence tube_moves_move_id_seq to jkb_app;
grant usage on sequence tube_results_tube_result_id_seq to jkb_app;
grant usage on sequence tubes_tube_id_seq to jkb_app;
grant usage on sequence unclaimed_findings_unclaimed_id_seq to jkb_app;
grant usage on sequence venue_points_point_id_seq to jkb_app;
grant usage on sequence venues_venue_id_seq to jkb_app;
grant usage on sequence zones_zone_id_seq to jkb_app;
grant insert, select, update on table accounts to jkb_app;
grant delete, insert, select, update on table admission_policies to jkb_app;
grant select on table admission_policies to jkb_readonly;
grant delete, insert, select on table announcement_files to jkb_app;
grant delete, insert, select on table announcement_texts to jkb_app;
grant delete, insert, select, update on table announcement_versions to jkb_app;
grant delete, insert, select on table announcements to jkb_app;
grant delete, insert, select on table appeal_pictures to jkb_app;
grant delete, insert, select on table appeal_steps to jkb_app;
grant delete, insert, select, update on table appeals to jkb_app;
grant select on table audit_entries to jkb_app;
grant select on table audit_entries to jkb_readonly;
grant insert, select on table audit_seal_leaves to jkb_app;
grant select on table audit_seal_leaves to jkb_readonly;
grant insert, select on table audit_seals to jkb_app;
grant select on table audit_seals to jkb_readonly;
grant insert, select, update on table audit_verifications to jkb_app;
grant select on table audit_verifications to jkb_readonly;
grant select on table backups to jkb_app;
grant select on table backups to jkb_readonly;
grant delete, insert, select, update on table board_days to jkb_app;
grant delete, insert, select, update on table board_marks to jkb_app;
grant delete, insert, select, update on table board_pictures to jkb_app;
grant delete, insert, select, update on table board_scans to jkb_app;
grant delete, insert, select, update on table board_walls to jkb_app;
grant delete, insert, select on table case_changes to jkb_app;
grant delete, insert, select on table case_contacts to jkb_app;
grant delete, insert, select on table case_paper_people to jkb_app;
grant delete, insert, select on table case_readers to jkb_app;
grant delete, insert, select on table case_stays to jkb_app;
grant delete, insert, select on table cases to jkb_app;
grant insert, select on table checks to jkb_app;
grant select on table checks to jkb_readonly;
grant select on table city to jkb_app;
grant select on table city to jkb_readonly;
grant delete, insert, select on table code_echoes to jkb_app;
grant delete, insert, select, update on table colour_texts to jkb_app;
grant delete, insert, select, update on table companion_requests to jkb_app;
grant delete, insert, select on table corrections to jkb_app;
grant insert, select on table counter_acts to jkb_app;
grant select on table database_state to jkb_app;
grant select on table database_state to jkb_readonly;
grant select on table database_witnesses to jkb_app;
grant select on table database_witnesses to jkb_readonly;
grant delete, insert, select, update on table declaration_matters to jkb_app;
grant select on table declaration_matters to jkb_readonly;
grant delete, insert, select on table declaration_versions to jkb_app;
grant delete, insert, select, update on table device_enrolments to jkb_app;
grant delete, insert, select, update on table devices to jkb_app;
grant insert, select, update on table directory_places to jkb_app;
grant delete, insert, select, update on table dirty_persons to jkb_app;
grant insert, select on table divisions to jkb_app;
grant select on table divisions to jkb_readonly;
grant insert, select on table door_alarms to jkb_app;
grant delete, insert, select, update on table entry_current to jkb_app;
grant select on table entry_current to jkb_readonly;
grant delete, insert, select on table entry_follow_ups to jkb_app;
grant delete, insert, select on table entry_former to jkb_app;
grant delete, insert, select, update on table entry_marks to jkb_app;
grant delete, insert, select, update on table entry_persons to jkb_app;
grant select on table entry_persons to jkb_readonly;
grant delete, insert, select, update on table entry_registrations to jkb_app;
grant select on table entry_registrations to jkb_readonly;
grant delete, insert, select on table exposures to jkb_app;
grant delete, insert, select, update on table face_checks to jkb_app;
grant delete, insert, select, update on table family_requests to jkb_app;
grant insert, select, update on table findings to jkb_app;
grant select on table findings to jkb_readonly;
grant delete, insert, select on table follow_up_events to jkb_app;
grant insert, select, update on table follow_up_marks to jkb_app;
grant delete, insert, select, update on table follow_ups to jkb_app;
grant delete, insert, select on table held_pushes to jkb_app;
grant delete, insert, select on table held_rows to jkb_app;
grant insert, select on table history_seals to jkb_app;
grant select on table history_seals to jkb_readonly;
grant delete, insert, select, update on table hotline_calls to jkb_app;
grant select on table hotline_exchange to jkb_readonly;
grant select, update on table hotline_exchange to jkb_app;
grant insert, select, update on table hotline_policies to jkb_app;
grant delete, insert, select, update on table hotline_presence to jkb_app;
grant insert, select on table identity_changes to jkb_app;
grant insert, select, update on table identity_documents to jkb_app;
grant insert, select on table identity_matters to jkb_app;
grant delete, insert, select, update on table import_errors to jkb_app;
grant delete, insert, select, update on table import_parts to jkb_app;
grant delete, insert, select, update on table import_rows to jkb_app;
grant insert, select, update on table imports to jkb_app;
grant select on table imports to jkb_readonly;
grant delete, insert, select on table incidents to jkb_app;
grant insert, select, update on table job_runs to jkb_app;
grant select on table job_runs to jkb_readonly;
grant insert, select on table key_fingerprints to jkb_app;
grant select on table key_fingerprints to jkb_readonly;
grant delete, insert, select, update on table key_holders to jkb_app;
grant delete, insert, select on table key_rotation_left to jkb_app;
grant insert, select, update on table key_rotation_tables to jkb_app;
grant insert, select, update on table key_rotations to jkb_app;
grant delete, insert, select, update on table known_devices to jkb_app;
grant delete, insert, select on table let_passes to jkb_app;
grant delete, insert, select on table listed_again to jkb_app;
grant delete, insert, select, update on table lookup_days to jkb_app;
grant select on table lookup_days to jkb_readonly;
grant select on table lookup_norms to jkb_app;
grant select on table lookup_norms to jkb_readonly;
grant insert, select on table lookups to jkb_app;
grant delete, insert, select, update on table members to jkb_app;
grant delete, insert, select, update on table notices to jkb_app;
grant delete, insert, select, update on table numeric_codes to jkb_app;
grant insert, select on table operator_activations to jkb_app;
grant delete, insert, select, update on table operator_browsers to jkb_app;
grant insert, select on table operator_changes to jkb_app;
grant delete, insert, select, update on table operator_sessions to jkb_app;
grant insert, select, update on table operators to jkb_app;
grant delete, insert, select on table outside_lookups to jkb_app;
grant select on table outside_lookups to jkb_readonly;
grant delete, insert, select, update on table partner_batches to jkb_app;
grant insert, select, update on table partners to jkb_app;
grant delete, insert, select, update on table person_absences to jkb_app;
grant insert, select, update on table person_codes to jkb_app;
grant delete, insert, select, update on table person_doubts to jkb_app;
grant delete, insert, select on table person_floors to jkb_app;
grant delete, insert, select, update on table person_unions to jkb_app;
grant insert, select, update on table persons to jkb_app;
grant insert, select, update on table proposals to jkb_app;
grant select on table proposals to jkb_readonly;
grant insert, select, update on table provider_days to jkb_app;
grant select on table provider_days to jkb_readonly;
grant insert, select, update on table provincial_codes to jkb_app;
grant select on table provincial_codes to jkb_readonly;
grant delete, insert, select, update on table rate_counters to jkb_app;
grant delete, insert, select on table request_digests to jkb_app;
grant delete, insert, select, update on table required_tests to jkb_app;
grant delete, insert, select on table result_calls to jkb_app;
grant delete, insert, select on table result_sheets to jkb_app;
grant insert, select, update on table risk_area_feeds to jkb_app;
grant select on table risk_area_feeds to jkb_readonly;
grant insert, select, update on table risk_areas to jkb_app;
grant select on table risk_areas to jkb_readonly;
grant delete, insert, select, update on table roster_absences to jkb_app;
grant delete, insert, select, update on table roster_people to jkb_app;
grant delete, insert, select, update on table rosters to jkb_app;
grant delete, insert, select, update on table round_counts to jkb_app;
grant delete, insert, select, update on table round_demands to jkb_app;
grant delete, insert, select, update on table round_recipients to jkb_app;
grant delete, insert, select, update on table round_statements to jkb_app;
grant delete, insert, select, update on table round_tellings to jkb_app;
grant insert, select on table row_versions to jkb_app;
grant select on table row_versions to jkb_readonly;
grant insert, select, update on table ruleset_drafts to jkb_app;
grant select on table ruleset_drafts to jkb_readonly;
grant insert, select on table rulesets to jkb_app;
grant select on table rulesets to jkb_readonly;
grant delete, insert, select on table sample_boxes to jkb_app;
grant delete, insert, select on table sample_undos to jkb_app;
grant delete, insert, select on table samples to jkb_app;
grant delete, insert, select on table sampling_shifts to jkb_app;
grant select on table schema_migrations to jkb_app;
grant delete, insert, select, update on table service_checks to jkb_app;
grant delete, insert, select on table service_grants to jkb_app;
grant insert, select, update on table service_lists to jkb_app;
grant delete, insert, select on table service_stops to jkb_app;
grant delete, insert, select, update on table sessions to jkb_app;
grant delete, insert, select, update on table sign_in_proofs to jkb_app;
grant delete, insert, select, update on table sms_challenges to jkb_app;
grant insert, select on table status_changes to jkb_app;
grant select on table status_changes to jkb_readonly;
grant delete, insert, select, update on table status_current to jkb_app;
grant select on table status_current to jkb_readonly;
grant delete, insert, select on table stays to jkb_app;
grant delete, insert, select, update on table take_overs to jkb_app;
grant delete, insert, select on table test_bookings to jkb_app;
grant delete, insert, select, update on table test_results to jkb_app;
grant select on table test_results to jkb_readonly;
grant delete, insert, select, update on table test_rounds to jkb_app;
grant delete, insert, select on table test_site_days to jkb_app;
grant insert, select on table test_sites to jkb_app;
grant delete, insert, select on table ticket_entries to jkb_app;
grant delete, insert, select, update on table ticket_pauses to jkb_app;
grant delete, insert, select on table ticket_pictures to jkb_app;
grant delete, insert, select, update on table tickets to jkb_app;
grant delete, insert, select on table tube_moves to jkb_app;
grant delete, insert, select on table tube_results to jkb_app;
grant delete, insert, select on table tubes to jkb_app;
grant delete, insert, select, update on table unclaimed_findings to jkb_app;
grant delete, insert, select, update on table unclaimed_results to jkb_app;
grant delete, insert, select, update on table upstream_figures to jkb_app;
grant select on table upstream_figures to jkb_readonly;
grant insert, select, update on table upstream_state to jkb_app;
grant select on table upstream_state to jkb_readonly;
grant insert, select, update on table venue_codes to jkb_app;
grant select on table venue_codes to jkb_readonly;
grant delete, insert, select, update on table venue_managers to jkb_app;
grant delete, insert, select, update on table venue_offers to jkb_app;
grant insert, select, update on table venue_points to jkb_app;
grant select on table venue_points to jkb_readonly;
grant delete, insert, select, update on table venue_staff to jkb_app;
grant insert, select, update on table venues to jkb_app;
grant select on table venues to jkb_readonly;
grant delete, insert, select on table visit_parties to jkb_app;
grant delete, insert, select on table visit_positions to jkb_app;
grant select on table visit_positions to jkb_readonly;
grant delete, insert, select on table visit_withdrawals to jkb_app;
grant select on table visit_withdrawals to jkb_readonly;
grant insert, select on table visits to jkb_app;
grant select on table visits to jkb_readonly;
grant insert, select, update on table zones to jkb_app;
grant select on table zones to jkb_readonly;
grant select on view traced_visits to jkb_app;
grant select on view traced_visits to jkb_readonly;

grant update (after_account) on table announcement_texts to jkb_app;
grant update (due_at) on table announcement_texts to jkb_app;
grant update (ended_at) on table announcement_texts to jkb_app;
grant update (failed) on table announcement_texts to jkb_app;
grant update (sent) on table announcement_texts to jkb_app;
grant update (sent_on) on table announcement_texts to jkb_app;
grant update (sent_that_day) on table announcement_texts to jkb_app;
grant update (state) on table announcement_texts to jkb_app;
grant update (stop_reason) on table announcement_texts to jkb_app;
grant update (stopped_by) on table announcement_texts to jkb_app;
grant update (withdrawal_reason_en) on table announcements to jkb_app;
grant update (withdrawal_reason_zh) on table announcements to jkb_app;
grant update (withdrawn_at) on table announcements to jkb_app;
grant update (withdrawn_by) on table announcements to jkb_app;
grant update (content_encrypted) on table appeal_pictures to jkb_app;
grant update (note_encrypted) on table appeal_steps to jkb_app;
grant select (appeal_id) on table appeals to jkb_readonly;
grant select (category) on table appeals to jkb_readonly;
grant select (division_code) on table appeals to jkb_readonly;
grant select (ended_at) on table appeals to jkb_readonly;
grant select (state) on table appeals to jkb_readonly;
grant select (submitted_at) on table appeals to jkb_readonly;
grant insert (action) on table audit_entries to jkb_app;
grant insert (actor_id) on table audit_entries to jkb_app;
grant insert (actor_kind) on table audit_entries to jkb_app;
grant insert (details) on table audit_entries to jkb_app;
grant insert (object_id) on table audit_entries to jkb_app;
grant insert (object_kind) on table audit_entries to jkb_app;
grant insert (purpose) on table audit_entries to jkb_app;
grant insert (request_id) on table audit_entries to jkb_app;
grant update (note_encrypted) on table case_changes to jkb_app;
grant update (document_encrypted) on table case_paper_people to jkb_app;
grant update (name_encrypted) on table case_paper_people to jkb_app;
grant update (adjusted_at) on table case_stays to jkb_app;
grant update (adjusted_by) on table case_stays to jkb_app;
grant update (counted) on table case_stays to jkb_app;
grant update (from_at) on table case_stays to jkb_app;
grant update (marks) on table case_stays to jkb_app;
grant update (scope) on table case_stays to jkb_app;
grant update (until_at) on table case_stays to jkb_app;
grant update (why) on table case_stays to jkb_app;
grant update (anchor_at) on table cases to jkb_app;
grant update (ended_at) on table cases to jkb_app;
grant update (isolated_at) on table cases to jkb_app;
grant update (rules) on table cases to jkb_app;
grant update (state) on table cases to jkb_app;
grant update (version) on table cases to jkb_app;
grant update (ticket_id) on table corrections to jkb_app;
grant update (alarms) on table counter_acts to jkb_app;
grant update (decided_at) on table counter_acts to jkb_app;
grant update (decided_by) on table counter_acts to jkb_app;
grant update (decision_reason) on table counter_acts to jkb_app;
grant update (guardian_encrypted) on table counter_acts to jkb_app;
grant update (identity_encrypted) on table counter_acts to jkb_app;
grant update (person_id) on table counter_acts to jkb_app;
grant update (state) on table counter_acts to jkb_app;
grant update (content_encrypted) on table declaration_versions to jkb_app;
grant update (answer) on table door_alarms to jkb_app;
grant update (answered_at) on table door_alarms to jkb_app;
grant update (answered_by) on table door_alarms to jkb_app;
grant update (note_encrypted) on table door_alarms to jkb_app;
grant update (request_id) on table door_alarms to jkb_app;
grant update (note_encrypted) on table entry_follow_ups to jkb_app;
grant update (answer) on table exposures to jkb_app;
grant update (answered_at) on table exposures to jkb_app;
grant update (answered_by) on table exposures to jkb_app;
grant update (dropped_by) on table exposures to jkb_app;
grant update (due_at) on table exposures to jkb_app;
grant update (objected_at) on table exposures to jkb_app;
grant update (objection) on table exposures to jkb_app;
grant update (statement_encrypted) on table exposures to jkb_app;
grant update (note_encrypted) on table follow_up_events to jkb_app;
grant update (alarmed_at) on table held_pushes to jkb_app;
grant update (closed_at) on table held_pushes to jkb_app;
grant update (decided_by) on table held_pushes to jkb_app;
grant update (decision_reason) on table held_pushes to jkb_app;
grant update (state) on table held_pushes to jkb_app;
grant update (waiting) on table held_rows to jkb_app;
grant update (alarms) on table identity_changes to jkb_app;
grant update (decided_at) on table identity_changes to jkb_app;
grant update (decided_by) on table identity_changes to jkb_app;
grant update (decision_reason) on table identity_changes to jkb_app;
grant update (document_encrypted) on table identity_changes to jkb_app;
grant update (state) on table identity_changes to jkb_app;
grant update (alarmed_at) on table identity_matters to jkb_app;
grant update (closed_at) on table identity_matters to jkb_app;
grant update (due_at) on table identity_matters to jkb_app;
grant update (opened_at) on table identity_matters to jkb_app;
grant update (state) on table identity_matters to jkb_app;
grant update (acknowledged_at) on table incidents to jkb_app;
grant update (acknowledged_by) on table incidents to jkb_app;
grant update (details) on table incidents to jkb_app;
grant update (last_at) on table incidents to jkb_app;
grant update (note) on table incidents to jkb_app;
grant update (times) on table incidents to jkb_app;
grant update (retired_at) on table key_fingerprints to jkb_app;
grant update (used_from) on table key_fingerprints to jkb_app;
grant update ("least") on table lookup_norms to jkb_app;
grant update (most) on table lookup_norms to jkb_app;
grant update (times_usual) on table lookup_norms to jkb_app;
grant update (totp_secret_encrypted) on table operator_activations to jkb_app;
grant update (used_at) on table operator_activations to jkb_app;
grant update (withdrawn_at) on table operator_activations to jkb_app;
grant update (alarms) on table operator_changes to jkb_app;
grant update (decided_at) on table operator_changes to jkb_app;
grant update (decided_by) on table operator_changes to jkb_app;
grant update (decision_reason) on table operator_changes to jkb_app;
grant update (first_half_encrypted) on table operator_changes to jkb_app;
grant update (messaged_at) on table operator_changes to jkb_app;
grant update (operator_id) on table operator_changes to jkb_app;
grant update (phone_encrypted) on table operator_changes to jkb_app;
grant update (state) on table operator_changes to jkb_app;
grant update (applied_at) on table rulesets to jkb_app;
grant update (apply_cursor) on table rulesets to jkb_app;
grant update (apply_done) on table rulesets to jkb_app;
grant update (apply_started_at) on table rulesets to jkb_app;
grant update (apply_total) on table rulesets to jkb_app;
grant update (called_off_at) on table rulesets to jkb_app;
grant update (carrier) on table sample_boxes to jkb_app;
grant update (hand_over_request_id) on table sample_boxes to jkb_app;
grant update (handed_over_at) on table sample_boxes to jkb_app;
grant update (handed_over_by) on table sample_boxes to jkb_app;
grant update (handed_over_tubes) on table sample_boxes to jkb_app;
grant update (partner_id) on table sample_boxes to jkb_app;
grant update (receipt_request_id) on table sample_boxes to jkb_app;
grant update (received_at) on table sample_boxes to jkb_app;
grant update (received_by) on table sample_boxes to jkb_app;
grant update (received_tubes) on table sample_boxes to jkb_app;
grant update (document_encrypted) on table samples to jkb_app;
grant update (document_index) on table samples to jkb_app;
grant update (nth) on table samples to jkb_app;
grant update (person_id) on table samples to jkb_app;
grant update (phone_encrypted) on table samples to jkb_app;
grant update (tube_id) on table samples to jkb_app;
grant update (ended_at) on table sampling_shifts to jkb_app;
grant update (redeemed_at) on table service_grants to jkb_app;
grant update (superseded_at) on table stays to jkb_app;
grant update (booked_for) on table test_bookings to jkb_app;
grant update (ended_at) on table test_bookings to jkb_app;
grant update (ends_at) on table test_bookings to jkb_app;
grant update (held_until) on table test_bookings to jkb_app;
grant update (place) on table test_bookings to jkb_app;
grant update (reminded_at) on table test_bookings to jkb_app;
grant update (site_id) on table test_bookings to jkb_app;
grant update (starts_at) on table test_bookings to jkb_app;
grant update (state) on table test_bookings to jkb_app;
grant update (closed) on table test_site_days to jkb_app;
grant update (hours) on table test_site_days to jkb_app;
grant update (reason) on table test_site_days to jkb_app;
grant update (set_at) on table test_site_days to jkb_app;
grant update (set_by) on table test_site_days to jkb_app;
grant update (slot_capacity) on table test_site_days to jkb_app;
grant update (address) on table test_sites to jkb_app;
grant update (audience) on table test_sites to jkb_app;
grant update (hours) on table test_sites to jkb_app;
grant update (latitude) on table test_sites to jkb_app;
grant update (longitude) on table test_sites to jkb_app;
grant update (name) on table test_sites to jkb_app;
grant update (price_cents) on table test_sites to jkb_app;
grant update (revision) on table test_sites to jkb_app;
grant update (slot_capacity) on table test_sites to jkb_app;
grant update (slot_minutes) on table test_sites to jkb_app;
grant update (state) on table test_sites to jkb_app;
grant update (telephone) on table test_sites to jkb_app;
grant update (waiting) on table test_sites to jkb_app;
grant update (waiting_at) on table test_sites to jkb_app;
grant update (walk_in) on table test_sites to jkb_app;
grant update (text_encrypted) on table ticket_entries to jkb_app;
grant update (content_encrypted) on table ticket_pictures to jkb_app;
grant update (decided_at) on table tube_moves to jkb_app;
grant update (decided_by) on table tube_moves to jkb_app;
grant update (state) on table tube_moves to jkb_app;
grant update (to_tube_id) on table tube_moves to jkb_app;
grant update (decided_at) on table tube_results to jkb_app;
grant update (decided_by) on table tube_results to jkb_app;
grant update (decision_reason) on table tube_results to jkb_app;
grant update (state) on table tube_results to jkb_app;
grant update (box_id) on table tubes to jkb_app;
grant update (missed_at) on table tubes to jkb_app;
grant update (moved_to) on table tubes to jkb_app;
grant update (partner_id) on table tubes to jkb_app;
grant update (received_at) on table tubes to jkb_app;
grant update (result) on table tubes to jkb_app;
grant update (resulted_at) on table tubes to jkb_app;
grant update (seal_request_id) on table tubes to jkb_app;
grant update (sealed_at) on table tubes to jkb_app;
grant update (sealed_count) on table tubes to jkb_app;
