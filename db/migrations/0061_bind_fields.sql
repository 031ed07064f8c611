-- What is encrypted is read for its own row alone: its key is taken before the row is written.

do $$
declare
  one record;
begin
  for one in select * from (values
    ('accounts', 'account_id'), ('appeal_steps', 'step_id'), ('case_changes', 'change_id'), ('case_paper_people', 'paper_id'),
    ('door_alarms', 'alarm_id'), ('entry_follow_ups', 'follow_up_id'), ('exposures', 'exposure_id'),
    ('follow_up_events', 'event_id'), ('follow_ups', 'follow_up_id'), ('identity_changes', 'change_id'),
    ('operator_activations', 'activation_id'), ('operator_changes', 'change_id'), ('operators', 'operator_id'),
    ('persons', 'person_id'), ('ticket_entries', 'entry_id'), ('venues', 'venue_id')
  ) as t(name, key) loop
    execute format('grant usage on sequence %s to jkb_app', pg_get_serial_sequence(one.name, one.key));
  end loop;
end $$;
