-- Testing: sites, the tubes that are filled there, boxes on their way to a laboratory, and what it says of a tube.

create table test_sites (
  site_id integer generated always as identity primary key,
  name text not null check (length(name) between 1 and 100),
  division_code text not null references divisions,
  address text not null check (length(address) between 1 and 200),
  -- [{weekdays, opens, closes}], Asia/Shanghai
  hours jsonb not null,
  audience text not null check (audience in ('everybody', 'yellow', 'fever_clinic')),
  price_cents integer not null check (price_cents between 0 and 100000),
  telephone text check (length(telephone) between 3 and 24),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  walk_in boolean not null,
  -- People a slot takes; null where nobody books
  slot_minutes smallint check (slot_minutes in (15, 20, 30, 60)),
  slot_capacity smallint check (slot_capacity between 1 and 2000),
  state text not null default 'active' check (state in ('active', 'suspended', 'closed')),
  -- People in the queue as somebody there last counted
  waiting smallint check (waiting between 0 and 9999),
  waiting_at timestamptz,
  revision integer not null default 1,
  made_by bigint not null references operators,
  made_at timestamptz not null,
  request_id uuid not null unique,
  check (num_nonnulls(latitude, longitude) in (0, 2)),
  check (num_nonnulls(slot_minutes, slot_capacity) in (0, 2)),
  check (walk_in or slot_minutes is not null),
  check (num_nonnulls(waiting, waiting_at) in (0, 2))
);
create index test_sites_division on test_sites (division_code, site_id);
comment on table test_sites is 'Where people are swabbed, kept by the offices of its division';

create table sampling_shifts (
  shift_id bigint generated always as identity primary key,
  site_id integer not null references test_sites,
  operator_id bigint not null references operators,
  started_at timestamptz not null,
  ended_at timestamptz check (ended_at >= started_at),
  request_id uuid not null unique
);
create index sampling_shifts_operator on sampling_shifts (operator_id, shift_id desc);
create index sampling_shifts_site on sampling_shifts (site_id) where ended_at is null;
comment on table sampling_shifts is 'A sampler at a site with one phone';

create table sample_boxes (
  box_id bigint generated always as identity primary key,
  barcode text not null unique check (barcode ~ '^[0-9]{10,16}$'),
  site_id integer not null references test_sites,
  opened_by bigint not null references operators,
  opened_at timestamptz not null,
  handed_over_at timestamptz,
  handed_over_by bigint references operators,
  handed_over_tubes smallint,
  carrier text check (length(carrier) between 1 and 100),
  -- The laboratory it goes to
  partner_id bigint references partners,
  received_at timestamptz,
  received_by bigint references operators,
  received_tubes smallint,
  request_id uuid not null unique,
  hand_over_request_id uuid unique,
  receipt_request_id uuid unique,
  check (num_nonnulls(handed_over_at, handed_over_by, handed_over_tubes, carrier, partner_id, hand_over_request_id) in (0, 6)),
  check (num_nonnulls(received_at, received_by, received_tubes, receipt_request_id) in (0, 4)),
  check (received_at is null or handed_over_at is not null)
);
create index sample_boxes_on_the_way on sample_boxes (partner_id, handed_over_at) where received_at is null;
create index sample_boxes_site on sample_boxes (site_id, opened_at);
comment on table sample_boxes is 'Transport boxes: packed at a site, handed to a carrier, received by a laboratory, each with who and when';

create table tubes (
  tube_id bigint generated always as identity primary key,
  barcode text not null unique check (barcode ~ '^[0-9]{10,16}$'),
  kind text not null check (kind in ('single', 'five', 'ten', 'twenty', 'household')),
  capacity smallint not null check (capacity between 1 and 20),
  shift_id bigint not null references sampling_shifts,
  site_id integer not null references test_sites,
  opened_by bigint not null references operators,
  opened_at timestamptz not null,
  sealed_at timestamptz,
  -- People counted in the hand when it was sealed
  sealed_count smallint check (sealed_count between 1 and 20),
  box_id bigint references sample_boxes,
  received_at timestamptz,
  -- What counts of it now, and who said so
  result text check (result in ('negative', 'positive', 'unclear')),
  resulted_at timestamptz,
  partner_id bigint references partners,
  request_id uuid not null unique,
  seal_request_id uuid unique,
  check (num_nonnulls(sealed_at, sealed_count, seal_request_id) in (0, 3)),
  check (box_id is null or sealed_at is not null),
  check (num_nonnulls(result, resulted_at, partner_id) in (0, 3))
);
create index tubes_shift on tubes (shift_id, tube_id desc);
create index tubes_site on tubes (site_id, opened_at);
create index tubes_box on tubes (box_id) where box_id is not null;
create index tubes_opened on tubes (opened_at);
create index tubes_callback on tubes (site_id, resulted_at) where result in ('positive', 'unclear');
comment on table tubes is 'A tube and where it is; a laboratory knows its number and nothing else';

