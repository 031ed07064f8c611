-- Lists say which sheets of their workbook were read, and are counted anew before a late decision.

alter table imports
  -- [{name, rows, after?}] of a workbook: row numbers of a sheet follow on `after`; without it the sheet was not read.
  add sheets jsonb not null default '[]',
  add recount_requested boolean not null default false;
drop index imports_work;
create index imports_work on imports (import_id) where state in ('waiting', 'checking', 'applying') or recount_requested;

-- Lists that could not be applied kept their rows.
delete from import_rows r using imports i where i.import_id = r.import_id and i.state = 'failed';
delete from import_errors r using imports i where i.import_id = r.import_id and i.state = 'failed';
