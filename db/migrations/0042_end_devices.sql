-- Offices see the checkpoint phones of their division and end them; a phone ends with whoever made it, with its point and
-- with its venue. Every process believes a phone for half a minute; what ends one tells all of them.

alter table devices
  add column revoked_by bigint references operators,
  add column revoked_reason text check (char_length(revoked_reason) between 2 and 300),
  add constraint devices_revoked_check check (revoked_at is not null or (revoked_by is null and revoked_reason is null));
comment on column devices.revoked_by is 'The operator who ended it; null where the phone itself did';
create index devices_latest on devices (registered_at desc, device_id desc);

-- A trigger and not the code of each feature: a phone must not outlive what was ended by a list, a command or by hand.
create function tell_checkers_changed() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_notify('checkers_changed', '');
  return null;
end $$;
comment on function tell_checkers_changed is 'Tells the processes to ask again who may check where';

create trigger devices_revoked after update of revoked_at on devices
  for each row when (old.revoked_at is distinct from new.revoked_at) execute function tell_checkers_changed();
create trigger operators_ended after update of active, roles, division_code on operators
  for each row when ((old.active, old.roles, old.division_code) is distinct from (new.active, new.roles, new.division_code))
  execute function tell_checkers_changed();
create trigger venues_ended after update of state, division_code on venues
  for each row when (old.state = 'active' and (new.state <> 'active' or old.division_code <> new.division_code))
  execute function tell_checkers_changed();
create trigger venue_points_closed after update of state on venue_points
  for each row when (old.state = 'active' and new.state <> 'active') execute function tell_checkers_changed();
create trigger venue_managers_removed after delete on venue_managers
  for each statement execute function tell_checkers_changed();
