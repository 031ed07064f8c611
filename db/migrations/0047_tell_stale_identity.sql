-- Whether the province wants a person's identity data renewed, where the statement of a scan reads the person anyway: every
-- door can say so, and no scan asks for it. Kept by the database, so that whatever writes a provincial code keeps it true.

alter table persons add column identity_stale boolean not null default false;
comment on column persons.identity_stale is 'The province wants the identity data renewed: a copy of provincial_codes.state for the statements of the door';
update persons set identity_stale = true
where person_id in (select person_id from provincial_codes where state = 'identity_stale');

create function copy_stale_identity() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update public.persons set identity_stale = (new.state = 'identity_stale') where person_id = new.person_id;
  return null;
end $$;
comment on function copy_stale_identity is 'Keeps persons.identity_stale as provincial_codes.state says';

-- Answers with a colour, a million in a night, fire neither.
create trigger provincial_codes_stale_insert after insert on provincial_codes
for each row when (new.state = 'identity_stale') execute function copy_stale_identity();
create trigger provincial_codes_stale_update after update on provincial_codes
for each row when ((old.state = 'identity_stale') is distinct from (new.state = 'identity_stale')) execute function copy_stale_identity();
