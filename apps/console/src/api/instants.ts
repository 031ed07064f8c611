import { SHANGHAI_OFFSET_MS } from '@jiankangbao/domain/time/shanghai'

/** An ISO instant as `2022-04-01 08:30` in Asia/Shanghai, whatever zone the machine is set to; '' for none. */
export const formatInstant = (instant: string | undefined): string => {
  const shifted = shift(instant)
  return shifted === undefined ? '' : shifted.slice(0, 16).replace('T', ' ')
}

/** An ISO instant as `2022-04-01` in Asia/Shanghai; '' for none. */
export const formatDay = (instant: string | undefined): string => shift(instant)?.slice(0, 10) ?? ''

const shift = (instant: string | undefined): string | undefined => {
  const ms = instant === undefined ? Number.NaN : Date.parse(instant)
  return Number.isNaN(ms) ? undefined : new Date(ms + SHANGHAI_OFFSET_MS).toISOString()
}

/** The value of an `<input type="datetime-local">` (or `date`), read as Asia/Shanghai, as an ISO instant. */
export const parseLocalInput = (text: string): string | undefined => {
  const full = text.length === 10 ? `${text}T00:00` : text
  const ms = Date.parse(`${full.slice(0, 16)}:00+08:00`)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}

/** An instant as the value of an `<input type="datetime-local">` in Asia/Shanghai. */
export const toLocalInput = (ms: number): string =>
  new Date(ms + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16)
