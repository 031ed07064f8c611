-- The day of registration becomes a column of its own. New and changed rows have it from now on; those that are there are
-- filled in steps. Programs of before neither read nor write it.

alter table persons add column registered_on date;

create function keep_registered_on() returns trigger language plpgsql set search_path to 'pg_catalog' as $$
begin
  new.registered_on := (new.registered_at at time zone 'Asia/Shanghai')::date;
  return new;
end $$;

create trigger persons_registered_on before insert or update on persons
  for each row execute function keep_registered_on();

alter table persons add constraint persons_registered_on_known check (registered_on is not null) not valid;
