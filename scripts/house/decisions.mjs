// Decisions (docs/adr) have a number of their own, a date, a status, and a line in the index.

const FOLDER = 'docs/adr/'
const INDEX = `${FOLDER}README.md`
const HEAD = /^# (\d+)\. (.+)\n\n_(\d{4}-\d\d-\d\d), (in force|overturned[^_]*)\._\n/

/** @returns {string[]} what is wrong with the head of one decision */
export const findHeadFaults = (path, text) => {
  const name = path.slice(FOLDER.length)
  const head = HEAD.exec(text)
  if (!head)
    return [`${path}: begins with "# N. Title", then "_YYYY-MM-DD, in force._" or "_…, overturned …._"`]
  const [, number, title, , status] = head
  const faults = []
  if (name.slice(0, 4) !== number.padStart(4, '0')) faults.push(`${path}: its title has number ${number}`)
  if (status.startsWith('overturned') !== title.startsWith('Overturned: '))
    faults.push(`${path}: a decision that was overturned says so in title and status`)
  return faults
}

export const checkDecisions = async (files, read) => {
  const decisions = files.filter((path) => path.startsWith(FOLDER) && path.endsWith('.md') && path !== INDEX)
  const index = await read(INDEX)
  const numbers = decisions.map((path) => path.slice(FOLDER.length, FOLDER.length + 4))
  const faults = await Promise.all(
    decisions.map(async (path) => {
      const text = await read(path)
      const [, , title = ''] = HEAD.exec(text) ?? []
      const line = `[${title}](${path.slice(FOLDER.length)})`
      return [...findHeadFaults(path, text), ...(index.includes(line) ? [] : [`${INDEX}: lacks ${line}`])]
    }),
  )
  const twice = decisions.filter((_, at) => numbers.indexOf(numbers[at]) !== at)
  return [...faults.flat(), ...twice.map((path) => `${path}: another decision has this number`)]
}
