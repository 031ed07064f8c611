/** What a statement of a migration does to rows that are there already. */
export type Work = 'rewrite' | 'scan' | 'validate' | 'index' | 'indexBeside' | 'write' | 'block'

export interface MigrationWork {
  /** Of a block of code every word in it, one of which may be a table. */
  table: string
  words?: string[]
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
  [
    new RegExp(`^create (?:unique )?index concurrently (?:[\\w ]*? )?on (?:only )?${NAME}`, 'is'),
    'indexBeside',
  ],
  [new RegExp(`^create (?:unique )?index (?!concurrently)(?:[\\w ]*? )?on (?:only )?${NAME}`, 'is'), 'index'],
  [new RegExp(`^(?:with\\b[\\s\\S]*?\\)\\s*)?update (?:only )?${NAME}`, 'i'), 'write'],
  [new RegExp(`^(?:with\\b[\\s\\S]*?\\)\\s*)?delete from (?:only )?${NAME}`, 'i'), 'write'],
  [new RegExp(`^insert into ${NAME}[\\s\\S]*\\bselect\\b`, 'i'), 'write'],
]

/** At commas that no bracket and no text holds; texts are left out. */
const splitActions = (statement: string): string[] => {
  const actions = ['']
  let depth = 0
  for (const part of statement.replace(/'(?:[^']|'')*'/g, "''")) {
    if (part === '(') depth += 1
    if (part === ')') depth -= 1
    if (part === ',' && depth === 0) actions.push('')
    else actions[actions.length - 1] += part
  }
  return actions.map((action) => action.trim())
}

/** What one action of `alter table` costs: most of them change the catalogue alone, whatever the size. */
const actionWork = (action: string): Work | undefined => {
  if (/\balter (column )?\S+ (set data )?type\b/i.test(action)) return 'rewrite'
  const addsColumn = /\badd (?!constraint\b|primary\b|unique\b|check\b|foreign\b)/i.test(action)
  if (
    addsColumn &&
    /\b(generated (always|by default) as|default \(?(gen_random_uuid|clock_timestamp|random|nextval)\b)/i.test(
      action,
    )
  )
    return 'rewrite'
  if (/\badd\b.*\b(primary key|unique)\b(?!.*using index)/is.test(action)) return 'index'
  if (/\bvalidate constraint\b/i.test(action)) return 'validate'
  if (
    /\badd\b.*\b(check\s*\(|foreign key\b|references\b)|\bset not null\b|\battach partition\b/is.test(action)
  )
    return /\bnot valid\b/i.test(action) ? undefined : 'scan'
  return undefined
}

/** Words of a block of code: which of them are tables the database knows. */
const wordsOf = (block: string): string[] => [...new Set(block.toLowerCase().match(/[a-z_][a-z0-9_]*/g))]

/**
 * The statements of a migration that read or write rows which are there already, by table. A table that the migration makes
 * itself has none. What a `do` block does to the tables it names can not be seen: it counts as writing all their rows.
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
    if (/^do\b/i.test(statement))
      found.push({
        table: '',
        words: wordsOf(statement).filter((word) => !made.has(word)),
        work: 'block',
        statement: first,
      })
    const altered = new RegExp(`^alter table (?:if exists )?(?:only )?${NAME}`, 'i').exec(statement)
    if (altered)
      for (const work of new Set(splitActions(statement.slice(altered[0].length)).map(actionWork)))
        note(altered[1], work)
    for (const [pattern, work] of matchers) note(pattern.exec(statement)?.[1], work)
  }
  return found
}
