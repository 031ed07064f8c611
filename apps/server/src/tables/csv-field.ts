/**
 * One field of a CSV (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe before it (OWASP: CSV
 * injection).
 */
export const csvField = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of fields, ended as spreadsheets expect it. */
export const csvLine = (values: readonly string[]): string => `${values.map(csvField).join(',')}\r\n`
