-- One human, one person: the index of a document is made of the part of its number that stays for life, a renewed document
-- stays known, and what documents of one human have in common finds the other one.

alter table identity_documents
  add column document_type text check (document_type in ('resident_id', 'passport', 'hk_macao_permit', 'taiwan_permit', 'foreign_permanent_resident')),
  add column likeness bigint,
  add column number_encrypted bytea,
  add column retired_at timestamptz,
  add check ((retired_at is null) = (number_encrypted is null));
comment on column identity_documents.document_type is 'Null of documents registered with version 0.2.0 until a job has read them anew';
comment on column identity_documents.likeness is 'Keyed hash of region and birth date (of the mainland with the name): the same for every document of one human';
comment on column identity_documents.number_encrypted is 'The number of a document that was replaced; the one in use stands with the person';
comment on table identity_documents is 'Blind index of type, country and the lifelong part of the number to person: one human, one person';
create index identity_documents_person on identity_documents (person_id);
create index identity_documents_likeness on identity_documents (likeness) where likeness is not null;
create index identity_documents_unread on identity_documents (person_id) where document_type is null;
