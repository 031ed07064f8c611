// A table has one writing feature. `db/owners.json` names it; this reads the SQL of the server and finds every statement that
// writes a table from elsewhere. Others ask the owner's functions, or take a piece of SQL that the owner exports, inside their
// own transaction.

const OWNERS = 'db/owners.json'
const SCHEMA = 'db/schema.sql'
const SOURCES = 'apps/server/src/'
/** The demonstration writes its invented people into an empty database, before anybody could be surprised by it. */
const EXEMPT = ['apps/server/src/commands/seed/']

const WRITES =
  /\b(insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?([a-z_][a-z0-9_]*)/gi

const withoutComments = (text) => text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')

/** @returns {string[]} names of the tables of a schema dump, without partitions */
export const listTables = (schema) =>
  [...schema.matchAll(/^create (?:unlogged )?table ([a-z_]+) /gm)].map(([, name]) => name)

/**
 * @param {string} path of a source file
 * @param {string} text of it
 * @param {Record<string, string>} owners folder by table
 * @returns {string[]} one line for every table it writes without owning it
 */
export const findForeignWrites = (path, text, owners) => {
  const tables = new Set(
    [...withoutComments(text).matchAll(WRITES)]
      .map(([, , table]) => table.toLowerCase())
      .filter((table) => table in owners),
  )
  return [...tables]
    .filter((table) => !path.startsWith(`${SOURCES}${owners[table]}/`))
    .map((table) => `${path}: writes ${table}, whose owner is ${owners[table]} (${OWNERS})`)
}

export const checkTableOwners = async (files, read) => {
  const owners = JSON.parse(await read(OWNERS))
  const tables = listTables(await read(SCHEMA))
  const findings = [
    ...tables.filter((table) => !(table in owners)).map((table) => `${OWNERS}: ${table} has no owner`),
    ...Object.keys(owners)
      .filter((table) => !tables.includes(table))
      .map((table) => `${OWNERS}: there is no table ${table}`),
    ...Object.entries(owners)
      .filter(([, folder]) => !files.some((file) => file.startsWith(`${SOURCES}${folder}/`)))
      .map(([table, folder]) => `${OWNERS}: ${folder}, owner of ${table}, is no folder of the server`),
  ]
  for (const path of files) {
    if (!path.startsWith(SOURCES) || !path.endsWith('.ts') || path.endsWith('.test.ts')) continue
    if (EXEMPT.some((folder) => path.startsWith(folder))) continue
    findings.push(...findForeignWrites(path, await read(path), owners))
  }
  return findings
}
