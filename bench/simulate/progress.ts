import type { LoadMessage } from './load.ts'
import type { Tally } from './tally.ts'

const BAR = 24

const count = (value: number, width: number) => Math.round(value).toLocaleString('en').padStart(width)

/** A bar that is drawn over itself in a terminal, and a line now and then in a log. */
export const createBar = () => {
  let last = 0
  return (words: string, share: number): void => {
    const now = Date.now()
    const pause = process.stdout.isTTY ? 100 : 15_000
    if (share < 1 && now - last < pause) return
    last = now
    const full = Math.round(BAR * share)
    const line = `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${(share * 100).toFixed(0).padStart(3)} %  ${words}`
    process.stdout.write(process.stdout.isTTY ? `\r${line.padEnd(78)}` : `${line}\n`)
    if (share >= 1 && process.stdout.isTTY) process.stdout.write('\n')
  }
}

export const DAY_HEAD = 'hour    offered   answered   busy 503     failed    p50 ms    p99 ms'

const hourLine = (hour: number, tally: Tally): string =>
  [
    `${String(hour).padStart(2, '0')}:00`,
    count(tally.offered, 9),
    count(tally.answered, 10),
    count(tally.busy, 10),
    count(tally.failed, 10),
    tally.p50.toFixed(1).padStart(9),
    tally.p99.toFixed(1).padStart(9),
  ].join(' ')

/** Prints each simulated hour as it is over. */
export const printHour = (message: LoadMessage): void => {
  if (message.said !== 'hour') return
  const full = message.hour + 1
  console.log(
    `${hourLine(message.hour, message.tally)}  [${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${Math.round((full / 24) * 100)} %`,
  )
}
