import { describe, expect, it } from 'vitest'
import { splitStatements, workOf } from './migration-work.ts'

describe('what a migration does to rows that are there', () => {
  it.each([
    ['alter table visits add column note text', []],
    ['alter table visits add column kind smallint not null default 0', []],
    ['alter table visits alter column kind type bigint', ['visits rewrite']],
    ['alter table visits add column id uuid default gen_random_uuid()', ['visits rewrite']],
    ['alter table only public.visits add constraint visits_kind check (kind > 0)', ['visits scan']],
    ['alter table visits add constraint visits_kind check (kind > 0) not valid', []],
    ['alter table visits validate constraint visits_kind', ['visits scan']],
    ['alter table visits alter column kind set not null', ['visits scan']],
    ['alter table visits add primary key (kind)', ['visits index']],
    ['create unique index visits_kind on visits (kind)', ['visits index']],
    ['create index on only public."visits" (kind)', ['visits index']],
    ['update visits set kind = 1', ['visits write']],
    ['delete from visits where kind = 1', ['visits write']],
    ['insert into visits (kind) values (1)', []],
    ['insert into visits (kind) select 1 from persons', ['visits write']],
    ['do $$ begin update visits set kind = 1; end $$', [' unknown']],
    ['create table fresh (id bigint); create index on fresh (id); update fresh set id = 1', []],
    ["comment on table visits is 'update persons set x = 1; delete from visits'", []],
    ['create function f() returns void language sql as $f$ update visits set kind = 1; $f$', []],
    ['-- update visits\n/* delete from persons */ update persons set x = 1', ['persons write']],
  ])('%s', (sql, works) => {
    expect(workOf(sql).map(({ table, work }) => `${table} ${work}`)).toEqual(works)
  })

  it('splits at semicolons that end a statement, and at no others', () => {
    expect(splitStatements("select ';'; select $$;$$; -- ;\nselect 1")).toEqual([
      "select ';'",
      'select $$;$$',
      'select 1',
    ])
  })
})
