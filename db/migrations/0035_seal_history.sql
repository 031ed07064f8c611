-- History and facts under the seals: who owns the database can neither take a change of a colour away nor write the
-- evidence of a finding anew without a verification naming the row.

create table history_seals (
  stream text not null check (stream in ('status_changes', 'test_results', 'row_versions')),
  sequence bigint not null check (sequence > 0),
  from_id bigint not null check (from_id > 0),
  to_id bigint not null,
  row_count integer not null check (row_count > 0),
  -- Per row: id (8 bytes, big endian) and SHA-256 of its text
  leaves bytea not null,
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  sealed_at timestamptz not null,
  primary key (stream, sequence),
  unique (stream, to_id),
  check (to_id >= from_id),
  check (octet_length(leaves) = row_count * 40)
);
comment on table history_seals is 'Hash chain over rows that are only added, one chain a stream; each seal is told to the audit log, under whose seals it is; kept for ever';
grant select, insert on history_seals to jkb_app;
grant select on history_seals to jkb_readonly;

create table row_versions (
  version_id bigint generated always as identity primary key,
  kind text not null check (kind ~ '^[a-z_]+$'),
  -- The key of the row; parts of one with several joined by a colon
  row_id text not null,
  written_at timestamptz not null default now(),
  written_by text not null default session_user,
  -- SHA-256 of the row's text; null where it was deleted
  digest bytea check (octet_length(digest) = 32)
);
create index row_versions_row on row_versions (kind, row_id, version_id desc);
create index row_versions_by_hand on row_versions (version_id) where written_by not in ('jkb_app', 'migration');
comment on table row_versions is 'What each finding and each encrypted field said after each change, as a digest, and by which role; written by triggers, never altered';
grant select, insert on row_versions to jkb_app;
grant usage on sequence row_versions_version_id_seq to jkb_app;
grant select on row_versions to jkb_readonly;

-- The sealer reads the last number handed out.
grant select on sequence row_versions_version_id_seq, status_changes_change_id_seq, test_results_test_id_seq to jkb_app;
create trigger status_changes_transaction_id before insert on status_changes for each statement execute function take_transaction_id();
create trigger test_results_transaction_id before insert on test_results for each statement execute function take_transaction_id();

-- Fields whose ciphertext may be written anew are left out: they are bound to their row by themselves.
create function finding_digest(f findings) returns bytea language sql stable set search_path to 'pg_catalog' as $$
  select sha256(convert_to(array[f.finding_id::text, f.person_id::text, f.category, extract(epoch from f.anchor_at)::text,
    extract(epoch from f.ended_at)::text, extract(epoch from f.withdrawn_at)::text, f.evidence, f.source, f.details::text,
    f.proposal_id::text, f.entered_by::text, f.approved_by::text, extract(epoch from f.created_at)::text, f.import_id::text,
    f.zone_id::text, f.contact_person_id::text, f.lifted_by::text, encode(f.workplace_index, 'hex'), f.end_evidence,
    f.case_id::text]::text, 'UTF8'))
$$;
comment on function finding_digest(findings) is 'Of the text that a verification makes of the row by itself';

create function unclaimed_finding_digest(f unclaimed_findings) returns bytea language sql stable set search_path to 'pg_catalog' as $$
  select sha256(convert_to(array[f.unclaimed_id::text, encode(f.document_index, 'hex'), f.category,
    extract(epoch from f.anchor_at)::text, extract(epoch from f.ended_at)::text, f.evidence, f.source, f.proposal_id::text,
    f.entered_by::text, f.approved_by::text, f.import_id::text, f.zone_id::text,
    f.contact_person_id::text, f.lifted_by::text, encode(f.workplace_index, 'hex'), f.end_evidence]::text, 'UTF8'))
$$;
comment on function unclaimed_finding_digest(unclaimed_findings) is 'Of the text that a verification makes of the row by itself';

create function note_finding_versions() returns trigger language plpgsql set search_path to 'pg_catalog', 'public' as $$
begin
  insert into public.row_versions (kind, row_id, digest)
  select 'finding', f.finding_id::text, public.finding_digest(f) from written f order by f.finding_id;
  return null;
end $$;
comment on function note_finding_versions() is 'Notes what the findings of the statement say now';

create function note_unclaimed_versions() returns trigger language plpgsql set search_path to 'pg_catalog', 'public' as $$
begin
  insert into public.row_versions (kind, row_id, digest)
  select 'unclaimed_finding', f.unclaimed_id::text, public.unclaimed_finding_digest(f) from written f order by f.unclaimed_id;
  return null;
end $$;
comment on function note_unclaimed_versions() is 'Notes what the waiting findings of the statement say now';

create function note_deleted_versions() returns trigger language plpgsql set search_path to 'pg_catalog', 'public' as $$
begin
  if tg_table_name = 'findings' then
    insert into public.row_versions (kind, row_id) select 'finding', to_jsonb(f) ->> 'finding_id' from gone f;
  else
    insert into public.row_versions (kind, row_id) select 'unclaimed_finding', to_jsonb(f) ->> 'unclaimed_id' from gone f;
  end if;
  return null;
