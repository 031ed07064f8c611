-- Whoever can not get through asks for a call back: a ticket like others, answered by the hotline.

alter table tickets drop constraint tickets_kind_check,
  add constraint tickets_kind_check check (kind in ('question', 'call_back', 'cannot_register', 'wrong_data', 'paper_code', 'venue',
    'rude_check', 'praise'));
