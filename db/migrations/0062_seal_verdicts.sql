-- What decides a colour or who somebody is beside findings: each change leaves a version, so that a verification names a row that
-- was rewritten or taken away behind the server's back.

-- Times are written in one zone, whatever the session's is.
create or replace function note_field_versions() returns trigger language plpgsql
set search_path to 'pg_catalog', 'public' set bytea_output to 'hex' set timezone to 'UTC' as $$
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

drop trigger accounts_field_versions_inserted on accounts;
drop trigger accounts_field_versions_updated on accounts;
drop trigger identity_changes_field_versions_inserted on identity_changes;
drop trigger identity_changes_field_versions_updated on identity_changes;

do $$
declare
  protected record;
begin
  perform set_config('bytea_output', 'hex', true);
  perform set_config('timezone', 'UTC', true);
  for protected in select * from (values
    ('accounts', 'account_id', 'phone_encrypted,phone_index,person_id,number_left_at'),
    ('identity_changes', 'change_id', 'document_encrypted,kind,person_id,other_person_id,matter_id,absence,reason,state,proposed_by,decided_by,decided_at,decision_reason'),
    ('identity_matters', 'matter_id', 'first_person_id,second_person_id,cause,state,opened_at,closed_at'),
    ('person_unions', 'person_id', 'kept_person_id,since'),
    ('person_doubts', 'second_person_id,first_person_id', 'since'),
    ('person_absences', 'person_id', 'state,since'),
    ('person_floors', 'person_id,held_push_id', 'colour,since'),
    ('members', 'member_id', 'account_id,person_id,relation,consent_means,removed_at,code_allowed_at'),
    ('take_overs', 'take_over_id', 'person_id,from_account_id,to_account_id,state,objected_at,decided_at,decided_by,reason'),
    ('person_codes', 'code_id', 'person_id,kind,revoked_at,held_at,member_id'),
    ('counter_acts', 'act_id', 'kind,cause,seen,evidence,authority,document_index,document_type,identity_encrypted,guardian_encrypted,holder_person_id,relation,person_id,state,proposed_by,decided_by,decided_at,decision_reason'),
    ('proposals', 'proposal_id', 'kind,person_id,payload,division_code,state,proposed_by,proposed_by_partner,decided_by,decided_at,decision_reason,import_id,needs_hq,zone_id,case_id'),
    ('rulesets', 'ruleset_id', 'document,effective_from,published_by,called_off_at'),
    ('risk_areas', 'area_id', 'division_code,name,level,valid_from,valid_to,source,extent,placed_code,placed_by'),
    ('zones', 'zone_id', 'division_code,name,area_id'),
    ('tubes', 'tube_id', 'barcode,kind,sealed_at,sealed_count,result,resulted_at,partner_id,moved_to'),
    ('tube_moves', 'move_id', 'tube_id,to_barcode,to_tube_id,reason,count,state,proposed_by,decided_by,decided_at'),
    ('tube_results', 'tube_result_id', 'partner_id,barcode,action,result,state,held_for,told_by,decided_by,decided_at,decision_reason'),
    ('sample_undos', 'undo_id', 'tube_id,sample_request_id,person_id,sampled_at,reason,undone_by,undone_at'),
    ('unclaimed_results', 'partner_id,laboratory_number,document_index', 'sampled_at,reported_at,result,kind')
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

-- What a result was judged to be: a result that nobody touched since it came needs no version, its own seal covers it.
create trigger test_results_field_versions_updated
  after update of test_id, result, withdrawn_at, revision, reviewed_at, verdict, undone_by on test_results for each row
  when (old.test_id is distinct from new.test_id or old.result is distinct from new.result
    or old.withdrawn_at is distinct from new.withdrawn_at or old.revision is distinct from new.revision
    or old.reviewed_at is distinct from new.reviewed_at or old.verdict is distinct from new.verdict
    or old.undone_by is distinct from new.undone_by)
  execute function note_field_versions('test_id', 'result,withdrawn_at,revision,reviewed_at,verdict,undone_by');
create trigger test_results_field_versions_deleted after delete on test_results for each row
  execute function note_field_versions('test_id', 'result,withdrawn_at,revision,reviewed_at,verdict,undone_by');
do $$
begin
  perform set_config('timezone', 'UTC', true);
  insert into row_versions (kind, row_id, written_by, digest)
  select 'test_results', r.test_id::text, 'migration',
    fields_digest(to_jsonb(r), '{test_id,result,withdrawn_at,revision,reviewed_at,verdict,undone_by}')
  from test_results r
  where num_nonnulls(r.withdrawn_at, r.reviewed_at, r.verdict, r.undone_by) > 0 or r.revision > 1;
end $$;

-- Samples are noted with their tube once it is sealed, twenty at a time: a version for each would be kept for ever.
create function tube_samples_digest(of_tube bigint) returns bytea language sql stable set search_path to 'pg_catalog' as $$
  select sha256(convert_to(coalesce(string_agg(array[s.nth::text, s.person_id::text, extract(epoch from s.sampled_at)::text,
    s.site_id::text, s.means::text, s.request_id::text, encode(s.document_index, 'hex'), encode(s.document_encrypted, 'hex'),
    encode(s.phone_encrypted, 'hex')]::text, ';' order by s.nth), ''), 'UTF8'))
  from public.samples s where s.tube_id = of_tube
$$;
comment on function tube_samples_digest(bigint) is 'Of the text that a verification makes of the samples of a tube by itself';

create function note_tube_samples() returns trigger language plpgsql set search_path to 'pg_catalog', 'public' as $$
begin
  if tg_op = 'DELETE' then
    insert into public.row_versions (kind, row_id) values ('tube_samples', old.tube_id::text);
  else
    insert into public.row_versions (kind, row_id, digest) values ('tube_samples', new.tube_id::text, public.tube_samples_digest(new.tube_id));
  end if;
  return null;
end $$;
comment on function note_tube_samples() is 'Notes whose samples are in a tube that was sealed';
create trigger tubes_samples_sealed after update of sealed_at on tubes for each row
  when (old.sealed_at is distinct from new.sealed_at) execute function note_tube_samples();
create trigger tubes_samples_deleted after delete on tubes for each row when (old.sealed_at is not null) execute function note_tube_samples();

create function note_changed_samples() returns trigger language plpgsql set search_path to 'pg_catalog', 'public' as $$
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
end $$;
comment on function note_changed_samples() is 'Notes sealed tubes whose samples the statement changed';
create trigger samples_noted_updated after update on samples referencing old table as gone new table as written
  for each statement execute function note_changed_samples();
create trigger samples_noted_deleted after delete on samples referencing old table as gone
  for each statement execute function note_changed_samples();

insert into row_versions (kind, row_id, written_by, digest)
select 'tube_samples', t.tube_id::text, 'migration', tube_samples_digest(t.tube_id) from tubes t where t.sealed_at is not null;
