-- A place has one form: 330106000000, 156330106 and 330106 were three, so that an area rated by one of them was without effect for
-- whoever had stayed in another. Codes are stored as 6 digits (province, city, county), 9 (street) or 12 (community).

create function pg_temp.plain_place(code text) returns text language sql immutable as $$
  select case
    when bare ~ '^[0-9]{6}000(000)?$' then left(bare, 6)
    when bare ~ '^[0-9]{9}000$' then left(bare, 9)
    else bare end
  from (select regexp_replace(code, '^156([1-9][0-9]{5}([0-9]{3})?)$', '\1') as bare) b
$$;

update stays set division_code = pg_temp.plain_place(division_code)
where division_code <> pg_temp.plain_place(division_code);
update entry_registrations set origin_code = pg_temp.plain_place(origin_code)
where origin_code <> pg_temp.plain_place(origin_code);

-- The areas of files are known again by their code and name. Where the same area stands in two forms, the second one keeps its
-- name at the source: both stay rated until somebody lifts them.
with named as (
  select area_id, pg_temp.plain_place(division_code) || substr(source_id, length(division_code) + 1) as source_id,
    row_number() over (partition by pg_temp.plain_place(division_code) || substr(source_id, length(division_code) + 1) order by area_id) as place
  from risk_areas where source = 'file' and division_code <> pg_temp.plain_place(division_code) and starts_with(source_id, division_code || ':')
)
update risk_areas a set source_id = named.source_id from named
where a.area_id = named.area_id and named.place = 1
  and not exists (select from risk_areas other where other.source = 'file' and other.source_id = named.source_id);
update risk_areas set division_code = pg_temp.plain_place(division_code)
where division_code <> pg_temp.plain_place(division_code);

-- An area whose code is no place known here waits for a person: they name the place, or say that it concerns nobody here.
alter table risk_areas
  add column placed_code text,
  add column placed_by bigint references operators,
  add column placed_at timestamptz,
  add column place_note text check (length(place_note) <= 400),
  add check ((placed_at is null) = (placed_by is null)),
  add check (placed_code is null or placed_at is not null);
comment on column risk_areas.placed_code is 'The place that a person named for an area whose code is none; with placed_at and without it: it concerns nobody here';

-- A stay, and where a journey began, may be abroad: three letters of ISO 3166-1 take the place of the division.
alter table stays
  drop constraint stays_division_code_check,
  add constraint stays_division_code_check check (division_code ~ '^([0-9]{6}([0-9]{3}|[0-9]{6})?|[A-Z]{3})$');
comment on column stays.division_code is 'The place: a division (GB/T 2260, GB/T 10114) in its one form, or a country (ISO 3166-1 alpha-3)';
alter table entry_registrations
  drop constraint entry_registrations_origin_code_check,
  add constraint entry_registrations_origin_code_check check (origin_code ~ '^([0-9]{6}([0-9]{3}|[0-9]{6})?|[A-Z]{3})$');
comment on column entry_registrations.origin_code is 'Where the journey begins: a division, or a country (ISO 3166-1 alpha-3)';
