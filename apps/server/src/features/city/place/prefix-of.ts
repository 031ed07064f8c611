/** In a statement: what `divisionPrefix` of the domain makes of the code that `code` names. */
export const prefixOf = (code: string): string =>
  `(case when length(${code}) = 6 then regexp_replace(${code}, '(00){1,2}$', '') else ${code} end)`
