-- A list that names what another has written already writes nothing; undoing the other one must not take that away.

create table listed_again (
  document_index bytea not null,
  category text not null,
  anchor_at timestamptz not null,
  import_id bigint not null references imports,
  primary key (document_index, category, anchor_at, import_id)
);
create index listed_again_import on listed_again (import_id);
comment on table listed_again is 'Rows of applied lists that were there already from another list, by blind index; who inherits when that one is undone';
grant select, insert, delete on listed_again to jkb_app;
