import { createHash } from 'node:crypto'

const directory = 'db/migrations/'
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
