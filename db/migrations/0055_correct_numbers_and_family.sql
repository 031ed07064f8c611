-- A number that changed is put right like a name; and whoever looks after somebody asks for what is wrong about them.
alter table corrections drop constraint corrections_fields_check;
alter table corrections add constraint corrections_fields_check
  check (cardinality(fields) > 0 and fields <@ array['name', 'document_type', 'document_number', 'birth_date', 'phone']);

alter table tickets add column member_id uuid references members;
comment on column tickets.member_id is 'Of whom in their care the author writes; person_id is that person then';
create index tickets_member on tickets (member_id) where member_id is not null;