create table samples (
  tube_id bigint not null references tubes,
  -- Place in the tube, 1 to its capacity, without gaps
  nth smallint not null check (nth between 1 and 20),
  -- Known here; otherwise somebody wrote the document down
  person_id bigint,
  sampled_at timestamptz not null,
  -- Four hours of the day and whether single: nobody twice in one, also where two phones ask at once
  sampled_window integer not null,
  site_id integer not null,
  means smallint not null check (means between 1 and 4),
  request_id uuid not null,
  document_index bytea check (octet_length(document_index) = 32),
  document_encrypted bytea,
  phone_encrypted bytea,
  primary key (tube_id, nth),
  check ((person_id is null) = (document_index is not null)),
  check (num_nonnulls(document_index, document_encrypted, phone_encrypted) in (0, 3))
);
create unique index samples_person on samples (person_id, sampled_window);
create index samples_document on samples (document_index) where document_index is not null;
comment on table samples is 'Who is in which tube, since when; one row a swab. means: 1 personal code, 2 numeric code, 3 paper code, 4 document';
comment on column samples.document_encrypted is 'Of somebody not registered: type, number and country as JSON, until the result is theirs';

create table sample_undos (
  undo_id bigint generated always as identity primary key,
  tube_id bigint not null references tubes,
  sample_request_id uuid not null,
  person_id bigint,
  sampled_at timestamptz not null,
  reason text not null check (reason in ('wrong_person', 'wrong_tube', 'not_sampled')),
  undone_by bigint not null references operators,
  undone_at timestamptz not null,
  unique (tube_id, sample_request_id)
);
create index sample_undos_at on sample_undos (undone_at);
comment on table sample_undos is 'Samples that were taken out again before their tube was sealed';

create table tube_results (
  tube_result_id bigint generated always as identity primary key,
  partner_id bigint not null references partners,
  barcode text not null check (length(barcode) between 1 and 64),
  action text not null check (action in ('report', 'correct', 'withdraw')),
  result text check (result in ('negative', 'positive', 'unclear')),
  told_at timestamptz not null,
  state text not null check (state in ('applied', 'held', 'dropped')),
  held_for text check (held_for in ('unknown_tube', 'not_sealed', 'count_differs', 'not_received', 'other_laboratory', 'sudden_rate')),
  -- An operator of the laboratory; null where its system pushed
  told_by bigint references operators,
  decided_by bigint references operators,
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) between 1 and 500),
  check ((action = 'withdraw') = (result is null)),
  check (state <> 'held' or held_for is not null),
  check (num_nonnulls(decided_by, decided_at, decision_reason) in (0, 3)),
  check (decided_by is null or decided_by is distinct from told_by)
);
create index tube_results_barcode on tube_results (barcode, tube_result_id);
create index tube_results_held on tube_results (tube_result_id) where state = 'held';
create index tube_results_told on tube_results (partner_id, told_at);
comment on table tube_results is 'All that laboratories said of tubes, in order; what waits for a person is held';

grant select, insert on test_sites, sampling_shifts, sample_boxes, tubes, samples, sample_undos, tube_results to jkb_app;
grant update (name, address, hours, audience, price_cents, telephone, latitude, longitude, walk_in, slot_minutes, slot_capacity, state, waiting, waiting_at, revision) on test_sites to jkb_app;
grant update (ended_at) on sampling_shifts to jkb_app;
grant update (handed_over_at, handed_over_by, handed_over_tubes, carrier, partner_id, received_at, received_by, received_tubes, hand_over_request_id, receipt_request_id) on sample_boxes to jkb_app;
grant update (sealed_at, sealed_count, seal_request_id, box_id, received_at, result, resulted_at, partner_id) on tubes to jkb_app;
grant update (nth, person_id, document_index, document_encrypted, phone_encrypted) on samples to jkb_app;
grant update (state, decided_by, decided_at, decision_reason) on tube_results to jkb_app;
grant delete on samples, tubes, sample_boxes, sampling_shifts, sample_undos, tube_results to jkb_app;
grant usage on sequence test_sites_site_id_seq, sampling_shifts_shift_id_seq, sample_boxes_box_id_seq, tubes_tube_id_seq, sample_undos_undo_id_seq, tube_results_tube_result_id_seq to jkb_app;
