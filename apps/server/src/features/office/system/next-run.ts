import { parseCrontab } from 'graphile-worker'

const MINUTE_MS = 60_000
/** No line of the crontab waits longer than a day. */
const MOST_MINUTES = 25 * 60

/** When a line of the crontab (UTC) runs next; undefined where that is more than a day away. */
export const nextRunOf = (crontab: string, now: Date): Date | undefined => {
  const [item] = parseCrontab(crontab)
  if (!item) return
  let at = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS
  for (let minute = 0; minute < MOST_MINUTES; minute += 1) {
    at += MINUTE_MS
    const moment = new Date(at)
    const matches = item.match({
      min: moment.getUTCMinutes(),
      hour: moment.getUTCHours(),
      date: moment.getUTCDate(),
      month: moment.getUTCMonth() + 1,
      dow: moment.getUTCDay(),
    })
    if (matches) return moment
  }
}
