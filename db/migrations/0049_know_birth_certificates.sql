-- A newborn has no number yet: its parents register it by the certificate of its birth.
alter table persons drop constraint persons_document_type_check;
alter table persons add constraint persons_document_type_check check (document_type in
  ('resident_id', 'passport', 'hk_macao_permit', 'taiwan_permit', 'foreign_permanent_resident', 'birth_certificate'));
alter table identity_documents drop constraint identity_documents_document_type_check;
alter table identity_documents add constraint identity_documents_document_type_check check (document_type in
  ('resident_id', 'passport', 'hk_macao_permit', 'taiwan_permit', 'foreign_permanent_resident', 'birth_certificate'));
