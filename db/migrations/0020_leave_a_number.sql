-- A phone number that somebody else has now: the person stays where they are, and the number begins anew.

alter table accounts add column number_left_at timestamptz;
comment on column accounts.number_left_at is 'Since when the number is somebody else''s: phone_encrypted and phone_index hold a word that is no number';
alter table sessions drop constraint sessions_revoked_reason_check;
alter table sessions add constraint sessions_revoked_reason_check
  check (revoked_reason in ('signed_out', 'revoked', 'refresh_reused', 'identity_taken_over', 'restored', 'number_left'));
