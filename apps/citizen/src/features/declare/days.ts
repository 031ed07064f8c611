/** Eight digits to `YYYY-MM-DD`; other text comes back as it is, for the server to refuse at the field. */
export const dayOfDigits = (typed: string): string => {
  const digits = typed.replace(/[^0-9]/g, '')
  return digits.length === 8 ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : typed
}

/** Day and time in Shanghai, as typed, to an instant; undefined for what is none. */
export const instantOfDigits = (day: string, time: string): string | undefined => {
  const date = dayOfDigits(day)
  const digits = time.replace(/[^0-9]/g, '')
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || digits.length !== 4) return undefined
  const at = Date.parse(`${date}T${digits.slice(0, 2)}:${digits.slice(2)}:00+08:00`)
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}

/** `36.5` to tenths; undefined for nothing, NaN for what is no temperature of a person. */
export const tenthsOf = (typed: string): number | undefined => {
  const text = typed.trim().replace('。', '.').replace('．', '.')
  if (text === '') return undefined
  if (!/^\d{2}(\.\d)?$/.test(text)) return Number.NaN
  const tenths = Math.round(Number(text) * 10)
  return tenths >= 340 && tenths <= 430 ? tenths : Number.NaN
}
