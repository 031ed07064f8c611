-- An office that can not decide an appeal hands it up to the city's headquarters.

alter table appeal_steps drop constraint appeal_steps_step_check;
alter table appeal_steps add constraint appeal_steps_step_check check (step in
  ('submitted', 'taken', 'handed_over', 'escalated', 'proposed', 'reopened', 'upheld', 'refused', 'answered', 'withdrawn'));
