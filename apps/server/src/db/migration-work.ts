/** What a statement of a migration does to rows that are there already. */
export type Work = 'rewrite' | 'scan' | 'index' | 'write' | 'unknown'

export interface MigrationWork {
  table: string
  work: Work
  /** The beginning of the statement, for whoever reads. */
  statement: string
}

/** Splits a migration into statements; what is quoted, dollar-quoted or a comment stays whole. */
export const splitStatements = (sql: string): string[] => {
  const statements: string[] = []
  let begin = 0
  let at = 0
  while (at < sql.length) {
    const rest = sql.slice(at)
    const quoted =
      /^--[^\n]*/.exec(rest) ??
      /^\/\*[\s\S]*?\*\//.exec(rest) ??
      /^'(?:[^']|'')*'/.exec(rest) ??
      /^"(?:[^"]|"")*"/.exec(rest) ??
      /^(\$[a-z_]*\$)[\s\S]*?\1/i.exec(rest)
    if (quoted) {
      at += quoted[0].length
      continue
    }
    if (rest[0] === ';') {
      statements.push(sql.slice(begin, at))
      begin = at + 1
    }
    at += 1
  }
  return [...statements, sql.slice(begin)].map(withoutComments).filter(Boolean)
}

const withoutComments = (statement: string): string =>
  statement.replace(/^\s*(--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/\s*)*/g, '').trim()

const NAME = '(?:public\\.)?"?([a-z_][a-z0-9_]*)"?'
const matchers: [RegExp, Work][] = [
  [new RegExp(`^create (?:unique )?index (?:[\\w ]*? )?on (?:only )?${NAME}`, 'is'), 'index'],
  [new RegExp(`^update (?:only )?${NAME}`, 'i'), 'write'],
  [new RegExp(`^delete from (?:only )?${NAME}`, 'i'), 'write'],
  [new RegExp(`^insert into ${NAME}[\\s\\S]*\\bselect\\b`, 'i'), 'write'],
]

/** What `alter table` costs: most of it changes the catalogue alone, whatever the size. */
const alterWork = (statement: string): Work | undefined => {
  if (/\balter (column )?\S+ (set data )?type\b/i.test(statement)) return 'rewrite'
  if (
    /\badd (column )?[^,]*\b(generated always as|default (gen_random_uuid|clock_timestamp|random)\b)/i.test(
      statement,
    )
  )
    return 'rewrite'
  if (/\badd (constraint \S+ )?(primary key|unique)\b(?!.*using index)/is.test(statement)) return 'index'
  if (
    /\b(add (constraint \S+ )?(check|foreign key)|validate constraint|set not null|attach partition)\b/i.test(
      statement,
    )
  )
    return /\bnot valid\b/i.test(statement) ? undefined : 'scan'
  return undefined
}

/**
 * The statements of a migration that read or write rows which are there already, by table. A table that the migration makes
 * itself has none. What runs inside a `do` block can not be seen: it is `unknown`, and has to be read.
 */
export const workOf = (sql: string): MigrationWork[] => {
  const made = new Set<string>()
  const found: MigrationWork[] = []
  for (const statement of splitStatements(sql)) {
    const create = new RegExp(`^create (?:unlogged )?table (?:if not exists )?${NAME}`, 'i').exec(statement)
    if (create?.[1]) made.add(create[1])
    const first = statement.split('\n')[0]?.slice(0, 100) ?? ''
    const note = (table: string | undefined, work: Work | undefined) => {
      if (table && work && !made.has(table)) found.push({ table, work, statement: first })
    }
    if (/^do\b/i.test(statement)) found.push({ table: '', work: 'unknown', statement: first })
    const altered = new RegExp(`^alter table (?:if exists )?(?:only )?${NAME}`, 'i').exec(statement)
    note(altered?.[1], altered ? alterWork(statement) : undefined)
    for (const [pattern, work] of matchers) note(pattern.exec(statement)?.[1], work)
  }
  return found
}
