/** A sheet of an uploaded workbook. The numbers of its rows follow on `after`; without it the sheet was not read. */
export interface StoredSheet {
  name: string
  rows: number
  after?: number
}

export interface Place {
  /** Named where more than one was read. */
  sheet?: string
  rowNumber: number
}

/** Where the row with this number stands in the file, as its author sees it. */
export const placeOf = (sheets: readonly StoredSheet[], number: number): Place => {
  const read = sheets.filter(({ after }) => after !== undefined)
  if (read.length < 2) return { rowNumber: number }
  const sheet = read.filter(({ after = 0 }) => after < number).at(-1)
  return sheet ? { sheet: sheet.name, rowNumber: number - (sheet.after ?? 0) } : { rowNumber: number }
}
