/**
 * The part of a division code that all divisions below share. A city's code (GB/T 2260, `320100`) ends in `00`,
 * a province's in `0000`; streets add three digits, communities three more (GB/T 10114).
 */
export const divisionPrefix = (code: string): string =>
  code.length === 6 ? code.replace(/(00){1,2}$/, '') : code

/** True where `code` is the division `scope` or lies below it. */
export const divisionCovers = (scope: string, code: string): boolean => code.startsWith(divisionPrefix(scope))
