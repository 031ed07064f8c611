-- Somebody who can not be evaluated is set aside for a while, so that neither the others nor the clock wait for them.

alter table dirty_persons add column retry_at timestamptz;
comment on column dirty_persons.retry_at is 'Not before; set where an evaluation failed, unset by whatever marks the person again';
