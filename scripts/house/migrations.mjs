import { createHash } from 'node:crypto'

const directory = 'db/migrations/'

/** Files up to this one came before programs could go on beside a newer schema. */
const BEFORE_SIDE_BY_SIDE = 54

// What an older program, which runs on until it is exchanged, may trip over.
const breaking =
  /\bdrop (table|column|view|function|type)\b|\brename\b|\balter (column )?\S+ (set data )?type\b|\bset not null\b|\badd column (?![^;]*\bdefault\b)[^,;]*\bnot null\b/i

/** Without comments, function bodies, and the tables that the file makes itself. */
const withoutWhatIsNew = (text) => {
  const bare = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').replace(/(\$[a-z_]*\$)[\s\S]*?\1/gi, "''")
  const made = [...bare.matchAll(/^create (?:unlogged )?table (?:if not exists )?(\w+)/gim)].map(
    ([, name]) => name,
  )
  return bare
    .split(';')
    .filter((statement) => {
      const [, name] = /^\s*alter table (?:only )?(\w+)/i.exec(statement) ?? []
      return !/^\s*create table/i.test(statement) && !made.includes(name)
    })
    .join(';')
}

/** What breaks older programs has to say whether they stop, or why they can go on. */
const checkOlderPrograms = (path, text) => {
  if (Number(path.slice(directory.length).split('_')[0]) <= BEFORE_SIDE_BY_SIDE) return []
  if (/^-- older programs (stop\b|go on: \S)/m.test(text)) return []
  const [what] = breaking.exec(withoutWhatIsNew(text)) ?? []
  return what
    ? [
        `${path}: servers of the version before run beside this ("${what}"). Say in a line of its own "-- older programs go on: why", or "-- older programs stop" (CONTRIBUTING.md)`,
      ]
    : []
}
const list = `${directory}checksums.txt`

/**
 * Migrations are numbered without gaps, and `checksums.txt` names each with the SHA-256 of its text, in order: a landed
 * file is never edited, and a new one adds its line.
 */
export const checkMigrations = async (files, read) => {
  const paths = files.filter((path) => path.startsWith(directory) && path.endsWith('.sql')).sort()
  const found = paths
    .filter((path, place) => Number(path.slice(directory.length).split('_')[0]) !== place + 1)
    .slice(0, 1)
    .map((path) => `${path}: the numbers of migrations have a gap or a repeat before it`)
  const lines = await Promise.all(
    paths.map(async (path) => {
      const text = (await read(path)).replaceAll('\r\n', '\n')
      return `${createHash('sha256').update(text).digest('hex')}  ${path.slice(directory.length)}`
    }),
  )
  for (const path of paths) found.push(...checkOlderPrograms(path, await read(path)))
  const listed = (await read(list)).split(/\r?\n/).filter(Boolean)
  for (const [place, line] of lines.entries()) {
    if (listed[place] === line) continue
    const name = line.split('  ')[1]
    found.push(
      listed.some((known) => known.endsWith(`  ${name}`))
        ? `${directory}${name}: edited after it landed (${list}); put the change into a new migration`
        : `${directory}${name}: before it lands, add this line to the end of ${list}: ${line}`,
    )
  }
  const names = new Set(lines.map((line) => line.split('  ')[1]))
  for (const line of listed) {
    if (!names.has(line.split('  ')[1])) found.push(`${list}: "${line}" names no migration`)
  }
  return found
}
