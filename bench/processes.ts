import { readdirSync, readFileSync } from 'node:fs'

// Linux only: what the kernel says of processes.

const statOf = (pid: number): string[] | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** A process and those it started, by number; Linux only. */
export const familyOf = (pid: number): number[] => {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined
    if (stat) parents.set(Number(name), Number(stat[1]))
  }
  const family = [pid]
  for (const each of family) for (const [child, parent] of parents) if (parent === each) family.push(child)
  return family
}

/** Seconds of processor time of a process and those it started. */
export const cpuSecondsOf = (pid: number): number =>
  familyOf(pid).reduce((sum, each) => {
    const stat = statOf(each)
    return sum + (stat ? (Number(stat[11]) + Number(stat[12])) / 100 : 0)
  }, 0)

/** Resident memory, MiB. */
export const residentMiB = (pid: number): number => {
  const stat = statOf(pid)
  return stat ? (Number(stat[21]) * 4096) / 2 ** 20 : 0
}
