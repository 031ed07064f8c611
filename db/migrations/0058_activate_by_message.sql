-- Whoever begins may get the code by text message, to a number that the second person typed too.

alter table operator_changes
  add column phone_encrypted bytea,
  add column phone_index bytea check (octet_length(phone_index) = 32),
  add column messaged_at timestamptz,
  add constraint operator_changes_one_way check (phone_index is null or first_half_encrypted is null),
  add constraint operator_changes_phone_kept check (phone_encrypted is null or phone_index is not null);
comment on column operator_changes.phone_encrypted is 'Where the activation code goes; gone a day after the decision';
comment on column operator_changes.phone_index is 'One number belongs to one operator';
create index operator_changes_phone on operator_changes (phone_index) where phone_index is not null;
create index operator_changes_phone_kept on operator_changes (proposed_at) where phone_encrypted is not null;
grant update (phone_encrypted, messaged_at) on operator_changes to jkb_app;