end $$;
comment on function note_deleted_versions() is 'Notes which findings of the statement are gone';

create trigger findings_versions_inserted after insert on findings referencing new table as written
  for each statement execute function note_finding_versions();
create trigger findings_versions_updated after update on findings referencing new table as written
  for each statement execute function note_finding_versions();
create trigger findings_versions_deleted after delete on findings referencing old table as gone
  for each statement execute function note_deleted_versions();
create trigger unclaimed_findings_versions_inserted after insert on unclaimed_findings referencing new table as written
  for each statement execute function note_unclaimed_versions();
create trigger unclaimed_findings_versions_updated after update on unclaimed_findings referencing new table as written
  for each statement execute function note_unclaimed_versions();
create trigger unclaimed_findings_versions_deleted after delete on unclaimed_findings referencing old table as gone
  for each statement execute function note_deleted_versions();

insert into row_versions (kind, row_id, written_by, digest)
select 'finding', f.finding_id::text, 'migration', finding_digest(f) from findings f order by f.finding_id;
insert into row_versions (kind, row_id, written_by, digest)
select 'unclaimed_finding', f.unclaimed_id::text, 'migration', unclaimed_finding_digest(f) from unclaimed_findings f order by f.unclaimed_id;

-- Encrypted fields belong to their row: whoever changes two ciphertexts with each other, or puts an old one back, is named.
-- Arguments of the trigger: the columns of the key, then those that are kept together with it.

create function fields_digest(row_fields jsonb, columns text[]) returns bytea language sql immutable set search_path to 'pg_catalog' as $$
  select sha256(convert_to(array_agg(row_fields ->> c order by place)::text, 'UTF8')) from unnest(columns) with ordinality as u(c, place)
$$;
comment on function fields_digest(jsonb, text[]) is 'Of these columns of a row, in this order';

create function note_field_versions() returns trigger language plpgsql
set search_path to 'pg_catalog', 'public' set bytea_output to 'hex' as $$
declare
  key_columns text[] := string_to_array(tg_argv[0], ',');
  row_fields jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  insert into public.row_versions (kind, row_id, digest)
  select tg_table_name, string_agg(row_fields ->> c, ':' order by place),
    case when tg_op <> 'DELETE' then public.fields_digest(row_fields, key_columns || string_to_array(tg_argv[1], ',')) end
  from unnest(key_columns) with ordinality as u(c, place);
  return null;
end $$;
comment on function note_field_versions() is 'Notes what the encrypted fields of the row say now';

do $$
declare
  protected record;
begin
  perform set_config('bytea_output', 'hex', true);
  for protected in select * from (values
    ('persons', 'person_id', 'name_encrypted,document_number_encrypted,birth_on_encrypted'),
    ('accounts', 'account_id', 'phone_encrypted'),
    ('operators', 'operator_id', 'totp_secret_encrypted,password_hash,roles,division_code'),
    ('operator_activations', 'activation_id', 'totp_secret_encrypted'),
    ('identity_documents', 'document_index', 'person_id,number_encrypted'),
    ('appeals', 'appeal_id', 'statement_encrypted,contact_phone_encrypted,answer_encrypted'),
    ('appeal_steps', 'step_id', 'note_encrypted'),
    ('appeal_pictures', 'appeal_id,number', 'content_encrypted'),
    ('declaration_versions', 'declaration_id,version', 'content_encrypted'),
    ('entry_follow_ups', 'follow_up_id', 'note_encrypted'),
    ('case_changes', 'change_id', 'note_encrypted'),
    ('exposures', 'exposure_id', 'statement_encrypted'),
    ('venues', 'venue_id', 'responsible_name_encrypted,responsible_phone_encrypted'),
    ('identity_changes', 'change_id', 'document_encrypted')
  ) as p(name, key, fields) loop
    execute format(
      'create trigger %1$s_field_versions_inserted after insert or delete on %1$s for each row execute function note_field_versions(%2$L, %3$L)',
      protected.name, protected.key, protected.fields);
    execute format(
      'create trigger %1$s_field_versions_updated after update of %2$s on %1$s for each row when (%3$s) execute function note_field_versions(%4$L, %5$L)',
      protected.name, protected.key || ',' || protected.fields,
      (select string_agg(format('old.%1$I is distinct from new.%1$I', c), ' or ')
       from unnest(string_to_array(protected.key || ',' || protected.fields, ',')) as c),
      protected.key, protected.fields);
    execute format(
      'insert into row_versions (kind, row_id, written_by, digest)
       select %1$L, (select string_agg(to_jsonb(r) ->> c, '':'' order by place) from unnest(string_to_array(%2$L, '','')) with ordinality as u(c, place)),
         ''migration'', fields_digest(to_jsonb(r), string_to_array(%2$L || '','' || %3$L, '','')) from %1$I r',
      protected.name, protected.key, protected.fields);
  end loop;
end $$;
