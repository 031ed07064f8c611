/**
 * An array parameter as PostgreSQL's own text, `{1,2,3}`. The driver escapes each element with regular expressions,
 * which for a full batch costs more than the statement; only for elements that need no escaping: numbers, UUIDs,
 * Crockford codes, dates.
 */
export const arrayLiteral = (values: readonly (string | number | null)[]): string => {
  let text = '{'
  for (let index = 0; index < values.length; index += 1)
    text += index === 0 ? (values[index] ?? 'NULL') : `,${values[index] ?? 'NULL'}`
  return `${text}}`
}

/** The same of JSON texts: once more as JSON, an array of texts has the quotes and escapes that PostgreSQL's has. */
export const jsonArrayLiteral = (values: readonly unknown[]): string =>
  `{${JSON.stringify(values.map((value) => JSON.stringify(value))).slice(1, -1)}}`

/** The same of instants. */
export const instantArrayLiteral = (values: readonly (Date | null | undefined)[]): string =>
  arrayLiteral(values.map((value) => value?.toISOString() ?? null))
