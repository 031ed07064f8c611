-- People known only on paper: written down by a venue, or said by the patient. Each with case, place and day.

create table case_paper_people (
  paper_id bigint generated always as identity primary key,
  case_id bigint not null references cases on delete cascade,
  -- The stay of the case that they were at: place and day
  stay_id bigint not null references case_stays on delete cascade,
  document_index bytea not null,
  document_encrypted bytea not null,
  name_encrypted bytea not null,
  minutes integer not null check (minutes between 1 and 1440),
  evidence text not null check (length(evidence) between 4 and 500),
  added_by bigint not null references operators,
  added_at timestamptz not null,
  unique (stay_id, document_index)
);
create index case_paper_people_case on case_paper_people (case_id);
comment on table case_paper_people is 'Who was with a case by a list on paper; counts once the person is registered. Kept as long as the case is';

grant select, insert, delete on case_paper_people to jkb_app;
grant usage on sequence case_paper_people_paper_id_seq to jkb_app;
