-- A face check is made for one named identity in one session. Checks of before name nobody: they are used for nothing, and
-- are over within a quarter of an hour.

alter table face_checks
  add column session_id uuid,
  add column identity_index bytea,
  drop constraint face_checks_verdict_check,
  add constraint face_checks_verdict_check check (verdict in ('pass', 'fail', 'unsure', 'no_face'));
comment on column face_checks.session_id is 'The session that asked; null of version 0.2.0, which counts for nothing';
comment on column face_checks.identity_index is 'Keyed hash of the name and document that the face was compared with';
